"""The answers of an instrument as tables: the columns come from the form, never from what was answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kume_desktop.instruments.model import Instrument, Kind, Label, Node
from kume_desktop.reports.content import AnswerRow, AnswerTable, Column, InstrumentFacts, Option
from kume_desktop.scoring.method import Words

_ROW = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Answered:
    """One interview: its relevant answers by concrete path (repeat rows as `name[uuid]`), each with all its heads."""

    firm: str
    interview: str
    state: str
    counts: bool
    answers: Mapping[str, tuple[str, ...]]


def instrument_facts(
    instrument: Instrument, interviews: Sequence[Answered], interviews_in: int | None = None
) -> InstrumentFacts:
    """The tables of an instrument, the main one first, then one for each repeat.

    Answers on paths that this version of the form does not have are named in `unknown`, not dropped in silence.
    """
    shapes = list(_shapes(instrument))
    known = {column.path for _, _, columns in shapes for column in columns}
    unknown = {generic for one in interviews for path in one.answers if (generic := _generic(path)) not in known}
    return InstrumentFacts(
        id=instrument.id,
        version=instrument.version,
        title=Words(instrument.title.get("tr", ""), instrument.title.get("en", "")),
        content_hash=instrument.content_hash,
        tables=tuple(
            AnswerTable(repeat, title, columns, tuple(_rows(repeat, columns, interviews)))
            for repeat, title, columns in shapes
        ),
        interviews_in=len(interviews) if interviews_in is None else interviews_in,
        rates=bool(instrument.indicators),
        unknown=tuple(sorted(unknown)),
    )


def plain(label: Label) -> Words:
    """A label without its marks; an output is shown by the name of what it prints: `{ana_urun}`."""
    return Words(*(_flat(label, lang) for lang in ("tr", "en")))


def _flat(label: Label, lang: str) -> str:
    parts = [part.text or f"{{{part.expression.strip().rpartition('/')[2]}}}" for part in label.get(lang, ())]
    return "".join(parts).replace("**", "").strip()


def _shapes(instrument: Instrument) -> Iterator[tuple[str, Words, tuple[Column, ...]]]:
    """The path, title and columns of every table of the form."""
    title = Words(instrument.title.get("tr", ""), instrument.title.get("en", ""))
    waiting: list[tuple[str, Words, tuple[Node, ...]]] = [("", title, instrument.root.children)]
    while waiting:
        path, title, nodes = waiting.pop(0)
        repeats: list[Node] = []
        columns = tuple(_columns(nodes, instrument, repeats))
        yield path, title, columns
        waiting.extend((repeat.path, plain(repeat.label), repeat.children) for repeat in repeats)


def _columns(nodes: Iterable[Node], instrument: Instrument, repeats: list[Node]) -> Iterator[Column]:
    for node in nodes:
        match node.kind:
            case Kind.REPEAT:
                repeats.append(node)
            case Kind.GROUP:
                yield from _columns(node.children, instrument, repeats)
            case Kind.NOTE:
                continue
            case _:
                yield _column(node, instrument)


def _column(node: Node, instrument: Instrument) -> Column:
    retired = instrument.retired.get(node.path, {})
    choices = (*instrument.lists.get(node.choices, ()), *retired.values())
    return Column(
        path=node.path,
        name=node.name,
        label=plain(node.label),
        kind=str(node.kind),
        datatype=str(node.datatype),
        options=tuple(Option(choice.name, plain(choice.label), choice.missing) for choice in choices),
        personal=str(node.personal),
        purpose=node.purpose,
        origin=str(node.origin),
    )


def _rows(repeat: str, columns: tuple[Column, ...], interviews: Iterable[Answered]) -> Iterator[AnswerRow]:
    """The rows of one table: an interview is one row of the main table and one for each row of a repeat."""
    wanted = {column.path for column in columns}
    for one in interviews:
        rows: dict[str, dict[str, tuple[str, ...]]] = {} if repeat else {"": {}}
        for path, heads in one.answers.items():
            generic = _generic(path)
            if generic in wanted:
                row = "/".join(_ROW.findall(path)) if generic is not path else ""
                rows.setdefault(row, {})[generic] = heads
        for row, values in rows.items():
            yield AnswerRow(one.firm, one.interview, one.state, one.counts, values, row)


def _generic(path: str) -> str:
    """A path without the rows in it; the same text where there are none, as in most of a million."""
    return _ROW.sub("", path) if "[" in path else path
