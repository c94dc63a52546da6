"""The words of rating: bands, evidence, states, and the sentences that say what is missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kume_desktop.gui.figures.suffixes import possessed
from kume_desktop.gui.figures.words import capital, said
from kume_desktop.services.rating_views import NOT_APPLICABLE, NOT_ENOUGH, Opinion, Tab
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.gui.rating.asks import Choice, Step
    from kume_desktop.scoring.method import Method
    from kume_desktop.services.rating_views import AnchorView, IndicatorView, QueueRow

NOTHING = "–"
AREA = "area"
_BANDS = (N_("Low"), N_("Middle"), N_("High"))


def band(anchor: AnchorView) -> str:
    """Düşük, Orta, Yüksek on a scale of three; '' on others, where the level speaks for itself."""
    return _(_BANDS[anchor.band - 1]) if anchor.bands == len(_BANDS) else ""


def choice(anchor: AnchorView, suggestion: int | None = None) -> Choice:
    """An anchor as a row to choose."""
    from kume_desktop.gui.rating.asks import Choice

    return Choice(str(anchor.level), anchor.text, band(anchor), anchor.level == suggestion)


def answer(given: Opinion) -> str:
    """A level as a digit, U for not applicable, ? for not enough evidence, – for nothing."""
    return {NOT_APPLICABLE: _(N_("n/a")), NOT_ENOUGH: "?", "": NOTHING}.get(given.answer, given.answer)


def answer_words(given: Opinion, anchors: Sequence[AnchorView] = ()) -> str:
    """3 · ≥1 kişi ve ≥1 yeni ürün; or why there is no level."""
    if given.answer == NOT_APPLICABLE:
        return cannot_rate()
    if given.answer == NOT_ENOUGH:
        return not_enough()
    text = next((anchor.text for anchor in anchors if str(anchor.level) == given.answer), "")
    return f"{given.answer} · {text}" if text else given.answer or NOTHING


def cannot_rate() -> str:
    """Puanlanamadı: the indicator does not apply to this firm."""
    return _(N_("Cannot be rated"))


def not_enough() -> str:
    """Kanıt yetersiz."""
    return _(N_("Not enough evidence"))


def kinds(method: Method) -> tuple[tuple[str, str], ...]:
    """The kinds of evidence of the method: code and word."""
    return tuple((one.code, capital(said(one.text))) for one in method.evidence)


def kind_word(method: Method, code: str) -> str:
    """Belge görüldü; '' where nobody said."""
    return dict(kinds(method)).get(code, "")


def required(view: IndicatorView) -> str:
    """Why a reason must be written: "Öneri 4, siz 3 verdiniz: zorunlu"."""
    if not view.given.answer or view.given.answer == str(view.suggestion):
        return ""
    if view.suggestion is None:
        return _(N_("The rubric suggests nothing: required"))
    if view.given.level is None:
        return tr(N_("Suggestion {suggested}, you gave no level: required"), suggested=view.suggestion)
    return tr(
        N_("Suggestion {suggested}, you gave {given}: required"), suggested=view.suggestion, given=view.given.level
    )


def reason_required() -> str:
    """A reason is needed whatever was given."""
    return _(N_("Required"))


def second_line(row: QueueRow) -> str:
    """The district, and what is special about this firm for this person."""
    marks = [_(N_("you interviewed"))] if row.own_interview else []
    if row.reopened:
        marks.append(_(N_("the interview is open again")))
    elif row.changed:
        marks.append(_(N_("completed again since")))
    if row.needs_third:
        marks.append(_(N_("a third person decides")))
    return " · ".join(part for part in (row.place, *marks) if part)


def is_marked(row: QueueRow) -> bool:
    """Whether the second line stands out."""
    return row.own_interview or row.reopened or row.changed or row.needs_third


def finished(rows: Sequence[QueueRow]) -> str:
    """9 firmadan 2'si bitti."""
    done = sum(row.done == row.total and row.done > 0 for row in rows)
    firms, areas = N_("{part} of {all} firms are finished"), N_("{part} of {all} areas are finished")
    said = areas if all(row.kind == AREA for row in rows) else firms
    return tr(said, part=possessed(done), all=len(rows))


def progress(tab: Tab, steps: Sequence[Step]) -> str:
    """5 / 10 gösterge."""
    indicators, differences, cells = (
        N_("{done} / {all} indicators"),
        N_("{done} / {all} differences"),
        N_("{done} / {all} cells"),
    )
    said = differences if tab is Tab.DIFFERING else cells if tab is Tab.NEEDS else indicators
    return tr(said, done=sum(step.done for step in steps), all=len(steps))


def day(iso: str) -> str:
    """20.11.2026."""
    if not iso:
        return ""
    found = date.fromisoformat(iso)
    return f"{found.day:02}.{found.month:02}.{found.year}"
