"""What can happen: the one closed list of event kinds, and what each says.

An event is about one subject and one *head path* of it. Several kinds can speak about the same question of an
interview without being rivals; such a kind keeps its own register, a suffix of the path (`/data/g/q#comment`).
`docs` of each kind below: subject kind; path; value.
"""

from __future__ import annotations

from enum import StrEnum


class SubjectKind(StrEnum):
    """What an event can be about."""

    STUDY = "study"
    WAVE = "wave"
    PERSON = "person"
    DEVICE = "device"
    AREA = "area"
    UNIT = "unit"
    FRAME = "frame"
    INSTRUMENT = "instrument"
    ASSIGNMENT = "assignment"
    VISIT = "visit"
    INTERVIEW = "interview"
    RATING = "rating"
    METHOD = "method"
    RESULT = "result"


class EventKind(StrEnum):
    """Everything that can be written into the log. `writing` knows the values of the structured kinds."""

    STREAM_OPENED = "stream_opened"  # device; path = stream id; the first event of every stream
    DEVICE_ENROLLED = "device_enrolled"  # device; {name, signing_key, encryption_key}
    DEVICE_TRUSTED = "device_trusted"  # device; register #trust; {name, person, role, keys, state, ...} (device_keys)
    PERSON_ADDED = "person_added"  # person; {name}
    ROLE_GIVEN = "role_given"  # person; path = wave id; role
    STUDY_CREATED = "study_created"  # study; {name, demonstration, agency, agency_id}
    WAVE_OPENED = "wave_opened"  # wave; {code, name}
    FACT = "fact"  # any; path = name of the attribute; text
    AREA_ADDED = "area_added"  # area; {code, ordinal}
    UNIT_ADDED = "unit_added"  # unit; {kind, natural_person}
    FRAME_VERSION_ADDED = "frame_version_added"  # frame; {wave, name, source, rows}
    FRAME_ROW_ADDED = "frame_row_added"  # unit; path = frame id; {header: cell}
    INSTRUMENT_INSTALLED = "instrument_installed"  # instrument (a version); {instrument, version, titles, hashes}
    ASSIGNMENT = "assignment"  # assignment; {wave, unit, interviewer}
    VISIT = "visit"  # visit; {unit, wave, at, outcome, next_at, mode, by, hard, withdrawn}; a later one corrects it
    FIRM_CLOSED = "firm_closed"  # assignment; register #closed; {wave, unit, state: "closed"}
    FIRM_REOPENED = "firm_reopened"  # as above; {wave, unit, state: ""}
    VISIT_PLANNED = "visit_planned"  # assignment; register #plan; {wave, unit, day, slot}; day "" takes it back
    CONVERSION_ASKED = "conversion_asked"  # assignment; register #conversion; {wave, unit, person}; "" takes it back
    INTERVIEW_OPENED = "interview_opened"  # interview; {unit, wave, instrument_version, interviewer}
    INTERVIEW_COMPLETED = "interview_completed"  # interview; register #state; "completed"
    INTERVIEW_REOPENED = "interview_reopened"  # interview; register #state; "open"
    INTERVIEW_REVIEWED = "interview_reviewed"  # interview; register #review; {state, reason (a code), by}
    INTERVIEW_CHOSEN = "interview_chosen"  # unit; path = wave:instrument; register #counts; interview, "" for none
    QUESTION_ASKED = "question_asked"  # interview; path; register #query; a reviewer's question; always sealed
    QUERY_ANSWERED = "query_answered"  # interview; path; register #reply; what came back; always sealed
    BACK_CHECK = "back_check"  # interview; register #backcheck; {drawn, ...}: somebody asks again to check
    INTERVIEW_MOVED = "interview_moved"  # interview; path version; {from, to (versions), paths: {older: newer}}
    KEPT = "kept"  # interview; path; register #kept; the answer that a move to another version had to change
    ANSWER = "answer"  # interview; path of the question; text, "" clears
    RECORDED = "recorded"  # interview; path; a value that depends on clock, chance or device, computed once
    COMMENT = "comment"  # interview; path; register #comment; always sealed
    OVERRIDE = "override"  # interview; path; register #override; the reason; always sealed
    GAP_REASON = "gap_reason"  # interview; path; register #gap; why it stays open; always sealed
    FLAG = "flag"  # interview; path; register #flag; text
    TRACE = "trace"  # interview; path = sitting:number; register #trace; {spells: [[path, begun, lasted, ...]]}, in ms
    ROW_ADDED = "row_added"  # interview; path of the repeat row; register #row; its place
    ROW_MOVED = "row_moved"  # as above
    ROW_REMOVED = "row_removed"  # as above; ""
    NOTICE = "notice"  # interview; path = number of a further respondent; register #notice; {version, how, hash}
    RESPONDENT = "respondent"  # interview; path = number, from 2; register #respondent; {who, how, since, until}
    EVIDENCE = "evidence"  # interview; path = question@file; register #evidence; the file (see attachments)
    CONSENT = "consent"  # interview; path = purpose; register #consent; {given, how, hash}
    NOTICE_VERSION = "notice_version"  # study; path = notice:version:language; {version, language, text, hash}
    RATING = "rating"  # rating; {wave, target_kind, target, indicator, rater, round, level, ...}
    RATING_SHEET = "rating_sheet"  # rating (a sheet); path sheet; {wave, target_kind, target, rater, round, state}
    NOTE = "note"  # any; register #note; always sealed
    METHOD_VERSION = "method_version"  # method; {wave, number, name, version, hash, parent, payload}
    RESULT = "result"  # result; {wave, route, hashes, seed, payload = hash of a blob}
    CONFLICT_RESOLVED = "conflict_resolved"  # any; head path as `reading.conflicts` gives it; the value that holds
    ERASED = "erased"  # unit or interview; register #erased; the reason's code


