"""What an import of a list would do: new firms, firms that change, rows that stay out, questions that are open.

Nothing is written here. `make` is a function of the file, of what a person said, and of the study.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kume_desktop.exchange.sample_lists import matching, places, rows
from kume_desktop.exchange.sample_lists.fields import ListField
from kume_desktop.exchange.sample_lists.matching import Alike, Identity, Match, Why
from kume_desktop.exchange.sample_lists.names import is_same_name
from kume_desktop.exchange.sample_lists.rows import NEEDED, Columns, Firm, Reading
from kume_desktop.problems import Refused, Where, problem
from kume_desktop.services.sample_lists import known as knowing
from kume_desktop.services.sample_lists import outline
from kume_desktop.services.sample_lists.asked import Asked, Choice, Side, Verdict
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.exchange.cells import ListSheet
    from kume_desktop.exchange.sample_lists.heads import Head
    from kume_desktop.services.sample_lists.known import KnownFirm
    from kume_desktop.services.sample_lists.outline import Loaded
    from kume_desktop.services.studies import Progress, Study

CHECKING, COMPARING = N_("Checking the rows"), N_("Looking for the same firms")
COMPARED = ("name", "tax_number", "district", "nace", "area", "size_class")
"""Attributes of a firm that a list can change."""
KIND = "firm"
_TOLD_EACH = 500


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one firm: a row with another row (`other_row`) or with a firm of the study (`unit_id`)."""

    key: str
    row: int
    other_row: int
    unit_id: str
    why: Why
    score: int
    name: str
    other_name: str
    place: str
    other_place: str
    other_code: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the list says otherwise than somebody corrected by hand."""

    key: str
    row: int
    unit_id: str
    code: str
    name: str
    field: str
    listed: str
    held: str


@dataclass(frozen=True, slots=True)
class Update:
    """A firm of the study in the list, with what changes.

    `is_same_row`: the list tells the same as before; `is_back`: the firm was withdrawn; `is_kept`: what somebody
    corrected by hand holds against the list.
    """

    unit_id: str
    natural_person: bool
    reading: Reading
    changes: Mapping[str, str]
    is_same_row: bool
    is_back: bool
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done. `left_out`: rows by decision; `later`: rows that wait for an answer about a pair."""

    readings: tuple[Reading, ...]
    columns: Columns
    head: Head
    new: tuple[Reading, ...]
    updates: tuple[Update, ...]
    merged: int
    left_out: tuple[Reading, ...]
    later: tuple[Reading, ...]
    undecided: Mapping[str, int]
    pairs: tuple[Pair, ...]
    differences: tuple[Difference, ...]

    @property
    def open_pairs(self) -> int:
        """How many pairs nobody decided."""
        return len(self.pairs)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Rows that stay, and the firms of the study, with what tells them apart."""

    readings: Sequence[Reading]
    firms: Sequence[KnownFirm]
    identities: Sequence[Identity]


def make(study: Study, loaded: Loaded, asked: Asked, progress: Progress) -> Plan:
    """Work out what an import would do.

    Raises:
        Refused: no sheet or no column with names was chosen; the file changed since.
    """
    sheet, head = outline.sheet_asked(loaded, asked)
    checked = knowing.known(study, with_list=True)
    columns = columns_of(sheet, head, asked)
    if ListField.NAME not in columns.fields.values():
        raise Refused(problem("list.no-name-column", Where(file=loaded.name, sheet=sheet.title)))
    readings = _read(sheet, head, columns, checked, loaded.name, progress)
    staying, left_out, undecided = _decide(readings, asked)
    progress(0, 0, COMPARING)
    firms = knowing.firms(study.database, checked)
    candidates = _Candidates(staying, firms, [*map(_of_row, staying), *map(_of_firm, firms)])
    found = list(matching.matches(candidates.identities, len(firms)))
    pairs, same, waiting = _judged(candidates, found, asked)
    new, updates, differences = _sorted(candidates, same, waiting, asked)
    taken = len(new) + len(updates)
    later = tuple(staying[place] for place in sorted(waiting))
    return Plan(
        tuple(readings), columns, head, tuple(new), tuple(updates), len(staying) - len(later) - taken, left_out, later,
        undecided, pairs, tuple(differences),
    )  # fmt: skip


def columns_of(sheet: ListSheet, head: Head, asked: Asked) -> Columns:
    """The columns as a person said them; a list without provinces lies where most of its districts do."""
    given = {name: ListField(field) for name, field in asked.fields.items() if name in head.heads and field}
    texts = {name: field.value for name, field in given.items()}
    return Columns(given, asked.revision, asked.area, outline.home_of(sheet, head, texts))


def _read(
    sheet: ListSheet, head: Head, columns: Columns, checked: rows.Known, file: str, progress: Progress
) -> list[Reading]:
    from kume_desktop.exchange.sample_lists.heads import rows_below

    below = rows_below(sheet, head)
    where = Where(file=file, sheet=sheet.title or None)
    readings: list[Reading] = []
    for reading in rows.read_rows(below, head, columns, checked, where):
        readings.append(reading)
        if len(readings) % _TOLD_EACH == 0:
            progress(len(readings), len(below), CHECKING)
    return readings


def _decide(readings: Iterable[Reading], asked: Asked) -> tuple[list[Reading], tuple[Reading, ...], Mapping[str, int]]:
    """Rows that stay, rows that were left out by decision, and how many rows nobody decided about, by code."""
    staying: list[Reading] = []
    left_out: list[Reading] = []
    undecided: Counter[str] = Counter()
    for reading in readings:
        chosen = {code: asked.choices.get(code, "") for code in reading.errors}
        undecided.update(code for code, choice in chosen.items() if choice not in _allowed(code))
        if Choice.LEAVE in chosen.values():
            left_out.append(reading)
        elif not reading.errors & NEEDED:
            staying.append(reading)
    return staying, tuple(left_out), dict(undecided)


def _allowed(code: str) -> tuple[str, ...]:
    return (Choice.LEAVE,) if code in NEEDED else (Choice.LEAVE, Choice.BLANK)


def _of_row(reading: Reading) -> Identity:
    firm = reading.firm
    return matching.identity([firm.name], firm.district, firm.tax_number, firm.address, firm.register)


def _of_firm(firm: KnownFirm) -> Identity:
    unit, told = firm.unit, firm.said or Firm()
    return matching.identity(
        [unit.name, told.name], unit.district, unit.tax_number or told.tax_number, told.address, told.register
    )


def _judged(
    candidates: _Candidates, found: Sequence[Match], asked: Asked
) -> tuple[tuple[Pair, ...], list[tuple[int, int]], frozenset[int]]:
    """Open questions, what is the same firm, and the rows that wait until a question is answered."""
    same = [(one.one, one.other) for one in found if one.alike is Alike.SAME]
    lead = _leads(len(candidates.identities), same)
    count = len(candidates.readings)
    settled = {lead[place] for place in range(count, len(lead))}
    open_pairs: list[Pair] = []
    waiting: set[int] = set()
    for match in found:
        if match.alike is not Alike.UNSURE or lead[match.one] == lead[match.other]:
            continue
        if lead[match.one] in settled and (match.other >= count or lead[match.other] in settled):
            # Both are known apart in the study already.
            continue
        pair = _pair(candidates, match)
        verdict = asked.pairs.get(pair.key, asked.pairs.get("*", ""))
        if verdict == Verdict.SAME:
            same.append((match.one, match.other))
        elif verdict == Verdict.LATER:
            waiting.add(match.one)
        elif verdict != Verdict.OTHER:
            open_pairs.append(pair)
    ordered = sorted(open_pairs, key=lambda pair: (-pair.score, pair.row, pair.key))
    return tuple(ordered), same, frozenset(waiting)


def _leads(count: int, same: Sequence[tuple[int, int]]) -> list[int]:
    leads = [0] * count
    for group in matching.groups(count, same):
        for place in group:
            leads[place] = group[0]
    # A group that holds a firm of the study is led by it, wherever its rows stand.
    return leads


def _pair(candidates: _Candidates, match: Match) -> Pair:
    row = candidates.readings[match.one]
    count = len(candidates.readings)
    if match.other < count:
        other = candidates.readings[match.other]
        return Pair(
            f"{row.row}|{other.row}", row.row, other.row, "", match.why, match.score, row.firm.name, other.firm.name,
            _place(row.firm), _place(other.firm),
        )  # fmt: skip
    unit = candidates.firms[match.other - count].unit
    return Pair(
        f"{row.row}|{unit.unit_id}", row.row, 0, unit.unit_id, match.why, match.score, row.firm.name, unit.name,
        _place(row.firm), unit.district, unit.code,
    )  # fmt: skip


def _place(firm: Firm) -> str:
    return ", ".join(part for part in (firm.district, firm.address) if part)


def _sorted(
    candidates: _Candidates, same: Sequence[tuple[int, int]], waiting: frozenset[int], asked: Asked
) -> tuple[list[Reading], list[Update], list[Difference]]:
    """New firms, firms of the study that the list speaks of, and what it says otherwise than was corrected there."""
    count = len(candidates.readings)
    new: list[Reading] = []
    updates: list[Update] = []
    differences: list[Difference] = []
    for group in matching.groups(len(candidates.identities), same):
        listed = [candidates.readings[place] for place in group if place < count and place not in waiting]
        if not listed:
            continue
        merged = _merged(listed)
        firms = [candidates.firms[place - count] for place in group if place >= count]
        if not firms:
            new.append(merged)
            continue
        update, found = _update(merged, _best(merged, firms), asked)
        updates.append(update)
        differences += found
    return new, updates, differences


def _best(reading: Reading, firms: Sequence[KnownFirm]) -> KnownFirm:
    """Of several firms of the study the one with the row's tax number, else with its name, else the first."""

    def rank(firm: KnownFirm) -> tuple[bool, bool, str]:
        tax, name = reading.firm.tax_number, reading.firm.name
        return not (tax and firm.unit.tax_number == tax), firm.unit.name != name, firm.unit.code

    return min(firms, key=rank)


