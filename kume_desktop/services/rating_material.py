"""What a rater has before the eyes: the firm's answers behind each indicator, the interviewer's notes, the anchors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop import texts, turkish
from kume_desktop.services import interviewing
from kume_desktop.services.rating_views import AnchorView, FactView, FirmHead, NoteView, Subject

if TYPE_CHECKING:
    from kume_desktop.instruments.model import Indicator
    from kume_desktop.interview.state import Interview
    from kume_desktop.interview.suggestion import Fact
    from kume_desktop.scoring.method import Method
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InstrumentRecord, InterviewRecord

DOCUMENTS, CLOSING_NOTE = "belge_gorulen", "sonuc_notu"
"""Names that every instrument with a rubric uses for what the interviewer saw and wrote at the end."""


@dataclass(frozen=True, slots=True)
class Material:
    """One interview as a rater reads it. By indicator: what is shown, the suggested level, the answers behind it."""

    head: FirmHead
    subjects: Mapping[str, Subject]
    suggested: Mapping[str, int | None]
    evidence: Mapping[str, tuple[tuple[str, str], ...]]
    hashes: Mapping[str, str]


def rubric(study: Study) -> InstrumentRecord | None:
    """The newest instrument that has indicators; None where the study installs none."""
    for record in study.instruments():
        if study.instrument(record.version_id).indicators:
            return record
    return None


def read(study: Study, record: InterviewRecord, method: Method) -> Material:
    """Read an interview for its rating; texts come in the language in force."""
    from kume_desktop.interview import suggestion

    interview = interviewing.restore(study, record)
    indicators = interview.form.instrument.indicators
    behind = {one.code: suggestion.facts(interview, one.code) for one in indicators}
    notes = _notes(study, record)
    return Material(
        head=_head(study, record, interview),
        subjects={one.code: _subject(one, behind[one.code], notes, method) for one in indicators},
        suggested=dict(suggestion.suggest(interview)),
        evidence={code: tuple((record.interview_id, one.path) for one in found) for code, found in behind.items()},
        hashes={code: _hash(found) for code, found in behind.items()},
    )


def blank_subject(indicator: Indicator, method: Method, *, on_scale: bool) -> Subject:
    """An indicator without a firm; `on_scale`: with the method's own levels, as a panel gives them."""
    return Subject(
        code=indicator.code,
        number=indicator.number,
        title=_title(indicator.text),
        heading=_say(indicator.heading_text),
        evidence_asked=_say(indicator.evidence),
        anchors=_scale(indicator, method) if on_scale else _anchors(indicator, method),
    )


def _subject(
    indicator: Indicator, facts: Iterable[Fact], notes: Mapping[str, tuple[tuple[str, bool], ...]], method: Method
) -> Subject:
    found = tuple(facts)
    bare = blank_subject(indicator, method, on_scale=False)
    return Subject(
        bare.code, bare.number, bare.title, bare.heading, bare.evidence_asked, bare.anchors,
        facts=tuple(FactView(one.number, one.label, one.display) for one in found),
        notes=tuple(
            NoteView(one.number, text, is_reason) for one in found for text, is_reason in notes.get(one.path, ())
        ),
    )  # fmt: skip


def _anchors(indicator: Indicator, method: Method) -> tuple[AnchorView, ...]:
    scale = method.scale_max - method.scale_min + 1
    return tuple(
        AnchorView(one.level, _say(one.text), method.collapse.get(one.level, one.level) - method.scale_min + 1, scale)
        for one in sorted(indicator.anchors, key=lambda one: one.level)
    )


def _scale(indicator: Indicator, method: Method) -> tuple[AnchorView, ...]:
    """The levels of the method's scale, each with the middle one of the anchors that fall on it."""
    scale = method.scale_max - method.scale_min + 1
    found = []
    for level in range(method.scale_min, method.scale_max + 1):
        here = [one for one in indicator.anchors if method.collapse.get(one.level) == level]
        shown = _corner(here, level, method)
        found.append(AnchorView(level, shown, level - method.scale_min + 1, scale))
    return tuple(found)


def _corner(anchors: list, level: int, method: Method) -> str:  # type: ignore[type-arg]
    """The lowest level has its lowest anchor, the highest its highest: 1, 3 and 5 are Düşük, Orta and Yüksek."""
    if not anchors:
        return ""
    ordered = sorted(anchors, key=lambda one: one.level)
    place = 0 if level == method.scale_min else -1 if level == method.scale_max else len(ordered) // 2
    return _say(ordered[place].text)


def _head(study: Study, record: InterviewRecord, interview: Interview) -> FirmHead:
    from kume_desktop.store import reading

    unit = reading.unit_record(study.database, record.unit_id)
    return FirmHead(
        target_id=unit.unit_id,
        name=unit.name,
        district=unit.district,
        area=unit.area,
        instrument_id=record.instrument_id,
        version=interview.form.instrument.version,
        documents_seen=_shown(interview, DOCUMENTS),
        closing_note=_shown(interview, CLOSING_NOTE),
        contested=_contested(study, record),
        own_interview=record.interviewer == study.person,
        is_open=record.state != "completed",
    )


def _shown(interview: Interview, name: str) -> str:
    """An answer in words, '' where it is not asked or not given."""
    from kume_desktop.interview import page

    if name not in interview.form.by_name:
        return ""
    path = interview.path_of(name)
    return page.row(interview, path).display if interview.value(path) and interview.is_relevant(path) else ""


def _contested(study: Study, record: InterviewRecord) -> int:
    from kume_desktop.store import reading

    heads = reading.heads(study.database, record.interview_id)
    answers = (rows for path, rows in heads.items() if path.startswith("/") and "#" not in path)
    return sum(len({row.value for row in rows}) > 1 for rows in answers)


def _notes(study: Study, record: InterviewRecord) -> dict[str, tuple[tuple[str, bool], ...]]:
    """Path -> the interviewer's comment on the question and the reason for passing a warning there."""
    from kume_desktop.store import reading

    found: dict[str, tuple[tuple[str, bool], ...]] = {}
    for path, text in reading.comments(study.database, record.interview_id).items():
        found[path] = ((text, False),)
    for path, text in reading.overrides(study.database, record.interview_id).items():
        found[path] = (*found.get(path, ()), (text, True))
    return found


def _hash(facts: Iterable[Fact]) -> str:
    said = json.dumps([[one.path, one.value] for one in facts], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _say(text: Mapping[str, str]) -> str:
    return text.get(texts.language()) or text.get("tr", "")


def _title(text: Mapping[str, str]) -> str:
    """The indicator's name as a title: its first letter in upper case by the rules of its language."""
    said = _say(text)
    in_turkish = texts.language() == "tr" or not text.get("en")
    return turkish.title(said) if in_turkish else said[:1].upper() + said[1:]
