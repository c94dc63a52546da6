"""The texts of letters and scripts: the project's own defaults, and what the staff of a study made of them.

Texts hold places in braces ({kurum}, {firma} …); each is filled when it is printed.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from kume_desktop import paths
from kume_desktop.problems import Refused, problem
from kume_desktop.texts import LANGUAGES, N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

PLACES: Mapping[str, str] = {
    "kurum": N_("the agency"),
    "calisma": N_("the study"),
    "firma": N_("the firm"),
    "alan": N_("the activity area"),
    "gorusmeci": N_("the interviewer"),
    "basvuru": N_("where to turn to"),
    "hukuki_sebep": N_("the legal ground"),
    "alicilar": N_("the recipients of personal data"),
    "saklama_suresi": N_("how long personal data are kept"),
    "gun": N_("the day of printing"),
}
"""What a text may hold in braces, and what it means."""
NAMES: Mapping[str, str] = {
    "letter_subject": N_("Letter: subject"),
    "letter_body": N_("Letter: text"),
    "call_opening": N_("Call: opening"),
    "call_why": N_("Call: why and how long"),
    "call_data": N_("Call: data protection"),
    "call_appointment": N_("Call: appointment"),
    "call_objections": N_("Call: objections and answers (one a line: objection | answer)"),
    "call_closing": N_("Call: closing"),
    "back_check_opening": N_("Back-check: opening"),
    "back_check_closing": N_("Back-check: closing"),
    "courtesy_opening": N_("Copy for the firm: opening"),
    "courtesy_closing": N_("Copy for the firm: closing"),
    "card_note": N_("Answer card: note"),
    "paper_note": N_("Paper form: note"),
}
_LONGEST = 10_000
_PREFIX = "field_text"


@dataclass(frozen=True, slots=True)
class FieldText:
    """One text in one language; `origin` is `Own` for the project's own words, `study` for those of the study."""

    key: str
    lang: str
    text: str
    origin: str
    default: str


@cache
def _defaults() -> Mapping[tuple[str, str], tuple[str, str]]:
    """(key, language) -> text and origin, as they come with the program."""
    with (paths.resources() / "field_texts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["key"], lang): (row[lang], row["origin"]) for row in rows for lang in LANGUAGES}


def texts_of(study: Study, lang: str) -> tuple[FieldText, ...]:
    """All texts in a language, in the order of `NAMES`."""
    kept = _kept(study)
    found = []
    for key in NAMES:
        default, origin = _defaults()[key, lang]
        own = kept.get(_fact(key, lang), "")
        found.append(FieldText(key, lang, own or default, "study" if own else origin, default))
    return tuple(found)


def text(study: Study, key: str, lang: str) -> str:
    """One text; KeyError for an unknown key."""
    return _kept(study).get(_fact(key, lang), "") or _defaults()[key, lang][0]


def _kept(study: Study) -> Mapping[str, str]:
    from kume_desktop.store import reading

    return reading.facts(study.database, study.record.study_id)


def _fact(key: str, lang: str) -> str:
    return f"{_PREFIX}.{key}.{lang}"


def save(study: Study, key: str, lang: str, wanted: str) -> None:
    """Keep another text; a blank one, or the default's own words, brings the default back.

    Raises:
        Refused: `study.only-staff`; `print.unknown-place`, `print.broken-braces`, `print.text-too-long`.
    """
    from kume_desktop.services.studies import only_staff
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    only_staff(study)
    told = "\n".join(line.rstrip() for line in wanted.strip().splitlines())
    check(told)
    own = "" if told == _defaults()[key, lang][0] else told
    if own != _kept(study).get(_fact(key, lang), ""):
        with study.act(corrects=False) as act:
            writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, _fact(key, lang), own)


def check(wanted: str) -> None:
    """Refuse a text with places that nothing fills.

    Raises:
        Refused: as `save`.
    """
    if len(wanted) > _LONGEST:
        raise Refused(problem("print.text-too-long", most=_LONGEST))
    try:
        pieces = list(Formatter().parse(wanted))
    except ValueError:
        raise Refused(problem("print.broken-braces")) from None
    for _text, name, form, conversion in pieces:
        if name is not None and (name not in PLACES or form or conversion):
            known = ", ".join(f"{{{place}}}" for place in PLACES)
            raise Refused(problem("print.unknown-place", place=f"{{{name}}}", known=known))


def filled(wanted: str, values: Mapping[str, str]) -> str:
    """A text with its places filled; what is not known is a blank to write into."""
    blank = dict.fromkeys(PLACES, "………")
    return wanted.format_map({**blank, **{name: value for name, value in values.items() if value}})
