"""A form worked out without a graph: every expression in the order of the form, over and over until nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.interview.form import Form
    from kume_desktop.interview.state import Interview

NAME = "naive evaluation of every rule until nothing changes"


def evaluate(form: Form, interview: Interview) -> int:
    """Work everything out as the values stand; how many passes it took."""
    from kume_desktop.interview.form import Rule
    from kume_desktop.interview.view import Ground, View

    values, hidden = dict(interview.values), set[str]()
    view = View(form, interview.tree, values, hidden, interview.lists)
    ground = Ground(view, interview.setting, interview.language)
    passes, changed = 0, True
    while changed:
        changed = False
        passes += 1
        for item in form.items.values():
            for rule, vertex in item.rules.items():
                for spot in interview.tree.all(item):
                    found = vertex.compiled.text(ground.at(spot))
                    if rule is Rule.CALCULATE and values.get(spot.path, "") != found:
                        values[spot.path] = found
                        changed = True
                    elif rule is Rule.RELEVANT and (found == "true") is (spot.path in hidden):
                        hidden.symmetric_difference_update({spot.path})
                        changed = True
    return passes
