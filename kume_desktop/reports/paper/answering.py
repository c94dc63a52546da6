"""How each kind of question is answered on paper: boxes to mark, boxes to write into, lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kume_desktop.instruments.model import ATTACHMENTS, PLACES, Kind, Node
from kume_desktop.reports.paper.content import Answer, Boxes
from kume_desktop.texts import N_

_DIGITS, _MOST_DIGITS, _DECIMALS = 9, 12, 2
_LINES, _MANY_LINES = 1, 4
_ANSWERS: Mapping[Kind, Answer] = {
    Kind.NOTE: Answer.NONE,
    Kind.INTEGER: Answer.NUMBER,
    Kind.DECIMAL: Answer.NUMBER,
    Kind.DATE: Answer.DATE,
    Kind.TIME: Answer.DATE,
    Kind.DATETIME: Answer.DATE,
    Kind.ACKNOWLEDGE: Answer.TICK,
    Kind.SELECT_ONE: Answer.ONE,
    Kind.SELECT_MULTIPLE: Answer.SEVERAL,
    Kind.RANK: Answer.ORDER,
}
_DAY = (Boxes((2, 2, 4), ".", (N_("day"), N_("month"), N_("year"))),)
_TIME = (Boxes((2, 2), ":", (N_("hour"), N_("minute"))),)
Say = Callable[..., str]


def answer_of(node: Node, is_long: bool, has_choices: bool) -> Answer:
    """How a question is answered; `is_long`: its choices are not printed."""
    if node.kind in ATTACHMENTS:
        return Answer.FILE
    if node.kind in PLACES:
        return Answer.PLACE
    if node.kind is Kind.RANGE:
        return Answer.SCALE if has_choices else Answer.NUMBER
    found = _ANSWERS.get(node.kind, Answer.LINES)
    return Answer.CODE if is_long and found in (Answer.ONE, Answer.SEVERAL, Answer.ORDER) else found


def boxes_of(node: Node, digits: int, say: Say, comma: str) -> tuple[Boxes, ...]:
    """The boxes to write a number, a day or a time into; `digits` of the largest number, 0 where nothing limits it."""
    count = min(digits or _DIGITS, _MOST_DIGITS)
    match node.kind:
        case Kind.INTEGER:
            return (_grouped(count) if "thousands-sep" in node.appearance else Boxes((count,)),)
        case Kind.DECIMAL:
            return (Boxes((count, _DECIMALS), comma),)
        case Kind.RANGE:
            return (_range(node, say, comma),)
        case Kind.DATE:
            return tuple(_worded(each, say) for each in _date(node))
        case Kind.TIME:
            return tuple(_worded(each, say) for each in _TIME)
        case Kind.DATETIME:
            return tuple(_worded(each, say) for each in (*_DAY, *_TIME))
        case _:
            return ()


def _grouped(count: int) -> Boxes:
    """Digits in threes, from the right."""
    first = count % 3 or 3
    return Boxes((first, *(3 for _ in range((count - first) // 3))), "")


def _range(node: Node, say: Say, comma: str) -> Boxes:
    """A long range: its ends and its step stand below the boxes."""
    start, end, step = (node.parameters.get(name, "") for name in ("start", "end", "step"))
    told = say(N_("from {start} to {end} in steps of {step}"), start=start, end=end, step=step or "1")
    whole = max(len(start.partition(".")[0]), len(end.partition(".")[0]), 1)
    is_whole = not any("." in each for each in (start, end, step))
    return Boxes((whole,) if is_whole else (whole, _DECIMALS), comma, (told,))


def _date(node: Node) -> tuple[Boxes, ...]:
    if "year" in node.appearance:
        return (Boxes((4,), "", (N_("year"),)),)
    if "month-year" in node.appearance:
        return (Boxes((2, 4), ".", (N_("month"), N_("year"))),)
    return _DAY


def _worded(boxes: Boxes, say: Say) -> Boxes:
    return Boxes(boxes.groups, boxes.between, tuple(say(word) for word in boxes.words))


def lines_of(node: Node) -> int:
    """How many lines to write on."""
    if node.kind is Kind.TEXT:
        return _MANY_LINES if "multiline" in node.appearance else _LINES
    return _LINES if answer_of(node, False, False) in (Answer.LINES, Answer.FILE) else 0
