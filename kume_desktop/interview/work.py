"""One act in the making: values change, and what depends on them is worked out in rank order."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

from kume_desktop.instruments.model import Action
from kume_desktop.interview.choices import lacking
from kume_desktop.interview.form import COLUMNS, OWN_VALUE, Rule, Vertex
from kume_desktop.interview.graph import expression_problem, place
from kume_desktop.interview.state import Change, Interview, Outcome, OverrideChange, RowChange
from kume_desktop.interview.tree import Spot, children
from kume_desktop.interview.view import Ground, View
from kume_desktop.problems import Problem, Refused
from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.expression import ExpressionError


def _told(vertex: Vertex, error: ExpressionError) -> Refused:
    """What goes wrong while an expression runs; no form that passed the check can make it happen."""
    return Refused(expression_problem(error, place(vertex.item.node, COLUMNS[vertex.rule])))


class Work:
    """A mutable copy of an interview's state; `outcome` freezes it. Used for one act and thrown away."""

    def __init__(
        self,
        interview: Interview,
        restoring: bool = False,
        rows: Mapping[str, Sequence[str]] | None = None,
        all_rows: bool = False,
    ) -> None:
        self.before = interview
        self.form = interview.form
        self.restoring = restoring
        self.beginning = False
        self.known_rows = rows or {}
        self.all_rows = all_rows
        self.tree = interview.tree
        self.values = dict(interview.values)
        self.hidden = set(interview.hidden)
        self.own_false = set(interview.own_false)
        self.flags: dict[Rule, set[str]] = {
            Rule.REQUIRED: set(interview.required_now),
            Rule.READ_ONLY: set(interview.locked),
            Rule.CONSTRAINT: set(interview.failing),
            Rule.CHOICES: set(interview.unlisted),
            Rule.WARN: set(interview.warned),
        }
        self.overrides = dict(interview.overrides)
        self.changes: dict[str, Change] = {}
        self.row_changes: list[RowChange] = []
        self.override_changes: list[OverrideChange] = []
        self.view = View(self.form, self.tree, self.values, self.hidden, interview.lists)
        self.ground = Ground(self.view, interview.setting, interview.language)
        self._heap: list[tuple[int, str, Vertex, Spot]] = []
        self._queued: set[tuple[int, str]] = set()
        self.count_again = False

    # ---------------------------------------------------------------------------------------------- values

    def put(self, spot: Spot, text: str, recorded: bool) -> None:
        """Set a value that must be stored; whatever depends on it is queued."""
        old = self.values.get(spot.path, "")
        first = self.changes.get(spot.path)
        self.changes[spot.path] = Change(spot.path, first.old if first else old, text, recorded)
        if old == text:
            self.values.setdefault(spot.path, text)
            return
        self.values[spot.path] = text
        if self.overrides.pop(spot.path, ""):
            self.override_changes.append(OverrideChange(spot.path, ""))
        self.touched(spot)

    def touched(self, spot: Spot) -> None:
        """Queue what depends on the value of a spot, and its own checks."""
        for vertex in self.form.dependants.get(spot.item.path, ()):
            self.queue_near(vertex, spot)
        for rule in OWN_VALUE:
            own = spot.item.rules.get(rule)
            if own is not None:
                self.queue(own, spot)

    def holds(self, spot: Spot) -> bool:
        """Whether the value of a spot keeps its constraint."""
        vertex = spot.item.rules.get(Rule.CONSTRAINT)
        if vertex is None or not self.values.get(spot.path):
            return True
        try:
            return vertex.compiled.test(self.ground.at(spot))
        except ExpressionError as error:
            raise _told(vertex, error) from error

    def fire(self, action: Action, origin: Spot) -> None:
        """Run an action for its targets in the same row as `origin`."""
        item = self.form.items.get(action.target)
        for spot in self.tree.near(item, origin) if item is not None else ():
            self.set_by(action, spot)

    def set_by(self, action: Action, spot: Spot) -> None:
        """Set one target of an action."""
        self.put(spot, compile_expression(action.value).text(self.ground.at(spot)), recorded=True)

    # ---------------------------------------------------------------------------------------------- queue

    def queue_all(self, language_only: bool = False) -> None:
        """Queue every rule everywhere, or those that depend on the language (what was recorded stays)."""
        for vertex in self.form.vertices:
            if not language_only or (vertex.references.language and not vertex.volatile):
                for spot in self.tree.all(vertex.item):
                    self.queue(vertex, spot)
        self.count_again = bool(self.form.counts)

    def drain(self) -> None:
        """Work out everything queued, in rank order."""
        vertex = None
        try:
            while self._heap:
                rank, path, vertex, spot = heapq.heappop(self._heap)
                self._queued.discard((rank, path))
                if self.tree.spots.get(path) is spot:
                    self._work_out(vertex, spot)
        except ExpressionError as error:
            raise (_told(vertex, error) if vertex is not None else error) from error

    def queue_near(self, vertex: Vertex, spot: Spot) -> None:
        """Queue a vertex wherever a change at `spot` can reach it."""
        if vertex.rule is Rule.COUNT:
            self.count_again = True
            return
        spots = self.tree.all(vertex.item) if vertex.wide else self.tree.near(vertex.item, spot)
        for each in spots:
            self.queue(vertex, each)

    def queue(self, vertex: Vertex, spot: Spot) -> None:
        """Queue a vertex at one spot, once."""
        key = (vertex.rank, spot.path)
        if key not in self._queued:
            self._queued.add(key)
            heapq.heappush(self._heap, (vertex.rank, spot.path, vertex, spot))

    # ---------------------------------------------------------------------------------------------- rules

    def _work_out(self, vertex: Vertex, spot: Spot) -> None:
        if vertex.rule is Rule.RELEVANT:
            self._relevance(vertex, spot)
        elif spot.path in self.hidden:
            return
        elif vertex.rule is Rule.CALCULATE:
            self._calculation(vertex, spot)
        else:
            self._flag(vertex.rule, spot.path, self._check(vertex, spot))

    def _calculation(self, vertex: Vertex, spot: Spot) -> None:
        if vertex.volatile and self.restoring:
            return
        text = vertex.compiled.text(self.ground.at(spot))
        if text == self.values.get(spot.path, ""):
            return
        if vertex.volatile:
            self.put(spot, text, recorded=True)
        else:
            self.values[spot.path] = text
            self.touched(spot)

    def _check(self, vertex: Vertex, spot: Spot) -> bool:
        if vertex.rule in {Rule.REQUIRED, Rule.READ_ONLY}:
            return vertex.compiled.test(self.ground.at(spot))
        value = self.values.get(spot.path, "")
        if not value:
            return False
        if vertex.rule is Rule.CHOICES:
            return bool(lacking(self.ground.at(spot), spot, value))
        return vertex.compiled.test(self.ground.at(spot)) is (vertex.rule is Rule.WARN)

    def _flag(self, rule: Rule, path: str, on: bool) -> None:
        if on:
            self.flags[rule].add(path)
        else:
            self.flags[rule].discard(path)

    def _relevance(self, vertex: Vertex, spot: Spot) -> None:
        own = vertex.compiled.test(self.ground.at(spot))
        if own is (spot.path not in self.own_false):
            return
        if own:
            self.own_false.discard(spot.path)
        else:
            self.own_false.add(spot.path)
        self._shade(spot)

    def _shade(self, spot: Spot) -> None:
        """Bring the effective relevance of a spot and of everything in it up to date."""
        above = spot.parent is not None and spot.parent.path in self.hidden
        hidden = above or spot.path in self.own_false
        if hidden is (spot.path in self.hidden):
            return
        if hidden:
            self._hide(spot)
        else:
            self._show(spot)
        for child in children(self.tree, spot, None):
            self._shade(child)

    def _hide(self, spot: Spot) -> None:
        self.hidden.add(spot.path)
        for flagged in self.flags.values():
            flagged.discard(spot.path)
        if spot.item.is_derived:
            self.values.pop(spot.path, None)
        for vertex in self.form.dependants.get(spot.item.path, ()):
            self.queue_near(vertex, spot)

    def _show(self, spot: Spot) -> None:
        self.hidden.discard(spot.path)
        self.queue_own(spot)
        for vertex in self.form.dependants.get(spot.item.path, ()):
            self.queue_near(vertex, spot)

    def queue_own(self, spot: Spot) -> None:
        """Queue the rules of a spot that appears; what was noted by the clock is not worked out again."""
        for rule, vertex in spot.item.rules.items():
            noted = rule is Rule.CALCULATE and vertex.volatile and self.values.get(spot.path)
            if rule is not Rule.COUNT and not noted:
                self.queue(vertex, spot)

    # ---------------------------------------------------------------------------------------------- result

    def freeze(self) -> Interview:
        """The interview as it is now."""
        return Interview(
            form=self.form,
            setting=self.before.setting,
            language=self.ground.language,
            lists=self.before.lists,
            tree=self.tree,
            values=self.values,
            hidden=self.hidden,
            own_false=self.own_false,
            required_now=self.flags[Rule.REQUIRED],
            locked=self.flags[Rule.READ_ONLY],
            failing=self.flags[Rule.CONSTRAINT],
            unlisted=self.flags[Rule.CHOICES],
            warned=self.flags[Rule.WARN],
            overrides=self.overrides,
        )

    def outcome(self, problems: Iterable[Problem] = ()) -> Outcome:
        """The interview as it is now, with what must be stored."""
        changes = tuple(change for change in self.changes.values() if change.old != change.new)
        return Outcome(self.freeze(), changes, tuple(problems), tuple(self.row_changes), tuple(self.override_changes))
