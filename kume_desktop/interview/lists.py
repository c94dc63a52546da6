"""Secondary instances: the form's own choice lists and the CSV files of the study, as nodes with hash indexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kume_desktop.instruments.model import Choice, Instrument
from kume_desktop.interview.page_model import ChoiceView
from kume_desktop.interview.state import Tables


class Entry:
    """A node of a list: its root, an item of it, or a field of an item (made when first asked for)."""

    __slots__ = ("_cells", "choice", "fields", "items", "name", "parent", "place", "text")

    def __init__(self, name: str, parent: Entry | None, place: int, text: str = "") -> None:
        self.name = name
        self.parent = parent
        self.place = place
        self.text = text
        self.fields: Mapping[str, str] = {}
        self.items: Sequence[Entry] = ()
        self.choice: Choice | None = None
        self._cells: dict[str, Entry] = {}

    def children(self, name: str | None) -> Sequence[Entry]:
        """The items of a root, or the fields of an item."""
        if self.items:
            return self.items if name in {None, "item"} else ()
        if name is None:
            return [self.cell(each) for each in self.fields]
        return (self.cell(name),) if name in self.fields else ()

    def cell(self, name: str) -> Entry:
        """The field called `name`."""
        found = self._cells.get(name)
        if found is None:
            found = self._cells[name] = Entry(name, self, 1, self.fields[name])
        return found


class Lists:
    """The secondary instances of an interview; shared by all its states, filled when first used."""

    def __init__(self, instrument: Instrument, tables: Tables) -> None:
        self._instrument = instrument
        self._tables = tables
        self._roots: dict[str, Entry | None] = {}
        self._indexes: dict[tuple[str, str], dict[str, list[Entry]]] = {}
        self.shown: dict[tuple[str, str], tuple[ChoiceView, ...]] = {}

    def root(self, instance: str) -> Entry | None:
        """The root element of an instance; None if the form has none of that name."""
        if instance not in self._roots:
            self._roots[instance] = self._read(instance)
        return self._roots[instance]

    def lookup(self, instance: str, column: str, value: str) -> Sequence[Entry]:
        """The items whose field `column` is exactly `value`."""
        index = self._indexes.get((instance, column))
        if index is None:
            index = self._indexes[instance, column] = self._index(instance, column)
        return index.get(value, ())

    def names(self, instance: str, value: str) -> Iterator[str]:
        """The names of a list or file in order."""
        root = self.root(instance)
        return (item.fields.get(value, "") for item in (root.items if root is not None else ()))

    def _index(self, instance: str, column: str) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = {}
        root = self.root(instance)
        for item in root.items if root is not None else ():
            index.setdefault(item.fields.get(column, ""), []).append(item)
        return index

    def _read(self, instance: str) -> Entry | None:
        root = Entry("root", None, 1)
        if instance in self._instrument.lists:
            root.items = [self._own(root, place, c) for place, c in enumerate(self._instrument.lists[instance], 1)]
        elif instance in self._tables:
            root.items = [self._foreign(root, place, row) for place, row in enumerate(self._tables[instance], 1)]
        elif instance not in self._instrument.files:
            return None
        return root

    def _own(self, root: Entry, place: int, choice: Choice) -> Entry:
        item = Entry("item", root, place)
        item.fields = {"name": choice.name, **choice.fields}
        item.choice = choice
        return item

    def _foreign(self, root: Entry, place: int, row: Mapping[str, str]) -> Entry:
        item = Entry("item", root, place)
        item.fields = row
        return item
