"""What was noticed about an interview, in words that inform and accuse nobody; a duration never without its range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.conduct import InterviewConduct, InterviewerConduct, Noticed, QuestionTime, Range

NAMES = {
    "run": N_("equal answers in a row"),
    "straight": N_("battery with one answer"),
    "all-same": N_("all rows equal"),
    "fast": N_("shorter than usual"),
    "short-questions": N_("short questions"),
    "pause": N_("long pause"),
    "revisits": N_("returned to questions"),
    "changes": N_("changed after completion"),
    "reserve": N_("reserve answers"),
    "night": N_("at night"),
}
SAID = {
    "run": N_("{count} equal answers"),
    "straight": N_("{questions}: one answer in {count} rows"),
    "all-same": N_("all {count} rows equal"),
    "fast": "{minutes}",
    "short-questions": N_("{count} of {of} questions short"),
    "pause": N_("pause of {minutes}"),
    "revisits": N_("{count} questions returned to"),
    "changes": N_("{count} answers changed after completion"),
    "reserve": N_("{share} reserve answers"),
    "night": N_("at {clock}"),
}
EXPLAINED = {
    "run": N_("A firm can be equally weak everywhere; ask whether the card with the answers was shown."),
    "straight": N_("All rows of one table have the same answer. A reason may stand in the notes."),
    "all-same": N_("Every row of every table has the same answer. A reason may stand in the notes."),
    "fast": N_("Compared with the median times of the same questions in this study; skipped questions do not count."),
    "short-questions": N_("So many questions took far less time than they usually do. Some people answer before they are asked."),  # noqa: E501
    "pause": N_("Nobody used the keys, or the window was away: a telephone, a visitor, lunch. It is in no duration."),
    "revisits": N_("Questions that came to the front more than once: often a respondent who corrects himself."),
    "changes": N_("The interview was opened again and answers were changed."),
    "reserve": N_("Answers that say: does not apply, does not know, no answer. Perhaps the wrong person was asked."),
    "night": N_("By the clock of the computer on which it was typed. Notes are often typed up in the evening."),
}  # fmt: skip


def minutes(value: float) -> str:
    """Minutes, rounded, "11 min"."""
    return tr(N_("{count} min"), count=texts.number(max(value, 0.0), 0) if value >= 1 or value <= 0 else "< 1")


def seconds(value: float) -> str:
    """Seconds, from two minutes on minutes."""
    return minutes(value / 60) if value >= 120 else tr(N_("{count} s"), count=texts.number(value, 0))


def span(usual: Range, unit: float = 1.0) -> str:
    """The middle half, "16–24"."""
    low, high = (texts.number(each / unit, 0) for each in (usual.low, usual.high))
    return low if low == high else f"{low}–{high}"


def duration(one: InterviewConduct) -> str:
    """The active time with what is usual, or why there is none."""
    if one.on_paper:
        return _(N_("typed from paper"))
    if one.minutes is None:
        return "–"
    if one.usual is None:
        return tr(N_("{minutes} (not comparable yet)"), minutes=minutes(one.minutes))
    return f"{minutes(one.minutes)} {tr(N_('(usual {span})'), span=span(one.usual))}"


def signal(one: Noticed) -> str:
    """One signal in few words; what is usual in brackets, where something is compared."""
    said = tr(
        SAID[one.kind],
        count=texts.number(one.value, 0),
        of=texts.number(one.of, 0),
        minutes=minutes(one.value),
        share=texts.percent(one.value),
        questions=_ends(one.questions),
        clock=f"{int(one.value):02d}:{round(one.value % 1 * 60) % 60:02d}",
    )
    return said if one.usual is None else f"{said} {tr(N_('(usual {span})'), span=span(one.usual))}"


def _ends(questions: Sequence[str]) -> str:
    """The first and the last question of a table."""
    return f"{questions[0]}–{questions[-1]}" if len(questions) > 1 else "".join(questions)


def signals(one: InterviewConduct) -> str:
    """All signals of an interview in a line."""
    return ", ".join(signal(each) for each in one.signals) or "–"


def paragraphs(one: InterviewConduct) -> tuple[str, ...]:
    """Firm and duration, then each signal with what it may mean and with the questions it is about."""
    told = [f"{one.firm} · {duration(one)}"]
    for each in one.signals:
        where = f" ({', '.join(each.questions)})" if each.questions and each.kind != "straight" else ""
        told.append(f"{signal(each)}{where}: {_(EXPLAINED[each.kind])}")
    if not one.signals:
        told.append(_(N_("Nothing was noticed.")))
    return tuple(told)


def frequent(one: InterviewerConduct) -> str:
    """What was noticed most often with an interviewer."""
    return ", ".join(f"{_(NAMES[kind])} {count}" for kind, count in one.signals[:3]) or "–"


def usual_time(one: QuestionTime) -> str:
    """The usual time of a question; a dash where too few were asked it."""
    return seconds_span(one.usual) if one.usual is not None else "–"


def seconds_span(usual: Range) -> str:
    """The middle half of the times of a question."""
    return tr(N_("{span} s (n {n})"), span=span(usual), n=usual.n)
