"""What a row of a list becomes: a firm as the study would keep it, and everything that is wrong with the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

from kume_desktop import turkish
from kume_desktop.exchange.cells import Row
from kume_desktop.exchange.sample_lists import nace, numbers, places
from kume_desktop.exchange.sample_lists.fields import OF_FIRMS, ListField
from kume_desktop.exchange.sample_lists.heads import Head, cells_of, column_name
from kume_desktop.exchange.sample_lists.size import size_class
from kume_desktop.problems import Problem, Where, problem, warning

NEEDED = frozenset({"list.no-name", "list.no-area", "list.area-several", "list.area-unknown"})
"""Without a name or an area there is no firm: such a row can only be left out, or be mended."""
LONGEST_NAME = 500
_LIKE = 92


@dataclass(frozen=True, slots=True)
class AreaKnown:
    """An activity area of the study: its code, its names, the beginnings of its NACE codes as digits."""

    code: str
    names: tuple[str, ...]
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the study knows that rows are checked against; `classes` are those of its own NACE list."""

    areas: tuple[AreaKnown, ...]
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Columns:
    """How a list is read: head -> field, and what stands for what the list does not say."""

    fields: Mapping[str, ListField]
    revision: str = "2"
    area: str = ""
    home: str = ""

    def head(self, wanted: ListField) -> str:
        """The head of the column of a field, '' where there is none."""
        return next((head for head, each in self.fields.items() if each is wanted), "")


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as the study would keep it; '' where the list does not say it or says it wrongly."""

    name: str = ""
    tax_number: str = ""
    natural_person: bool = False
    nace: str = ""
    area: str = ""
    province: str = ""
    district: str = ""
    size_class: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    contact: str = ""
    register: str = ""

    def filled_from(self, other: Firm) -> Firm:
        """This firm with what only the other row of it says."""
        blank = {
            one.name: getattr(other, one.name)
            for one in fields(self)
            if not getattr(self, one.name) and getattr(other, one.name)
        }
        return replace(self, **blank)


@dataclass(frozen=True, slots=True)
class Reading:
    """A row that was read; `restored`: its tax number got back the zeros that Excel took."""

    row: int
    firm: Firm
    cells: Mapping[str, str]
    findings: tuple[Problem, ...] = ()
    restored: bool = False

    @property
    def errors(self) -> frozenset[str]:
        """The codes that somebody must decide about."""
        return frozenset(one.code for one in self.findings if one.is_error)


@dataclass(slots=True)
class _Reader:
    """One row while it is read."""

    cells: Mapping[str, str]
    columns: Columns
    known: Known
    places: Mapping[str, str]
    where: Where
    found: list[Problem] = field(default_factory=list)

    def cell(self, wanted: ListField) -> str:
        head = self.columns.head(wanted)
        return self.cells.get(head, "") if head else ""

    def tell(self, kind: str, wanted: ListField, /, *, is_error: bool = True, **params: str | int) -> None:
        head = self.columns.head(wanted)
        place = replace(self.where, column=f"{self.places[head]} {head}" if head else None)
        make = problem if is_error else warning
        self.found.append(make(kind, place, value=self.cell(wanted), **params))


def read_row(
    number: int, cells: Mapping[str, str], columns: Columns, known: Known, *, where: Where, letters: Mapping[str, str]
) -> Reading:
    """Read the cells (head -> cell) of row `number`; `letters` gives the column of each head."""
    reader = _Reader(cells, columns, known, letters, replace(where, row=number))
    tax = _tax_number(reader)
    code = _nace(reader)
    place = _place(reader)
    firm = Firm(
        name=_name(reader),
        tax_number=tax.number,
        natural_person=tax.is_person,
        nace=code,
        area=_area(reader, code),
        province=place.province,
        district=place.district,
        size_class=_size(reader),
        address=reader.cell(ListField.ADDRESS),
        phone=_shaped(reader, ListField.PHONE),
        email=_shaped(reader, ListField.EMAIL),
        contact=reader.cell(ListField.CONTACT),
        register=reader.cell(ListField.REGISTER),
    )
    return Reading(number, firm, cells, tuple(reader.found), tax.restored)


def read_rows(
    rows: Iterable[tuple[int, Row]], head: Head, columns: Columns, known: Known, where: Where
) -> Iterable[Reading]:
    """Read rows one after the other."""
    letters = letters_of(head)
    for number, row in rows:
        yield read_row(number, cells_of(head, row), columns, known, where=where, letters=letters)


def letters_of(head: Head) -> Mapping[str, str]:
    """The letters of the column of each head."""
    return {name: column_name(place) for place, name in enumerate(head.heads)}


def is_personal(reading: Reading, columns: Columns) -> bool:
    """Whether the cells of a row may name a person: a natural person's firm, or any other than a firm's own facts."""
    filled = (head for head, cell in reading.cells.items() if cell)
    return reading.firm.natural_person or any(columns.fields.get(head) not in OF_FIRMS for head in filled)


def _name(reader: _Reader) -> str:
    name = " ".join(reader.cell(ListField.NAME).split())
    if not any(letter.isalnum() for letter in name):
        reader.tell("list.no-name", ListField.NAME)
        return ""
    if len(name) > LONGEST_NAME:
        reader.tell("list.name-long", ListField.NAME, is_error=False, length=len(name))
    return name


def _tax_number(reader: _Reader) -> numbers.TaxNumber:
    company = numbers.read_tax_number(reader.cell(ListField.TAX_NUMBER))
    person = numbers.read_tax_number(reader.cell(ListField.PERSON_NUMBER))
    for read, wanted in ((company, ListField.TAX_NUMBER), (person, ListField.PERSON_NUMBER)):
        if read.wrong:
            reader.tell(read.wrong, wanted)
    is_person = company.is_person or person.is_person
    chosen = company if company.number or not person.number else person
    return replace(chosen, is_person=is_person, restored=company.restored)


def _nace(reader: _Reader) -> str:
    read = nace.read_nace(reader.cell(ListField.NACE), reader.columns.revision)
    if read.wrong:
        reader.tell(read.wrong, ListField.NACE, revision=reader.columns.revision)
    elif read.doubtful:
        reader.tell(read.doubtful, ListField.NACE, is_error=False, code=read.code)
    elif _is_unlisted(read.code, reader.known):
        reader.tell("list.nace-unlisted", ListField.NACE, is_error=False, code=nace.class_of(read.code))
    return read.code


def _is_unlisted(code: str, known: Known) -> bool:
    """Whether a code of one of the study's areas is of a class that the study's own NACE list has not."""
    return bool(known.classes and areas_of(code, known.areas)) and nace.class_of(code) not in known.classes


def _place(reader: _Reader) -> places.Place:
    province, district = reader.cell(ListField.PROVINCE), reader.cell(ListField.DISTRICT)
    read = places.read_place(province, district, reader.columns.home)
    if read.wrong:
        at = ListField.PROVINCE if read.wrong == "list.province-unknown" and province else ListField.DISTRICT
        reader.tell(read.wrong, at, nearest=read.nearest, province=read.province)
    elif read.is_guess:
        reader.tell("list.district-guess", ListField.DISTRICT, is_error=False, nearest=read.nearest)
    return read


def _area(reader: _Reader, code: str) -> str:
    """The area by its own column, else by NACE, else the one chosen for the whole list."""
    cell = reader.cell(ListField.AREA)
    if cell:
        found = area_named(cell, reader.known.areas)
        if not found:
            reader.tell("list.area-unknown", ListField.AREA)
        return found
    fitting = areas_of(code, reader.known.areas)
    if len(fitting) == 1:
        return fitting[0]
    if reader.columns.area:
        return reader.columns.area
    if fitting:
        reader.tell("list.area-several", ListField.NACE, areas=", ".join(fitting))
    else:
        reader.tell("list.no-area", ListField.NACE)
    return ""


def area_named(cell: str, areas: Iterable[AreaKnown]) -> str:
    """The area whose code or name a cell is, also with a slip of the pen; '' where it is none or several."""
    from rapidfuzz import fuzz

    wanted = turkish.fold(cell)
    best: dict[str, float] = {}
    for area in areas:
        spelled = [turkish.fold(one) for one in (area.code, *area.names) if one]
        best[area.code] = max((100.0 if one == wanted else fuzz.ratio(one, wanted) for one in spelled), default=0.0)
    top = max(best.values(), default=0.0)
    found = [code for code, score in best.items() if score == top]
    return found[0] if top >= _LIKE and len(found) == 1 else ""


def areas_of(code: str, areas: Iterable[AreaKnown]) -> tuple[str, ...]:
    """The areas that a NACE code belongs to: those with the longest beginning that the code has."""
    plain = nace.digits(code)
    fits = {
        area.code: max((len(begin) for begin in area.begins if plain.startswith(begin)), default=0)
        for area in areas
        if plain
    }
    longest = max(fits.values(), default=0)
    return tuple(area for area, length in fits.items() if longest and length == longest)


def _size(reader: _Reader) -> str:
    found = size_class(reader.cell(ListField.STAFF))
    if found is None:
        reader.tell("list.staff-shape", ListField.STAFF)
        return ""
    return found


def _shaped(reader: _Reader, wanted: ListField) -> str:
    cell = reader.cell(wanted)
    is_right = numbers.is_phone if wanted is ListField.PHONE else numbers.is_email
    if cell and not is_right(cell):
        reader.tell(f"list.{wanted.value}-shape", wanted, is_error=False)
    return cell