_REGISTERS = {
    EventKind.COMMENT: "#comment",
    EventKind.OVERRIDE: "#override",
    EventKind.GAP_REASON: "#gap",
    EventKind.FLAG: "#flag",
    EventKind.TRACE: "#trace",
    EventKind.ROW_ADDED: "#row",
    EventKind.ROW_MOVED: "#row",
    EventKind.ROW_REMOVED: "#row",
    EventKind.INTERVIEW_COMPLETED: "#state",
    EventKind.INTERVIEW_REOPENED: "#state",
    EventKind.KEPT: "#kept",
    EventKind.NOTICE: "#notice",
    EventKind.RESPONDENT: "#respondent",
    EventKind.EVIDENCE: "#evidence",
    EventKind.CONSENT: "#consent",
    EventKind.NOTE: "#note",
    EventKind.ERASED: "#erased",
    EventKind.FIRM_CLOSED: "#closed",
    EventKind.FIRM_REOPENED: "#closed",
    EventKind.VISIT_PLANNED: "#plan",
    EventKind.CONVERSION_ASKED: "#conversion",
    EventKind.DEVICE_TRUSTED: "#trust",
    EventKind.INTERVIEW_REVIEWED: "#review",
    EventKind.INTERVIEW_CHOSEN: "#counts",
    EventKind.QUESTION_ASKED: "#query",
    EventKind.QUERY_ANSWERED: "#reply",
    EventKind.BACK_CHECK: "#backcheck",
}

ALWAYS_SEALED = frozenset(
    {
        EventKind.COMMENT,
        EventKind.OVERRIDE,
        EventKind.GAP_REASON,
        EventKind.NOTE,
        EventKind.RESPONDENT,
        EventKind.EVIDENCE,
        EventKind.QUESTION_ASKED,
        EventKind.QUERY_ANSWERED,
    }
)
"""What may name or show a person, free text first of all: never in clear inside an event."""

TYPED = frozenset(
    {
        EventKind.KEPT,
        EventKind.ANSWER,
        EventKind.RECORDED,
        EventKind.COMMENT,
        EventKind.OVERRIDE,
        EventKind.GAP_REASON,
        EventKind.FLAG,
        EventKind.TRACE,
        EventKind.RESPONDENT,
        EventKind.EVIDENCE,
        EventKind.ROW_ADDED,
        EventKind.ROW_MOVED,
        EventKind.ROW_REMOVED,
        EventKind.QUESTION_ASKED,
        EventKind.QUERY_ANSWERED,
    }
)
"""Kinds that change heads only: no row of a projected table depends on them."""

ANSWERING = frozenset({EventKind.ANSWER, EventKind.RECORDED, EventKind.CONFLICT_RESOLVED})
"""The kinds that stand on the path of a question itself; all others about it keep a register."""

UNDECIDED = "undecided"
"""The value of INTERVIEW_CHOSEN that takes a decision back: the interviews stand as if nobody had decided."""

KNOWN_KINDS = frozenset(kind.value for kind in EventKind)
KNOWN_SUBJECTS = frozenset(kind.value for kind in SubjectKind)


def head_path(kind: EventKind, path: str) -> str:
    """The path under which an event of `kind` about `path` competes with others."""
    register = _REGISTERS.get(kind, "")
    return path if not register or path.endswith(register) else path + register


def plain_path(head: str) -> str:
    """The path without its register.

    >>> plain_path("/data/g/q#comment")
    '/data/g/q'
    """
    return head.partition("#")[0]


def is_answer_path(head: str) -> bool:
    """Whether what stands on a head path of an interview is an answer, or a value recorded in the place of one.

    >>> is_answer_path("/data/g/q"), is_answer_path("/data/g/q#comment"), is_answer_path("name")
    (True, False, False)
    """
    return head.startswith("/") and "#" not in head


def is_misplaced(kind: str, subject_kind: str, head: str) -> bool:
    """Whether an event stands where only answers do and is none: this program never wrote that.

    >>> is_misplaced("comment", "interview", "/data/g/q"), is_misplaced("answer", "interview", "/data/g/q")
    (True, False)
    """
    return subject_kind == SubjectKind.INTERVIEW and is_answer_path(head) and kind not in ANSWERING