def _merged(listed: Sequence[Reading]) -> Reading:
    """Rows of one firm as one: the first, with what only the others say; different cells stand side by side."""
    first = listed[0]
    if len(listed) == 1:
        return first
    firm, cells = first.firm, dict(first.cells)
    for other in listed[1:]:
        firm = firm.filled_from(other.firm)
        for head, cell in other.cells.items():
            if cell not in cells.get(head, "").split(" | "):
                cells[head] = f"{cells[head]} | {cell}" if cells.get(head) else cell
    is_person = any(one.firm.natural_person for one in listed)
    return replace(first, firm=replace(firm, natural_person=is_person), cells=cells)


def _update(reading: Reading, firm: KnownFirm, asked: Asked) -> tuple[Update, list[Difference]]:
    changes: dict[str, str] = {}
    differences: list[Difference] = []
    is_kept = False
    for name in COMPARED:
        listed, held = getattr(reading.firm, name), getattr(firm.unit, name)
        before = getattr(firm.said, name) if firm.said is not None else ""
        if not listed or _equal(name, listed, held):
            continue
        if not held or (before and _equal(name, before, held)):
            changes[name] = listed
        elif not (before and _equal(name, before, listed)):
            # Somebody wrote it by hand, and the list says something new.
            key = f"{firm.unit.unit_id}|{name}"
            side = asked.sides.get(key, asked.sides.get("*", ""))
            if side == Side.LIST:
                changes[name] = listed
            elif side == Side.STUDY:
                is_kept = True
            else:
                unit = firm.unit
                differences.append(Difference(key, reading.row, unit.unit_id, unit.code, unit.name, name, listed, held))
    if "nace" in changes and firm.unit.nace_revision != asked.revision:
        changes["nace_revision"] = asked.revision
    is_back = firm.unit.kind != KIND
    same_row = dict(firm.cells) == dict(reading.cells)
    is_person = firm.unit.natural_person or reading.firm.natural_person
    return Update(firm.unit.unit_id, is_person, reading, changes, same_row, is_back, is_kept), differences


def _equal(name: str, one: str, other: str) -> bool:
    if name == "name":
        return is_same_name(one, other)
    if name == "district":
        return places.place_key(one) == places.place_key(other)
    return one == other
