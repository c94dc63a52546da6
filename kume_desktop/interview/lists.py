"""Secondary instances: the form's own choice lists and the CSV files of the study, as nodes with hash indexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, overload

from kume_desktop.instruments.model import LAST_SAVED, Branch, Choice, Instrument, Itemset, Media
from kume_desktop.interview.state import Tables

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Entry:
    """A node of a list: its root, an item of it, or a field of an item (made when first asked for)."""

    __slots__ = ("_cells", "_fields", "choice", "items", "name", "parent", "place", "text")

    def __init__(self, name: str, parent: Entry | None, place: int, text: str = "") -> None:
        self.name = name
        self.parent = parent
        self.place = place
        self.text = text
        self._fields: Mapping[str, str] | None = None
        self.items: Sequence[Entry] = ()
        self.choice: Choice | None = None
        self._cells: dict[str, Entry] | None = None

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields of an item by their names."""
        if self._fields is None:
            choice = self.choice
            self._fields = _NOTHING if choice is None else {"name": choice.name, **choice.fields}
        return self._fields

    @fields.setter
    def fields(self, fields: Mapping[str, str]) -> None:
        self._fields = fields

    def children(self, name: str | None) -> Sequence[Entry]:
        """The items of a root (or the parts of a group of the last interview), or the fields of an item."""
        if self.items:
            return self.items if name is None else [each for each in self.items if each.name == name]
        if name is None:
            return [self.cell(each) for each in self.fields if not each.startswith("@")]
        return (self.cell(name),) if name in self.fields else ()

    def cell(self, name: str) -> Entry:
        """The field called `name`."""
        if self._cells is None:
            self._cells = {}
        found = self._cells.get(name)
        if found is None:
            found = self._cells[name] = Entry(name, self, 1, self.fields[name])
        return found


class Rows(Entry):
    """The root of a list: all its children are called `item`."""

    __slots__ = ()

    def children(self, name: str | None) -> Sequence[Entry]:
        """The items."""
        return self.items if name is None or name == "item" else ()


class Items(Sequence[Entry]):
    """The items of a list; each becomes a node when it is first asked for, so that long lists cost what is used."""

    __slots__ = ("_made", "_root", "_rows")

    def __init__(self, root: Entry, rows: Sequence[Choice | Mapping[str, str]]) -> None:
        self._root = root
        self._rows = rows
        self._made: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = place if place >= 0 else place + len(self._rows)
        return self._made.get(at) or self._make(at)

    def __iter__(self) -> Iterator[Entry]:
        made = self._made
        return (made.get(at) or self._make(at) for at in range(len(self._rows)))

    @property
    def rows(self) -> Sequence[Choice | Mapping[str, str]]:
        """What the items are made of."""
        return self._rows

    def column(self, name: str) -> Iterator[str]:
        """The texts of one field of all items."""
        for row in self._rows:
            if not isinstance(row, Choice):
                yield row.get(name, "")
            else:
                yield row.name if name == "name" else row.fields.get(name, "")

    def _make(self, at: int) -> Entry:
        row = self._rows[at]
        entry = self._made[at] = Entry("item", self._root, at + 1)
        if isinstance(row, Choice):
            entry.choice = row
        else:
            entry.fields = row
        return entry


class Lists:
    """The secondary instances of an interview; shared by all its states, filled when first used."""

    def __init__(self, instrument: Instrument, tables: Tables, last_saved: Mapping[str, str] = _NOTHING) -> None:
        self._instrument = instrument
        self._tables = tables
        self._last_saved = last_saved
        self._roots: dict[str, Entry | None] = {}
        self._indexes: dict[tuple[str, str], dict[str, list[int]]] = {}
        self._places: dict[tuple[str, str], Mapping[str, int]] = {}
        self._media: dict[str, Mapping[str, Media]] = {}
        # What `offer` keeps of the lists that no answer changes, by select and language.
        self.offers: dict[tuple[Itemset, str], Any] = {}

    def root(self, instance: str) -> Entry | None:
        """The root element of an instance; None if the form has none of that name."""
        if instance not in self._roots:
            self._roots[instance] = self._read(instance)
        return self._roots[instance]

    def lookup(self, instance: str, column: str, value: str) -> Sequence[Entry]:
        """The items whose field `column` is exactly `value`; '' also finds those without the field."""
        root = self.root(instance)
        if root is None or not root.items:
            return ()
        if not isinstance(root.items, Items):
            items = root.children("item")
            return [each for each in items if value in ({cell.text for cell in each.children(column)} or {""})]
        index = self._indexes.get((instance, column))
        if index is None:
            index = self._indexes[instance, column] = _index(root.items.column(column))
        items = root.items
        return [items[at] for at in index.get(value, ())]

    def media(self, listed: str) -> Mapping[str, Media]:
        """What the labels of a list show or play, by the names of its choices; a long list is looked through once."""
        found = self._media.get(listed)
        if found is None:
            choices = self._instrument.lists.get(listed, ())
            found = self._media[listed] = {choice.name: choice.media for choice in choices if choice.media}
        return found

    def places(self, instance: str, value: str) -> Mapping[str, int]:
        """Where the names of a list or file stand in it."""
        found = self._places.get((instance, value))
        if found is None:
            root = self.root(instance)
            names = root.items.column(value) if root is not None and isinstance(root.items, Items) else ()
            found = self._places[instance, value] = {name: place for place, name in enumerate(names)}
        return found

    def _read(self, instance: str) -> Entry | None:
        root = Rows("root", None, 1)
        if instance in self._instrument.trees:
            return _branched(self._instrument.trees[instance], None, 1)
        if instance in self._instrument.lists:
            root.items = Items(root, self._instrument.lists[instance])
        elif instance in self._tables:
            root.items = Items(root, self._tables[instance])
        elif instance == LAST_SAVED and self._instrument.last_saved:
            return _tree(self._instrument.root.name, self._last_saved)
        elif instance not in self._instrument.files and instance not in self._instrument.external:
            return None
        return root


def _index(texts: Iterable[str]) -> dict[str, list[int]]:
    """Where each text stands, in order."""
    index: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        index.setdefault(text, []).append(place)
    return index


def _branched(branch: Branch, parent: Entry | None, place: int) -> Entry:
    """The nodes of an instance that is no plain list."""
    entry = Entry(branch.name, parent, place, branch.text if not branch.children else "")
    found: Counter[str] = Counter()
    made: list[Entry] = []
    for child in branch.children:
        found[child.name] += 1
        made.append(_branched(child, entry, found[child.name]))
    entry.items = made
    entry.fields = {each.name: each.text for each in reversed(made) if not each.items}
    return entry


def _tree(name: str, values: Mapping[str, str]) -> Entry:
    """The values of an interview by their generic paths, as nodes."""
    root = Entry(name, None, 1)
    known = {f"/{name}": root}
    for path, text in values.items():
        _grow(known, path, text)
    return root


def _grow(known: dict[str, Entry], path: str, text: str = "") -> Entry | None:
    """The node at a path, made with what stands above it; None outside the root."""
    if path in known:
        return known[path]
    above = _grow(known, path.rpartition("/")[0]) if path.count("/") > 1 else None
    if above is None:
        return None
    node = known[path] = Entry(path.rpartition("/")[2], above, 1, text)
    above.items = [*above.items, node]
    return node
