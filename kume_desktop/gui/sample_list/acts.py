"""What one can do on the page of a list, and by which keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kume_desktop.gui.page import Action, KeyHint
from kume_desktop.gui.sample_list.body import DIFFERENCES, PAIRS, ROWS, START, words_of_parts
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.sample_list.page import SampleListPage


def hints(part: str, next_step: str) -> tuple[KeyHint, ...]:
    """The keys of the part in front."""
    back = KeyHint("Esc", _(N_("Back")))
    if part == START:
        return (KeyHint("Ctrl+O", _(N_("Choose the list…"))), KeyHint("Delete", _(N_("Take a list back"))), back)
    own = {
        ROWS: (("L", N_("Leave the rows out")), ("B", N_("Take them without the value"))),
        PAIRS: (("1", N_("The same firm")), ("2", N_("Another firm")), ("3", N_("Put off"))),
        DIFFERENCES: (("1", N_("Keep ours")), ("2", N_("Take the list’s"))),
    }
    return (
        KeyHint("Ctrl+Return", next_step),
        *(KeyHint(key, _(word)) for key, word in own.get(part, ())),
        KeyHint("Ctrl+1–5", _(N_("Part"))),
        KeyHint("F8", _(N_("Next open question"))),
        back,
    )


def actions(page: SampleListPage) -> tuple[Action, ...]:
    """Everything one can do with the list."""
    body = page.body
    answers = {
        "L": N_("Leave the rows out"),
        "B": N_("Take them without the value"),
        "1": N_("The same firm; or keep ours"),
        "2": N_("Another firm; or take the list’s"),
        "3": N_("Put off"),
        "Delete": N_("Take a list back"),
    }
    parts = enumerate(words_of_parts().items(), start=1)
    return (
        Action("choose", _(N_("Choose the list…")), page.choose, "Ctrl+O"),
        Action("go-on", _(N_("Go on")), page.go_on, "Ctrl+Return"),
        *(Action(name, word, partial(page.show_part, name), f"Ctrl+{place}") for place, (name, word) in parts),
        *(Action(f"answer-{key}", _(word), partial(body.answer, key), key) for key, word in answers.items()),
        Action("all-other", _(N_("All other pairs: another firm")), partial(body.pairs.decide_all, "other")),
        Action("all-later", _(N_("All other pairs: put off")), partial(body.pairs.decide_all, "later")),
        Action("all-ours", _(N_("All other differences: keep ours")), partial(body.differences.decide_all, "study")),
        Action(
            "all-list", _(N_("All other differences: take the list’s")), partial(body.differences.decide_all, "list")
        ),
    )
