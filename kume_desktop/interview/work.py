"""One act in the making: values change, and what depends on them is worked out in rank order."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

from kume_desktop.instruments.model import Action
from kume_desktop.interview.casting import CASTED, cast
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
            Rule.WARN: set(interview.unlikely),
        }
        self.unchecked = set(interview.unchecked)
        self.overrides = dict(interview.overrides)
        self.noted = set(interview.noted)
        self.asleep = dict(interview.asleep)
        self.changes: dict[str, Change] = {}
        self.row_changes: list[RowChange] = []
        self.override_changes: list[OverrideChange] = []
        self.view = View(self.form, self.tree, self.values, self.hidden, interview.lists)
        self.ground = Ground(self.view, interview.setting, interview.language)
        self._heap: list[tuple[int, int, Vertex, Spot]] = []
        self._queued: set[tuple[Vertex, Spot]] = set()
        self._leaves: dict[tuple[Vertex, Spot], None] = {}
        self._turn = 0
        self.count_again = False

    # ---------------------------------------------------------------------------------------------- values

    def put(self, spot: Spot, text: str, recorded: bool) -> None:
        """Set a value that must be stored; whatever depends on it is queued."""
        old = self.values.get(spot.path, "")
        first = self.changes.get(spot.path)
        self.changes[spot.path] = Change(spot.path, first.old if first else old, text, recorded)
        if recorded:
            self.noted.add(spot.path)
        else:
            self.noted.discard(spot.path)
        if old == text:
            self.values.setdefault(spot.path, text)
            return
        self.values[spot.path] = text
        if self.overrides.pop(spot.path, ""):
            self.override_changes.append(OverrideChange(spot.path, ""))
        self.touched(spot)

    def clear(self, spot: Spot) -> None:
        """Note that a node begins blank where others begin with a default."""
        self.values[spot.path] = ""
        self.noted.add(spot.path)
        self.changes[spot.path] = Change(spot.path, spot.item.node.default, "", recorded=True)

    def touched(self, spot: Spot) -> None:
        """Queue what depends on the value of a spot, and its own checks."""
        self.queue_dependants(spot)
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
            return vertex.test(self.ground.at(spot)) or self._untested(vertex, spot)
        except ExpressionError as error:
            raise _told(vertex, error) from error

    def _untested(self, vertex: Vertex, spot: Spot) -> bool:
        """Whether a constraint fails only because a pattern in it could not be tried: the answer is not at fault."""
        unmatched = self.ground.failures.unmatched
        if spot.path not in unmatched:
            return False
        unmatched.discard(spot.path)
        vertex.test(self.ground.at(spot))
        return spot.path in unmatched

    def fire(self, action: Action, origin: Spot) -> list[Spot]:
        """Run an action for its targets in the same row as `origin`; the result is what it changed."""
        item = self.form.items.get(action.target)
        near: Sequence[object] = ()
        if item is not None:
            near = self.tree.near(item, origin)
        elif action.target:
            near = compile_expression(action.target).nodes(self.ground.at(origin))
        return [spot for spot in near if isinstance(spot, Spot) and self.set_by(action, spot)]

    def set_by(self, action: Action, spot: Spot) -> bool:
        """Set one target of an action; whether that changed it."""
        text = cast(spot.item.datatype, compile_expression(action.value).text(self.ground.at(spot)), self.ground.now)
        is_new = text != self.values.get(spot.path, "")
        self.put(spot, text, recorded=True)
        return is_new

    # ---------------------------------------------------------------------------------------------- queue

    def queue_all(self, language_only: bool = False) -> None:
        """Queue every rule everywhere, or those that depend on the language (what was recorded stays)."""
        for vertex in self.form.vertices:
            if not language_only or (vertex.references.language and not vertex.volatile):
                for spot in self.tree.all(vertex.item):
                    self.queue(vertex, spot)
        self.count_again = bool(self.form.counts)

    def drain(self) -> None:
        """Work out everything queued that others depend on, in rank order."""
        heap, spots = self._heap, self.tree.spots
        vertex = None
        try:
            while heap:
                _rank, _turn, vertex, spot = heapq.heappop(heap)
                self._queued.discard((vertex, spot))
                if spots.get(spot.path) is not spot:
                    continue
                if vertex.rule is Rule.RELEVANT:
                    self._relevance(vertex, spot)
                elif spot.path not in self.hidden:
                    self._calculation(vertex, spot)
        except ExpressionError as error:
            raise (_told(vertex, error) if vertex is not None else error) from error

    def drain_leaves(self) -> None:
        """Work out what nothing depends on: once for each act, when everything else has come to rest."""
        spots, hidden, values, check = self.tree.spots, self.hidden, self.values, self._check
        rule, flagged = None, set[str]()
        vertex = None
        try:
            for vertex, spot in self._leaves:
                path = spot.path
                if path in hidden or spots.get(path) is not spot:
                    continue
                if vertex.rule is not rule:
                    rule = vertex.rule
                    flagged = self.flags[rule]
                wrong = (values.get(path) or not vertex.needs_value) and check(vertex, spot)
                if rule is Rule.CONSTRAINT and (wrong or self.unchecked):
                    wrong = self._is_broken(vertex, spot, bool(wrong))
                if wrong:
                    flagged.add(path)
                else:
                    flagged.discard(path)
        except ExpressionError as error:
            raise (_told(vertex, error) if vertex is not None else error) from error
        self._leaves.clear()

    def queue_dependants(self, spot: Spot) -> None:
        """Queue what looks at a spot."""
        found = self.form.dependants.get(spot.item.path)
        if found is None:
            return
        checks = self.tree.checks(spot.item.path, found)
        self._leaves.update(checks)
        if len(checks) < len(found):
            for vertex in found:
                if not vertex.is_single_leaf:
                    self.queue_near(vertex, spot)

    def queue_near(self, vertex: Vertex, spot: Spot) -> None:
        """Queue a vertex wherever a change at `spot` can reach it."""
        if not vertex.item.around:
            only = self.tree.spots[vertex.item.path]
            if vertex.is_leaf:
                self._leaves[vertex, only] = None
            else:
                self.queue(vertex, only)
        elif vertex.rule is Rule.COUNT:
            self.count_again = True
        else:
            for each in self.tree.near(vertex.item, spot, vertex.within):
                self.queue(vertex, each)

    def queue(self, vertex: Vertex, spot: Spot) -> None:
        """Queue a vertex at one spot, once."""
        key = (vertex, spot)
        if vertex.is_leaf:
            self._leaves[key] = None
        elif key not in self._queued:
            self._queued.add(key)
            self._turn += 1
            heapq.heappush(self._heap, (vertex.rank, self._turn, vertex, spot))

    # ---------------------------------------------------------------------------------------------- rules

    def _calculation(self, vertex: Vertex, spot: Spot) -> None:
        if vertex.volatile and self.restoring:
            return
        text = vertex.compiled.text(self.ground.at(spot))
        if spot.item.datatype in CASTED:
            text = cast(spot.item.datatype, text, self.ground.now)
        if text == self.values.get(spot.path, ""):
            return
        if vertex.volatile:
            self.put(spot, text, recorded=True)
        else:
            self.values[spot.path] = text
            self.touched(spot)

    def _check(self, vertex: Vertex, spot: Spot) -> bool:
        """Whether a leaf flags its spot, which has a value if it needs one."""
        self.ground.node = spot
        if vertex.rule is Rule.CHOICES:
            return bool(lacking(self.ground, spot, self.values[spot.path]))
        return vertex.test(self.ground) is vertex.flagged_when

    def _is_broken(self, vertex: Vertex, spot: Spot, wrong: bool) -> bool:
        """Whether an answer breaks its constraint; one that could not be checked is noted instead."""
        self.unchecked.discard(spot.path)
        if wrong and self._untested(vertex, spot):
            self.unchecked.add(spot.path)
            return False
        return wrong

    def _relevance(self, vertex: Vertex, spot: Spot) -> None:
        if vertex.unveils:
            self.view.hidden = self.hidden - self._veiled(vertex)
        own = vertex.test(self.ground.at(spot))
        self.view.hidden = self.hidden
        if own is (spot.path not in self.own_false):
            return
        if own:
            self.own_false.discard(spot.path)
        else:
            self.own_false.add(spot.path)
        self._shade(spot)

    def _veiled(self, vertex: Vertex) -> set[str]:
        """The nodes hidden by nothing but their own rule whose values this rule of relevance may see."""
        spots = (spot for path in vertex.unveils for spot in self.tree.all(self.form.items[path]))
        return {spot.path for spot in spots if spot.parent is None or spot.parent.path not in self.hidden}

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
        for flagged in (self.unchecked, *self.flags.values()):
            flagged.discard(spot.path)
        if spot.item.is_derived:
            self.values.pop(spot.path, None)
        self.queue_dependants(spot)

    def _show(self, spot: Spot) -> None:
        self.hidden.discard(spot.path)
        self.queue_own(spot)
        self.queue_dependants(spot)

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
            unlikely=self.flags[Rule.WARN],
            overrides=self.overrides,
            noted=self.noted,
            unchecked=self.unchecked,
            asleep=self.asleep,
            told=tuple(self.ground.failures.told.values()),
        )

    def outcome(self, problems: Iterable[Problem] = ()) -> Outcome:
        """The interview as it is now, with what must be stored."""
        changes = tuple(change for change in self.changes.values() if change.old != change.new)
        after = self.freeze()
        told = (*problems, *after.told)
        return Outcome(after, changes, told, tuple(self.row_changes), tuple(self.override_changes))
