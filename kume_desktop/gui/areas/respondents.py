"""Who answered in an area: three shares with their bases, and what the others could change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.areas.section import Section
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import sentences, words
from kume_desktop.gui.figures.reasons import reason
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait
    from kume_desktop.scoring.analysis import AreaResponse, WeightedScore

_BASES = {
    "entered": N_("N was entered by staff."),
    "estimated": N_("N is the list without the share of firms found closed, out of scope or listed twice."),
    "frame": N_("N is the whole list; nobody knows yet which firms of it are eligible."),
}


class Respondents(QWidget):
    """What stands beside the indicators; the rest is in `response_section`."""

    def __init__(self, portrait: Portrait) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(_(N_("Who answered")), Role.SECTION))
        on_firms = portrait.area.route == FIRM_ROUTE
        if on_firms:
            column.addLayout(_grid(rows_of(portrait)))
        for sentence in said_of(portrait) if on_firms else (_of_panel(),):
            column.addWidget(Label(sentence, Role.SECOND, Tone.TEXT2, wrap=True))


def response_section(portrait: Portrait, detail: Callable[[], object]) -> Section:
    """Response and coverage in words, the weighted index beside the unweighted, and the way to the strata."""
    section = Section(_(N_("Response and weights")))
    response, area = portrait.response, portrait.area
    if area.route != FIRM_ROUTE:
        section.say(_of_panel())
        return section
    if response is None:
        section.say(reason(portrait.skipped("response") or "not-computed"))
        return section
    section.say(words.coverage(area), sentences.employment(response), _agreed(response))
    section.say(*_weighted(response.weighted, portrait))
    section.link(_(N_("Response by size class")), detail)
    return section


def _weighted(one: WeightedScore, portrait: Portrait) -> tuple[str, ...]:
    if one.score is None or one.category is None:
        return (tr(N_("No weighted index: {reason}"), reason=reason(one.reason)),)
    span = words.span(one.interval)
    told = tr(
        N_("With weights for non-response the index would be {index}{span}, {category}; without {unweighted}."),
        index=texts.number(one.score, 1),
        span=f" ({span})" if span else "",
        category=words.short_category(one.category),
        unweighted=words.figure(portrait.area.score, 1),
    )
    if one.deff is None or one.n_eff is None:
        return (told,)
    effect = tr(
        N_("Design effect {deff}; the {n} firms tell as much as {effective} would without weights."),
        deff=texts.number(one.deff, 2),
        n=portrait.area.n,
        effective=texts.number(one.n_eff, 1),
    )
    merged = tr(N_("Merged strata: {strata}."), strata="; ".join(one.collapsed)) if one.collapsed else ""
    return tuple(part for part in (told, effect, merged) if part)


def rows_of(portrait: Portrait) -> tuple[tuple[str, str, str], ...]:
    """The shares: (word, base, share); a dash where nobody knows."""
    area, response = portrait.area, portrait.response
    whole = words.whole(area)
    covered = texts.percent(area.n / whole) if whole else words.NOTHING
    staff = response.employment_share if response is not None else None
    rate = response.response_rate if response is not None else None
    return (
        (_(N_("Covered share of firms")), words.base(area), covered),
        (_(N_("Covered share of employment")), "", words.NOTHING if staff is None else texts.percent(staff)),
        (_(N_("Response rate")), _reached(response), words.NOTHING if rate is None else texts.percent(rate)),
    )


def said_of(portrait: Portrait) -> tuple[str, ...]:
    """What N rests on, and the index if those who did not answer stood one level lower or higher."""
    response = portrait.response
    lower = sentences.non_response(response)
    told = (
        _(_BASES[portrait.area.eligible_basis]) if portrait.area.eligible_basis in _BASES else "",
        f"{lower} {sentences.one_higher(response)}".strip(),
    )
    return tuple(one for one in told if one)


def eligible_issued(response: AreaResponse) -> int:
    """The firms that the response rate is a share of: issued without the ineligible and the double ones."""
    total = response.total
    return total.issued - total.ineligible - total.duplicate


def _reached(response: AreaResponse | None) -> str:
    if response is None or response.response_rate is None:
        return ""
    return f"{response.total.completed} / {eligible_issued(response)}"


def _agreed(response: AreaResponse | None) -> str:
    if response is None or response.response_rate is None:
        return ""
    return sentences.agreed(eligible_issued(response), response.total.completed, response.response_rate)


def _of_panel() -> str:
    return _(N_("A panel has scored the area itself: there is no response to count."))


def _grid(rows: tuple[tuple[str, str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    for place, (word, base, share) in enumerate(rows):
        name = Label(word, Role.SECOND, wrap=True)
        told = tr(N_("{word}: {base} {share}"), word=word, base=base, share=share)
        name.setAccessibleName(" ".join(told.split()))
        grid.addWidget(name, place, 0)
        for column, text in ((1, base), (2, share)):
            label = Label(text, Role.SECOND, weight=fonts.SEMIBOLD, tabular=True)
            grid.addWidget(label, place, column)
    return grid
