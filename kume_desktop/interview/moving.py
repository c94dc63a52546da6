"""A draft in another version of its form: what is kept, converted, not shown, asked again, and how to get back.

Nothing is lost: answers stay stored under the paths of the older version; where the same path must hold another value,
the one before stands in `Move.kept`, which the store keeps beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kume_desktop.interview.fitting import fitted
from kume_desktop.interview.form import Form, Item, Rule
from kume_desktop.interview.record import Record
from kume_desktop.interview.state import Change, Interview, OverrideChange, RowChange, Setting
from kume_desktop.interview.tree import Spot, counted_row


class Fate(StrEnum):
    """What becomes of an answer."""

    KEPT = "kept"
    MOVED = "moved"
    CONVERTED = "converted"
    NOT_SHOWN = "not_shown"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Carried:
    """One stored value: where it stood and stands (`new_path` '' where the version has no place for it)."""

    question: str
    old_path: str
    new_path: str
    old: str
    new: str
    fate: Fate
    recorded: bool


@dataclass(frozen=True, slots=True, repr=False)
class Move:
    """A draft before and after, and everything that must be stored so that it goes on in the other version.

    `kept`: path -> value that `changes` replaces on that very path. `paths`: older path -> newer path, of values that
    stand elsewhere now. The lists name paths in the new version: `asked` are required and blank and were not before,
    `failing` break a constraint now, `retired` hold a choice that is not offered, `hidden` were asked and are not now.
    """

    before: Interview
    after: Interview
    carried: tuple[Carried, ...]
    changes: tuple[Change, ...]
    rows: tuple[RowChange, ...]
    overrides: tuple[OverrideChange, ...]
    kept: Mapping[str, str]
    paths: Mapping[str, str]
    asked: tuple[str, ...]
    failing: tuple[str, ...]
    retired: tuple[str, ...]
    hidden: tuple[str, ...]

    def of(self, fate: Fate) -> tuple[Carried, ...]:
        """The values with one fate."""
        return tuple(each for each in self.carried if each.fate is fate)


@dataclass(frozen=True, slots=True)
class Recall:
    """What stood at a path before a move: if the newer version still has `expected`, `original` comes back."""

    expected: str
    original: str


def preview(
    before: Interview,
    stored: Record,
    form: Form,
    setting: Setting,
    pairs: Mapping[str, str],
    recall: Mapping[str, Recall] | None = None,
) -> Move:
    """What a draft is in another version.

    `stored` is what `before` was restored from; `pairs` maps generic paths of its form to those of `form`. `recall`
    (concrete path in `form`) is for `undo`.
    """
    places = _Places(before, form, setting.seed, pairs)
    carried = tuple(_carried(before, stored, form, places, recall or {}))
    record = _Writing(stored, before, form, places, carried, recall or {})
    after = record.record.restored(form, setting)
    record.note_defaults(after)
    return Move(
        before=before,
        after=after,
        carried=carried,
        changes=tuple(record.changes.values()),
        rows=tuple(record.rows),
        overrides=tuple(record.overrides),
        kept=record.kept,
        paths={each.old_path: each.new_path for each in carried if each.new_path not in {"", each.old_path}},
        asked=tuple(sorted(_blank(after) - {places.path(path) for path in _blank(before)})),
        failing=tuple(sorted(after.failing - {places.path(path) for path in before.failing})),
        retired=tuple(sorted(after.unlisted - {places.path(path) for path in before.unlisted})),
        hidden=tuple(_hidden(before, after, carried)),
    )


def undo(
    now: Interview,
    stored: Record,
    form: Form,
    setting: Setting,
    pairs: Mapping[str, str],
    kept: Mapping[str, str],
) -> Move:
    """The draft back in the version `form` that it came from; `pairs` as in the move, `kept` as it left them.

    Answers that were not touched since are as they were; later ones go along where they fit.
    """
    was = Record(
        {**stored.answers, **kept}, dict(stored.recorded), dict(stored.overrides), dict(stored.rows)
    )  # fmt: skip
    for path in kept:
        was.recorded.pop(path, None)
    there = preview(was.restored(form, setting), was, now.form, setting, pairs)
    recall = {each.old_path: Recall(each.new, each.old) for each in there.carried if each.new_path}
    return preview(now, stored, form, setting, {new: old for old, new in pairs.items()}, recall)


def _blank(interview: Interview) -> set[str]:
    return {path for path in interview.required_now if not interview.values.get(path)}


def _hidden(before: Interview, after: Interview, carried: tuple[Carried, ...]) -> Iterator[str]:
    for each in carried:
        if each.new_path and each.new and before.is_relevant(each.old_path) and not after.is_relevant(each.new_path):
            yield each.new_path


def _carried(
    before: Interview, stored: Record, form: Form, places: _Places, recall: Mapping[str, Recall]
) -> Iterator[Carried]:
    for path, spot in before.tree.spots.items():
        value = stored.answers.get(path) or stored.recorded.get(path, "")
        if not value or spot.item.children or spot.item.is_derived:
            continue
        target = places.item(spot.item)
        there = places.path(path) if target is not None and not target.is_derived else ""
        recorded = path not in stored.answers
        if target is None or not there:
            yield Carried(spot.item.name, path, "", value, "", Fate.NOT_SHOWN, recorded)
            continue
        remembered = recall.get(there)
        if remembered is not None and remembered.expected == value:
            new: str | None = remembered.original
        else:
            new = fitted(before, spot, target.node, form, value)
            if new is None and remembered is not None:
                new = remembered.original
        yield Carried(spot.item.name, path, there, value, new or "", _fate(path, there, value, new), recorded)


def _fate(old_path: str, new_path: str, old: str, new: str | None) -> Fate:
    if new is None:
        return Fate.UNFIT
    if new != old:
        return Fate.CONVERTED
    return Fate.KEPT if new_path == old_path else Fate.MOVED


class _Places:
    """Where each concrete path of the older version is in the newer one."""

    def __init__(self, before: Interview, form: Form, seed: str, pairs: Mapping[str, str]) -> None:
        self._before, self._form, self._seed, self._pairs = before, form, seed, pairs
        self._rows: dict[str, str] = {}
        self.wanted: dict[str, list[str]] = {}
        for repeat in (item for item in before.form.items.values() if item.is_repeat):
            for parent in before.tree.all(repeat.parent or before.form.root):
                self._place(repeat, parent)

    def item(self, item: Item) -> Item | None:
        """The same node in the newer version, if its repeats are the same ones."""
        found = self._form.items.get(self._pairs.get(item.path, ""))
        if found is None or bool(found.children) is not bool(item.children):
            return None
        same = [self._pairs.get(repeat.path) for repeat in item.repeats] == [repeat.path for repeat in found.repeats]
        return found if same else None

    def path(self, path: str) -> str:
        """The concrete path there; '' if there is none."""
        spot = self._before.tree.spots.get(path)
        target = self.item(spot.item) if spot is not None else None
        if spot is None or target is None:
            return ""
        if spot.home is None:
            return target.path
        base = self._rows.get(spot.home.path, "")
        repeat = self._form.items[self._pairs[spot.home.item.path]]
        return base + target.path[len(repeat.path) :] if base else ""

    def _place(self, repeat: Item, parent: Spot) -> None:
        """Note where the rows of a repeat below `parent` are; a repeat stands before those in it."""
        target = self.item(repeat)
        base = "" if parent.home is None else self._rows.get(parent.home.path, "")
        if target is None or not target.is_repeat or (parent.home is not None and not base):
            return
        above = "" if parent.home is None else self._pairs[parent.home.item.path]
        key, counted = base + target.path[len(above) :], Rule.COUNT in target.rules
        if not counted:
            self.wanted[key] = []
        for number, row in enumerate(self._before.tree.rows.get(f"{parent.path}/{repeat.name}", ()), start=1):
            name = counted_row(self._seed, key, number) if counted else row.row
            self._rows[row.path] = f"{key}[{name}]"
            if not counted:
                self.wanted[key].append(name)


class _Writing:
    """The stored side of the draft in the newer version, with the changes that lead there."""

    def __init__(
        self,
        stored: Record,
        before: Interview,
        form: Form,
        places: _Places,
        carried: tuple[Carried, ...],
        recall: Mapping[str, Recall],
    ) -> None:
        self.record = Record(dict(stored.answers), dict(stored.recorded), dict(stored.overrides), dict(stored.rows))
        self.changes: dict[str, Change] = {}
        self.rows: list[RowChange] = []
        self.overrides: list[OverrideChange] = []
        self.kept: dict[str, str] = {}
        for key, names in {**_first_rows(form, before.setting.seed), **places.wanted}.items():
            self._set_rows(key, tuple(names))
        for each in carried:
            if each.new_path:
                self._put(each.new_path, each.new, recorded=each.recorded)
        brought = {each.new_path for each in carried}
        for path, remembered in recall.items():
            if path not in brought:
                self._put(path, "" if remembered.expected else remembered.original, recorded=False)
        for path, reason in stored.overrides.items():
            self._move_override(path, places.path(path), reason)

    def note_defaults(self, after: Interview) -> None:
        """Record the defaults of questions that are new."""
        for path, spot in after.tree.spots.items():
            value = after.values.get(path, "")
            if value and spot.item.node.default == value and not spot.item.is_derived and self._stored(path) is None:
                self._put(path, value, recorded=True)

    def _stored(self, path: str) -> str | None:
        return self.record.answers.get(path, self.record.recorded.get(path))

    def _put(self, path: str, value: str, *, recorded: bool) -> None:
        old = self._stored(path) or ""
        if old == value:
            return
        if old:
            self.kept[path] = old
        here, there = (
            (self.record.recorded, self.record.answers) if recorded else (self.record.answers, self.record.recorded)
        )
        here[path] = value
        there.pop(path, None)
        self.changes[path] = Change(path, old, value, recorded)

    def _set_rows(self, key: str, names: tuple[str, ...]) -> None:
        had = self.record.rows.get(key, ())
        self.rows.extend(RowChange(key, name, added=True) for name in names if name not in had)
        self.rows.extend(RowChange(key, name, added=False) for name in had if name not in names)
        self.record.rows[key] = names

    def _move_override(self, old_path: str, new_path: str, reason: str) -> None:
        unchanged = self._stored(old_path) == self._stored(new_path)
        if new_path and new_path != old_path and unchanged:
            self.record.overrides[new_path] = reason
            self.overrides.append(OverrideChange(new_path, reason))
        elif not unchanged and old_path == new_path:
            self.record.overrides.pop(old_path, None)


def _first_rows(form: Form, seed: str) -> dict[str, list[str]]:
    """The row that a repeat outside others begins with."""
    return {
        item.path: [counted_row(seed, item.path, 1)]
        for item in form.items.values()
        if item.is_repeat and not item.repeats and Rule.COUNT not in item.rules
    }
