"""What more interviews would bring for an area, in a sentence and as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.parts import Part
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.explanation.more_interviews import Reach
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, Results


def reaches_of(area: AreaScore, results: Results, method: Method) -> tuple[Reach, ...]:
    """The half widths at other numbers of firms; nothing where no interval was computed."""
    from kume_desktop.scoring.explanation import more_interviews

    found = results.analysis.uncertainty_of(area.code) if results.analysis is not None else None
    if found is None or found.standard_error is None or area.score is None:
        return ()
    return more_interviews.reaches(
        area.score, found.standard_error, area.n, words.whole(area), method.lowest, area.interval.confidence
    )


def more_part(area: AreaScore, results: Results, method: Method) -> Part:
    """The part of the detail that says what more interviews would bring."""
    part = Part(_(N_("What more interviews would bring")))
    reaches = reaches_of(area, results, method)
    if not reaches:
        part.say((_nothing(area),))
        part.end()
        return part
    for place, reach in enumerate(reaches):
        weight = N_("now, {n} firms: ±{points} points") if not place else N_("{n} firms: ±{points} points")
        text = tr(weight, n=reach.n, points=texts.number(reach.half_width, 1))
        part.column.addWidget(Label(text, Role.SECOND, Tone.TEXT if not place else Tone.TEXT2, tabular=True))
    part.say((_(N_("Half the width of the interval, if the firms differ as much as those interviewed so far.")),))
    part.end()
    return part


def _nothing(area: AreaScore) -> str:
    if area.route != FIRM_ROUTE:
        return _(N_("On the panel route more interviews do not change the index."))
    if area.interval.how == "census":
        return _(N_("All firms of the list were interviewed."))
    if area.interval.reason == "few":
        return _(N_("From 10 firms on an interval is computed."))
    return _(N_("The levels of the firms do not differ."))
