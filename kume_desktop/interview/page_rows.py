"""The rows of the interview page: texts, choices with keys, the value as people read it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kume_desktop.instruments.model import Kind, Label
from kume_desktop.interview.choices import option, options
from kume_desktop.interview.form import Rule
from kume_desktop.interview.labels import bare, fill, rich
from kume_desktop.interview.page_model import ChoiceView, LikertHead, OpenKind, Row, RowProblem
from kume_desktop.interview.state import Interview
from kume_desktop.interview.tree import Spot
from kume_desktop.interview.view import Ground, ground_of
from kume_desktop.problems import Problem, problem, warning

LONG_LIST = 200
MOST_KEYS = 10
RESERVE_KEYS = {"na": "8", "dk": "9", "nr": "0"}
_RELATED = 3


class Sheet:
    """An interview ready to be shown: builds rows in its language."""

    def __init__(self, interview: Interview) -> None:
        self.interview = interview
        self.ground: Ground = ground_of(interview)
        self.default = interview.form.instrument.default_language

    def at(self, spot: Spot) -> Ground:
        """The ground for expressions at a spot."""
        return self.ground.at(spot)

    def text(self, spot: Spot, label: Label) -> str:
        """A text of the form with its outputs, Markdown kept."""
        return fill(label, self.ground.at(spot), self.default) if label else ""

    def row(self, spot: Spot, battery: str) -> Row:
        """The row of a question; `battery` is the list of the Likert battery around it."""
        node, interview = spot.item.node, self.interview
        title, second = self.text(spot, node.label), self.text(spot, node.hint)
        value = interview.values.get(spot.path, "")
        shown = all_choices(self, spot)
        is_long = len(shown) > LONG_LIST
        return Row(
            path=spot.path,
            name=node.name,
            number=interview.form.outline.numbers.get(node.path, ""),
            kind=node.kind,
            datatype=node.datatype,
            title=bare(title),
            title_rich=rich(title),
            second=bare(second),
            second_rich=rich(second),
            guidance=bare(self.text(spot, node.guidance)),
            required=spot.path in interview.required_now,
            read_only=node.kind is Kind.NOTE or interview.is_read_only(spot.path),
            value=value,
            display=display(self, spot, value),
            choices=() if is_long else shown,
            long_list=is_long,
            appearance=node.appearance,
            likert=bool(battery) and node.kind is Kind.SELECT_ONE and node.choices == battery,
            problem=self.problem(spot),
        )

    def likert(self, rows: Sequence[Row]) -> LikertHead:
        """The heads over the battery's rows."""
        found: dict[str, ChoiceView] = {}
        for row in rows:
            found.update({choice.name: choice for choice in row.choices if row.likert and choice.name not in found})
        order = {name: place for place, name in enumerate(RESERVE_KEYS)}
        reserves = sorted((c for c in found.values() if c.missing), key=lambda c: order.get(c.missing, len(order)))
        return LikertHead(tuple(c for c in found.values() if not c.missing), tuple(reserves))

    def problem(self, spot: Spot) -> RowProblem | None:
        """What is wrong with the answer at a spot, the hard before the soft."""
        interview, node = self.interview, spot.item.node
        if spot.path in interview.unlisted:
            gone = display(self, spot, interview.values.get(spot.path, ""))
            found = problem("interview.choice-gone", question=spot.item.name, value=gone)
            return RowProblem(OpenKind.CONSTRAINT, found, related=self._related(spot, Rule.CHOICES))
        if spot.path in interview.failing:
            found = self._said(spot, "interview.refused", "interview.constraint", node.constraint_message)
            return RowProblem(OpenKind.CONSTRAINT, found, related=self._related(spot, Rule.CONSTRAINT))
        if spot.path in interview.warned:
            soft = self._said(spot, "interview.warned", "interview.unlikely", node.warn_message, soft=True)
            reason = interview.overrides.get(spot.path, "")
            return RowProblem(OpenKind.WARNING, soft, bool(reason), reason, self._related(spot, Rule.WARN))
        return None

    def gap(self, spot: Spot) -> RowProblem:
        """That a required question is blank."""
        message = spot.item.node.required_message
        found = self._said(spot, "interview.required-message", "interview.required", message)
        return RowProblem(OpenKind.REQUIRED, found)

    def _said(self, spot: Spot, said: str, unsaid: str, message: Label, soft: bool = False) -> Problem:
        text = bare(self.text(spot, message))
        number = self.interview.form.outline.numbers.get(spot.item.path, "")
        make = warning if soft else problem
        return make(said if text else unsaid, question=spot.item.name, message=text, number=number)

    def _related(self, spot: Spot, rule: Rule) -> tuple[tuple[str, str], ...]:
        vertex = spot.item.rules.get(rule)
        if vertex is None:
            return ()
        interview = self.interview
        found: list[tuple[str, str]] = []
        for path, number in interview.form.outline.numbers.items():
            if path in vertex.references.paths and path != spot.item.path:
                near = interview.tree.near(interview.form.items[path], spot)
                found.extend((each.path, number) for each in near[:1] if each.path not in interview.hidden)
        return tuple(found[:_RELATED])


