"""Finding a person: by name, telephone, e-mail or tax number, in everything that the study holds, grouped by firm."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kume_desktop import turkish
from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, roles
from kume_desktop.services.access_log import Deed
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.person_rows import Piece

FIND = "person-find"
SHORTEST, SHORTEST_NUMBER = 3, 5
MOST = 500
_AROUND = 60


class Place(StrEnum):
    """Where something about a person stands."""

    FIRM = "firm"
    LIST = "list"
    ANSWER = "answer"
    TYPED = "typed"
    COMMENT = "comment"
    REASON = "reason"
    RESPONDENT = "respondent"
    VISIT = "visit"
    RATING = "rating"
    PERSON = "person"
    STUDY = "study"


WORDS: Mapping[Place, str] = {
    Place.FIRM: N_("Facts of the firm"),
    Place.LIST: N_("List of firms"),
    Place.ANSWER: N_("Answer given"),
    Place.TYPED: N_("Typed, not stored as an answer"),
    Place.COMMENT: N_("Comment at a question"),
    Place.REASON: N_("Reason at a question"),
    Place.RESPONDENT: N_("Who was spoken to"),
    Place.VISIT: N_("Note of a visit"),
    Place.RATING: N_("Reason of a level"),
    Place.PERSON: N_("People of the study"),
    Place.STUDY: N_("Notes of the study"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the text stands; `what` is the attribute, list head or question, `value` the text around it."""

    unit_id: str
    subject_id: str
    place: Place
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """The places of one firm ('' for people of the study and its notes).

    `is_legal_person`: the firm is none of a single person, so its own name and tax number are no personal data.
    """

    unit_id: str
    code: str
    name: str
    hits: tuple[Hit, ...]
    is_legal_person: bool = False


def matcher(wanted: str) -> Callable[[str], bool]:
    """Whether a value holds what is looked for: Turkish marks and case do not matter, nor signs between digits.

    Raises:
        Refused: `personal.too-short`.
    """
    folded = " ".join(turkish.fold(wanted).split())
    digits = "".join(sign for sign in wanted if sign.isdigit())
    is_number = len(digits) >= SHORTEST_NUMBER and not any(sign.isalpha() for sign in wanted)
    if len(folded) < SHORTEST:
        raise Refused(problem("personal.too-short", least=SHORTEST))
    # A telephone number is written with and without the zero and the country's number before it.
    tail = digits[-10:] if len(digits) > 10 else digits.lstrip("0") or digits

    def is_in(value: str) -> bool:
        if folded in " ".join(turkish.fold(value).split()):
            return True
        return is_number and tail in "".join(sign for sign in value if sign.isdigit())

    return is_in


def find(study: Study, wanted: str) -> tuple[Found, ...]:
    """Look for a text in everything that is held; firms in the order of their codes, people of the study last.

    Raises:
        Refused: `role.may-not`, `personal.too-short`.
    """
    from kume_desktop.store import reading

    roles.require(study, roles.Right.PERSONAL)
    is_in = matcher(wanted)
    firms = {unit.unit_id: unit for unit in reading.units(study.database)}
    grouped: dict[str, list[Hit]] = {}
    for number, hit in enumerate(_hits(study, is_in)):
        if number >= MOST:
            break
        grouped.setdefault(hit.unit_id, []).append(hit)
    found = [
        Found(unit_id, firms[unit_id].code if unit_id in firms else "", firms[unit_id].name if unit_id in firms else "",
              tuple(hits), unit_id in firms and not firms[unit_id].natural_person)
        for unit_id, hits in grouped.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.code, one.code)))


def remember(study: Study, found: tuple[Found, ...]) -> None:
    """Note that somebody looked for a person: not for whom, but in which firms they were found."""
    access_log.note(study, Deed.FOUND, ", ".join(one.code for one in found[:20] if one.code))


def _hits(study: Study, is_in: Callable[[str], bool]) -> Iterator[Hit]:
    from kume_desktop.store import person_rows

    owners = person_rows.owners(study.database)
    for piece in person_rows.pieces(study.database):
        yield from _of_piece(piece, owners, is_in)
    for piece in person_rows.typed(study.database):
        yield from _of_piece(piece, owners, is_in)


def _of_piece(piece: Piece, owners: Mapping[str, str], is_in: Callable[[str], bool]) -> Iterator[Hit]:
    place = _place(piece)
    if place is None:
        return
    unit = piece.subject_id if piece.subject_kind == "unit" else owners.get(piece.subject_id, "")
    for what, value in _values(piece):
        if is_in(value):
            yield Hit(unit, piece.subject_id, place, what, value[:_AROUND])


_REGISTERS = {
    "comment": Place.COMMENT, "override": Place.REASON, "gap": Place.REASON, "respondent": Place.RESPONDENT,
}  # fmt: skip


def _place(piece: Piece) -> Place | None:
    """Where a value stands for people; None for what is bookkeeping."""
    register = piece.path.rpartition("#")[2] if "#" in piece.path else ""
    match piece.subject_kind:
        case "unit":
            return Place.LIST if piece.path.startswith("frame:") else Place.FIRM
        case "interview":
            is_answer = piece.path.startswith("/") and not register
            return (Place.TYPED if piece.kind == "draft" else Place.ANSWER) if is_answer else _REGISTERS.get(register)
        case "visit":
            return Place.VISIT if register == "note" else None
        case "rating":
            return Place.RATING if register == "note" else None
        case "person":
            return Place.PERSON
        case "study":
            return None
        case _:
            return Place.STUDY if register == "note" else None


def _values(piece: Piece) -> Iterator[tuple[str, str]]:
    """The texts of a value with their names: one, or those of a record."""
    what = piece.path.partition("#")[0]
    if not piece.value.startswith("{"):
        yield what.rpartition("/")[2], piece.value
        return
    try:
        said: Any = json.loads(piece.value)
    except ValueError:
        yield what, piece.value
        return
    for name, value in said.items():
        if isinstance(value, str):
            yield name, value


def _find(study: Study, asked: Mapping[str, Any]) -> dict[str, Any]:
    told = find(study, asked["wanted"])
    remember(study, told)
    return {"found": [asdict(one) for one in told]}


def found(answer: Mapping[str, Any]) -> tuple[Found, ...]:
    """Read the answer to `FIND`."""
    return tuple(
        Found(
            **{**one, "hits": tuple(Hit(**{**hit, "place": Place(hit["place"])}) for hit in one["hits"])}
        )
        for one in answer["found"]
    )  # fmt: skip


VERBS = {FIND: _find}
"""What the companion answers."""
