"""The files and lists that expressions read by name: whether they are there, with the columns that are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kume_desktop.instruments.checking.cells import Cell
from kume_desktop.instruments.checking.outline import Outline
from kume_desktop.instruments.structure import near
from kume_desktop.interview.state import Tables
from kume_desktop.problems import Param, Problem, Where, problem
from kume_desktop.xpath.expression import Axis, Call, Expression, Path, Start, Step, Text, walk

_ALWAYS = frozenset({"name", "label", "itextId", "__system", "__version", "*"})
OF_STUDY: Mapping[str, frozenset[str]] = {
    "firmalar": frozenset(
        {"name", "label", "alan_kodu", "alan_adi", "alan_adi_en", "unvan", "nace", "nace_sur", "ilce", "sinif"}
    ),
    "calisma": frozenset({"ad", "deger"}),
}
"""The lists that a study itself gives its forms, whatever file lies beside them, with their columns."""
_SPECIAL = frozenset({"last-saved", "__last-saved", "__session"})


@dataclass(frozen=True, slots=True)
class Shelf:
    """What can be read by name. A table without columns is one whose columns are not known."""

    columns: Mapping[str, frozenset[str]]
    lists: frozenset[str]

    @classmethod
    def of(cls, outline: Outline, tables: Tables | None) -> Shelf:
        """The lists of the sheet `choices`, the files of the form, and the columns of those that are at hand."""
        choices = outline.book.sheet("choices")
        headers = frozenset(column.header for column in choices.columns) | {column.name for column in choices.columns}
        found = {name: headers for name in outline.lists if name}
        for question in outline.questions:
            if question.kind in {"csv-external", "xml-external"}:
                found[question.name] = frozenset()
            elif question.kind.endswith("from_file"):
                found[question.listed.rpartition(".")[0]] = frozenset()
        entities = outline.book.sheet("entities")
        for row in entities.rows:
            found[entities.cell(row, "list_name") or entities.cell(row, "dataset")] = frozenset()
        for name, rows in (tables or {}).items():
            found[name] = frozenset(rows[0]) if rows else frozenset()
        return cls(found, frozenset(outline.lists))

    def title(self, table: str) -> str:
        """The name of a table as its author knows it: a list of the workbook, or a file."""
        return table if table in self.lists else f"{table}.csv"


def table_problems(cell: Cell, shelf: Shelf) -> Iterator[Problem]:
    """What a cell reads and nobody has."""
    if cell.compiled is None:
        return
    pulled = {_named(call) for call in _calls(cell.compiled.tree, "pulldata")}
    for node in walk(cell.compiled.tree):
        if isinstance(node, Call) and node.name == "pulldata" and (name := _named(node)):
            yield from _pulled(node, name, cell, shelf)
        elif isinstance(node, Path) and isinstance(node.start, Call) and node.start.name == "instance":
            yield from _instance(node, node.start, cell, shelf, frozenset(pulled))
    yield from _filter(cell, shelf)


def missing_files(outline: Outline, cells: tuple[Cell, ...], tables: Tables) -> Iterator[Problem]:
    """The CSV files that the form reads and that are not at hand, each once, where it is read first."""
    entities = outline.book.sheet("entities")
    told = {*tables, *(entities.cell(row, "list_name") or entities.cell(row, "dataset") for row in entities.rows)}
    taken: set[str] = set()
    for name, where in _files_read(outline, cells):
        if name in OF_STUDY and name not in taken and _is_other(tables.get(name, ()), OF_STUDY[name]):
            taken.add(name)
            yield problem("form.list-of-study", where, table=f"{name}.csv", columns=", ".join(sorted(OF_STUDY[name])))
        if name not in told:
            told.add(name)
            yield problem("form.file-missing", where, table=f"{name}.csv")


def _is_other(rows: Sequence[Mapping[str, str]], columns: frozenset[str]) -> bool:
    return any(not row.keys() <= columns for row in rows[:1])


def _files_read(outline: Outline, cells: tuple[Cell, ...]) -> Iterator[tuple[str, Where]]:
    for question in outline.questions:
        if question.kind.endswith("from_file") and question.listed.lower().endswith(".csv"):
            yield question.listed[:-4], outline.where(question, "type")
        elif question.kind == "csv-external":
            yield question.name, outline.where(question, "name")
    for cell in cells:
        for call in _calls(cell.compiled.tree, "pulldata") if cell.compiled else ():
            if name := _named(call):
                yield name, cell.where


def _calls(tree: Expression, name: str) -> Iterator[Call]:
    return (node for node in walk(tree) if isinstance(node, Call) and node.name == name)


def _named(call: Call) -> str:
    first = call.arguments[0] if call.arguments else None
    return first.value if isinstance(first, Text) else ""


def _pulled(call: Call, table: str, cell: Cell, shelf: Shelf) -> Iterator[Problem]:
    for argument in call.arguments[1:3]:
        if isinstance(argument, Text):
            yield from _column(argument.value, argument.at, table, shelf, cell)


def _instance(path: Path, call: Call, cell: Cell, shelf: Shelf, pulled: frozenset[str]) -> Iterator[Problem]:
    table = _named(call)
    if not table or table in _SPECIAL or table in pulled:
        return
    if table not in shelf.columns:
        guess = near(table, shelf.columns)
        params: dict[str, Param] = {"position": call.at, "table": table, "near": guess}
        yield problem("form.instance-unknown-near" if guess else "form.instance-unknown", cell.where, **params)
        return
    for name, at in _columns_read(path):
        yield from _column(name, at, table, shelf, cell)


def _columns_read(path: Path) -> Iterator[tuple[str, int]]:
    """The columns after `root/item`, and those in its conditions."""
    if [step.test for step in path.steps[:2]] != ["root", "item"]:
        return
    for step in path.steps[2:3]:
        if _is_plain(step):
            yield step.test, step.at
    for predicate in path.steps[1].predicates:
        yield from _names(predicate)


def _names(expression: Expression) -> Iterator[tuple[str, int]]:
    for node in walk(expression):
        if isinstance(node, Path) and node.start is Start.HERE and len(node.steps) == 1 and _is_plain(node.steps[0]):
            yield node.steps[0].test, node.at


def _is_plain(step: Step) -> bool:
    return step.axis is Axis.CHILD and ":" not in step.test and "(" not in step.test


def _column(name: str, at: int, table: str, shelf: Shelf, cell: Cell) -> Iterator[Problem]:
    columns = shelf.columns.get(table, frozenset())
    if columns and name not in columns and name not in _ALWAYS:
        guess = near(name, columns)
        params: dict[str, Param] = {"position": at, "table": shelf.title(table), "column": name, "near": guess}
        yield problem("form.file-column-near" if guess else "form.file-column", cell.where, **params)


def _filter(cell: Cell, shelf: Shelf) -> Iterator[Problem]:
    """The plain names in the filter of a select from a file are columns of the file."""
    owner = cell.owner
    if cell.column != "choice_filter" or cell.compiled is None or owner is None or not owner.kind.endswith("from_file"):
        return
    table = owner.listed.rpartition(".")[0]
    for name, at in _names(cell.compiled.tree):
        yield from _column(name, at, table, shelf, cell)