def all_choices(sheet: Sheet, spot: Spot) -> tuple[ChoiceView, ...]:
    """The choices of a select at present with their keys, reserve answers last; kept for lists that never change."""
    itemset = spot.item.node.itemset
    if itemset is None:
        return ()
    lists = sheet.interview.lists
    fixed = bool(itemset.instance) and itemset.nodeset == f"instance('{itemset.instance}')/root/item"
    key = (itemset.nodeset, sheet.interview.language)
    if fixed and key in lists.shown:
        return lists.shown[key]
    made = _with_keys(sheet, spot)
    if fixed and not _changing(sheet, itemset.instance):
        lists.shown[key] = made
    return made


def _changing(sheet: Sheet, instance: str) -> bool:
    listed = sheet.interview.form.instrument.lists.get(instance, ())
    return any(part.expression for choice in listed for parts in choice.label.values() for part in parts)


def _with_keys(sheet: Sheet, spot: Spot) -> tuple[ChoiceView, ...]:
    order = {"": 0, "na": 1, "dk": 2, "nr": 3}
    found = sorted(options(sheet.ground, spot), key=lambda each: order.get(each.missing, 0))
    keys = _keys([each.name for each in found if not each.missing], {each.missing for each in found if each.missing})
    reserved = RESERVE_KEYS | {"": ""}
    return tuple(
        ChoiceView(each.name, each.label, reserved.get(each.missing, "") or keys.get(each.name, ""), each.missing)
        for each in found
    )


def _keys(ordinary: Sequence[str], reserves: AbstractSet[str]) -> dict[str, str]:
    """Ordinary choice -> its key: its own digit, or a free one where a reserve answer of this list holds that digit.

    8, 9 and 0 always mean the same where they are offered: a habit must not enter another answer.
    """
    if len(ordinary) > MOST_KEYS:
        return {}
    digits = [name for name in ordinary if len(name) == 1 and name in "0123456789"]
    taken = {RESERVE_KEYS[missing] for missing in reserves if missing in RESERVE_KEYS}
    keys = {name: name for name in digits if name not in taken}
    free = [key for key in "1234567" if key not in keys.values()]
    displaced = [name for name in digits if name in taken]
    return keys | dict(zip(displaced, free, strict=False))


def display(sheet: Sheet, spot: Spot, value: str) -> str:
    """A stored value as people read it in the interview's language."""
    if not value:
        return ""
    turkish = sheet.interview.language == "tr"
    match spot.item.node.kind:
        case Kind.SELECT_ONE:
            return option(sheet.ground, spot, value).label
        case Kind.SELECT_MULTIPLE:
            return ", ".join(option(sheet.ground, spot, name).label for name in value.split())
        case Kind.DECIMAL | Kind.INTEGER if turkish:
            return value.replace(".", ",")
        case Kind.DATE:
            return _day(value, turkish)
        case Kind.TIME:
            return value[:5]
        case Kind.DATETIME | Kind.START | Kind.END:
            return f"{_day(value[:10], turkish)} {value[11:16]}"
        case _:
            return value


def _day(iso: str, turkish: bool) -> str:
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}.{month}.{year}" if turkish and day else iso
