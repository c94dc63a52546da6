"""The rows of repeats during one act: begun, added, removed, and counted until the counts come to rest."""

from __future__ import annotations

from collections.abc import Sequence

from kume_desktop.instruments.model import Action, Event
from kume_desktop.interview.form import Item, Rule, Vertex
from kume_desktop.interview.state import RowChange
from kume_desktop.interview.tree import Spot, below, counted_row, ghost, with_rows
from kume_desktop.interview.work import Work
from kume_desktop.problems import Refused, problem

MAX_ROUNDS = 100
MAX_ROWS = 1000


def settle(work: Work) -> None:
    """Work out everything queued and bring repeats to their counts; raise Refused when they never come to rest."""
    for _ in range(MAX_ROUNDS):
        work.drain()
        if not work.count_again or not _recount(work):
            return
    raise Refused(problem("interview.counts-never-rest"))


def answered(work: Work, spot: Spot) -> None:
    """Work everything out after a value was given, then run the actions that wait for it."""
    settle(work)
    for action in work.form.on_answer.get(spot.item.path, ()):
        work.fire(action, spot)
        settle(work)


def enter(work: Work, base: Spot) -> None:
    """Furnish new spots: static defaults, rules queued, first rows of repeats; hidden where the parent is."""
    repeats: list[tuple[Item, Spot]] = []
    for spot in below(work.tree, base):
        if spot.parent is not None and spot.parent.path in work.hidden:
            work.hidden.add(spot.path)
        work.queue_own(spot)
        if spot.item.node.default and spot.path not in work.values:
            _default(work, spot)
        repeats.extend((child, spot) for child in spot.item.children if child.is_repeat)
    for repeat, parent in repeats:
        if Rule.COUNT in repeat.rules:
            work.count_again = True
        else:
            _first_rows(work, repeat, parent)


def _default(work: Work, spot: Spot) -> None:
    if work.restoring:
        work.values[spot.path] = spot.item.node.default
    else:
        work.put(spot, spot.item.node.default, recorded=True)


def _first_rows(work: Work, repeat: Item, parent: Spot) -> None:
    key = f"{parent.path}/{repeat.name}"
    begun = (counted_row(work.before.setting.seed, key, 1),)
    ids = tuple(work.known_rows.get(key, () if work.all_rows else begun))
    if not work.restoring:
        work.row_changes.extend(RowChange(key, name, added=True) for name in ids)
    set_rows(work, repeat, parent, ids)


def set_rows(work: Work, repeat: Item, parent: Spot, ids: Sequence[str]) -> None:
    """Give a repeat exactly these rows; what looked at them is worked out again."""
    key = f"{parent.path}/{repeat.name}"
    old = work.tree.rows.get(key, ())
    gone = [spot for row in old if row.row not in ids for spot in below(work.tree, row)]
    work.tree = work.view.tree = with_rows(work.tree, repeat, parent, ids)
    for spot in gone:
        _forget(work, spot)
    had = {row.row for row in old}
    for row in work.tree.rows[key]:
        if row.row not in had:
            enter(work, row)
            _run_new_row(work, row)
    _queue_around(work, repeat, parent)


def _forget(work: Work, spot: Spot) -> None:
    for flagged in (work.hidden, work.own_false, *work.flags.values()):
        flagged.discard(spot.path)
    if spot.item.is_derived:
        work.values.pop(spot.path, None)


def _run_new_row(work: Work, row: Spot) -> None:
    if work.restoring or work.beginning:
        return
    for action in work.form.actions(Event.NEW_REPEAT):
        item = work.form.items.get(action.target)
        if item is not None and row.item in item.repeats:
            _run_once(work, action, work.tree.under(row, item))


def _run_once(work: Work, action: Action, spots: Sequence[Spot]) -> None:
    for spot in spots:
        if spot.path not in work.values:
            work.set_by(action, spot)


def _queue_around(work: Work, repeat: Item, parent: Spot) -> None:
    for item in repeat.below():
        for vertex in work.form.dependants.get(item.path, ()):
            work.queue_near(vertex, parent)
        for vertex in item.rules.values():
            if vertex.rule is not Rule.COUNT:
                for spot in work.tree.all(item):
                    work.queue(vertex, spot)


def _recount(work: Work) -> bool:
    """Bring counted repeats to their counts; whether any changed."""
    work.count_again = False
    changed = False
    for vertex in work.form.counts:
        for parent in work.tree.all(vertex.item.parent or work.form.root):
            changed |= _recount_one(work, vertex, parent)
    return changed


def _recount_one(work: Work, vertex: Vertex, parent: Spot) -> bool:
    wanted = vertex.compiled.number(work.ground.at(ghost(vertex.item, parent)))
    count = int(wanted) if 1 <= wanted < float("inf") else 0
    if count > MAX_ROWS:
        raise Refused(problem("interview.too-many-rows", count=count, most=MAX_ROWS))
    key = f"{parent.path}/{vertex.item.name}"
    ids = tuple(counted_row(work.before.setting.seed, key, number) for number in range(1, count + 1))
    if ids == tuple(row.row for row in work.tree.rows.get(key, ())):
        return False
    set_rows(work, vertex.item, parent, ids)
    return True
