"""The rows of the interview page: texts, choices with keys, the value as people read it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kume_desktop.instruments.model import Kind, Label, Node
from kume_desktop.interview.choices import lacking, option
from kume_desktop.interview.coerce import grid_points
from kume_desktop.interview.display import display
from kume_desktop.interview.form import Rule
from kume_desktop.interview.labels import bare, fill, media_of, rich
from kume_desktop.interview.offer import RESERVE_KEYS, Offer, is_kept, offered
from kume_desktop.interview.page_model import ChoiceView, LikertHead, OpenKind, ReasonView, Row, RowProblem
from kume_desktop.interview.reasons import reason_of
from kume_desktop.interview.state import Interview
from kume_desktop.interview.tree import Spot
from kume_desktop.interview.view import Ground, ground_of
from kume_desktop.problems import Problem, problem, warning

LONG_LIST = 200
MOST_POINTS = 11
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
        """The row of a question; `battery` is the list of the Likert battery around it.

        Where no other answer changes its choices, it is made once for each state of its own.
        """
        kept, key, node = self.interview.tree.kept, (spot.path, battery, self.interview.language), spot.item.node
        words = self.text(spot, node.label), self.text(spot, node.hint), self.text(spot, node.guidance)
        state = self._state(spot)
        before: tuple[object, object, Row] | None = kept.get(key)
        if before is not None and state is not None and before[0] == state and before[1] == words:
            return before[2]
        made = self._make(spot, battery, words)
        if state is not None and self._is_fixed(spot):
            kept[key] = state, words, made
        return made

    def _state(self, spot: Spot) -> tuple[object, ...] | None:
        """What the row of a question shows of the answers; None where something is wrong, which more can change."""
        interview, path = self.interview, spot.path
        beside = reason_of(interview, path)
        for wrong in (interview.failing, interview.unlisted, interview.warned):
            if path in wrong or beside in wrong:
                return None
        required = interview.required_now
        shown = (interview.values.get(path, ""), path in required, interview.is_read_only(path))
        return (*shown, interview.value(beside), beside in required) if beside else shown

    def _is_fixed(self, spot: Spot) -> bool:
        """Whether the choices of a row are the same whatever is answered."""
        beside = self.interview.tree.spots.get(reason_of(self.interview, spot.path))
        itemsets = [each.item.node.itemset for each in (spot, beside) if each is not None]
        return all(itemset is None or is_kept(self.ground, itemset) for itemset in itemsets)

    def _make(self, spot: Spot, battery: str, words: tuple[str, str, str]) -> Row:
        node, interview = spot.item.node, self.interview
        title, second, guidance = words
        value = interview.values.get(spot.path, "")
        found = offered(self.ground, spot)
        is_long = found is not None and len(found) > LONG_LIST
        reason = self.reason(spot)
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
            guidance=bare(guidance),
            required=spot.path in interview.required_now or (reason is not None and _is_asked_for(interview, reason)),
            read_only=node.kind is Kind.NOTE or interview.is_read_only(spot.path),
            value=value,
            display=display(self.at(spot), spot, value),
            choices=self._choices(spot, found),
            long_list=is_long,
            appearance=node.appearance,
            likert=bool(battery) and node.kind is Kind.SELECT_ONE and node.choices == battery,
            problem=self.problem(spot) or (self.problem(interview.tree.spots[reason.path]) if reason else None),
            reserves=found.reserves(self.ground.at(spot)) if found is not None else (),
            reason=reason,
            media=media_of(node.media, interview.language, self.default) if node.media else (),
            earlier=node.earlier,
        )

    def reason(self, spot: Spot) -> ReasonView | None:
        """The reserve answers of a number, None where it has no reason beside it."""
        path = reason_of(self.interview, spot.path)
        beside = self.interview.tree.spots.get(path) if path else None
        found = offered(self.ground, beside) if beside is not None else None
        if beside is None or found is None:
            return None
        value = self.interview.value(path)
        choices = found.first(self.ground.at(beside), LONG_LIST)
        return ReasonView(path, choices, value, display(self.at(beside), beside, value))

    def _choices(self, spot: Spot, found: Offer | None) -> tuple[ChoiceView, ...]:
        """All choices of a short list, none of a long one; the points of a range."""
        if found is None:
            return grid(spot.item.node, self.interview.language) if spot.item.node.kind is Kind.RANGE else ()
        views = found.first(self.ground.at(spot), LONG_LIST) if len(found) <= LONG_LIST else ()
        return self.with_media(spot.item.node, views) if views else views

    def with_media(self, node: Node, views: tuple[ChoiceView, ...]) -> tuple[ChoiceView, ...]:
        """The choices with the files that their labels show or play."""
        media = self.ground.view.lists.media(node.choices)
        if not media:
            return views
        return tuple(
            replace(view, media=media_of(media[view.name], self.interview.language, self.default))
            if view.name in media
            else view
            for view in views
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
            names = lacking(self.at(spot), spot, interview.values.get(spot.path, ""))
            gone = [option(self.ground, spot, name) for name in names]
            retired = [each.label for each in gone if each.retired]
            code = "interview.choice-retired" if retired else "interview.choice-gone"
            said = ", ".join(retired or [each.label for each in gone])
            said = said or display(self.at(spot), spot, interview.values.get(spot.path, ""))
            found = problem(code, question=spot.item.name, value=said)
            return RowProblem(OpenKind.CONSTRAINT, found, related=self._related(spot, Rule.CHOICES))
        if spot.path in interview.failing:
            found = self._said(spot, "interview.refused", "interview.constraint", node.constraint_message)
            return RowProblem(OpenKind.CONSTRAINT, found, related=self._related(spot, Rule.CONSTRAINT))
        if spot.path in interview.warned:
            soft = warning("interview.unchecked", question=spot.item.name)
            if spot.path in interview.unlikely:
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


def _is_asked_for(interview: Interview, reason: ReasonView) -> bool:
    """Whether a blank number needs its reason, whatever is answered at present."""
    rule = interview.tree.spots[reason.path].item.node.required
    return rule not in {"", "false()"} or reason.path in interview.required_now


def grid(node: Node, language: str) -> tuple[ChoiceView, ...]:
    """The points of a short range as choices, with the digit that answers; 0 means ten where the range has no zero."""
    points = grid_points(node, MOST_POINTS)
    names = [format(point, "f") for point in points]
    keys = {name: name for name in names if len(name) == 1}
    keys |= {"10": "0"} if "0" not in keys and "10" in names else {}
    comma = language == "tr"
    return tuple(ChoiceView(n, n.replace(".", ",") if comma else n, keys.get(n, ""), "") for n in names)
