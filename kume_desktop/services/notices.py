"""What people were told before they answered, and what they said to it: the words that were shown, kept as they were.

The notice and the consent are questions of the form; their words follow from the form, from the facts of the study and
from who interviews. Whatever of these changes later, the proof names the words by their hash, and the study keeps them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.services.studies import Study
    from kume_desktop.store.person_rows import Piece
    from kume_desktop.store.reading import Source
    from kume_desktop.store.records import HeadRow, InterviewRecord
    from kume_desktop.store.unit_of_work import Act

NOTICE, NOTICE_VERSION, CONSENT, MODE = "aydinlatma_okundu", "aydinlatma_surumu", "acik_riza", "gorusme_bicimi"
"""Names that every instrument uses for these acts, so that their proof lands in tables of its own."""
CONTACT, GIVEN, REFUSED = "iletişim", "1", "2"
_NOTICE_HEAD, _CONSENT_HEAD = "#notice", f"{CONTACT}#consent"


@dataclass(frozen=True, slots=True)
class Proof:
    """That the notice was given, or what was said to a consent: which words, when, how, and who wrote it down.

    `what` is `notice` or `consent`; `number` the further respondent ('' for the first); `how` a code of the form, or
    how a consent was withdrawn; `words` is '' where an older program did not keep them.
    """

    what: str
    number: str
    version: str
    text_hash: str
    at: datetime
    how: str
    by: str
    given: bool
    words: str


def write_proof(act: Act, record: InterviewRecord, interview: Interview, path: str) -> None:
    """Keep that the notice was given, or consent given or refused: how, when, and to which text."""
    from kume_desktop.store import writing

    name, value = path.rpartition("/")[2], interview.value(path)
    if not value or name not in {NOTICE, CONSENT}:
        return
    version, text = _value(interview, NOTICE_VERSION), words(interview, path)
    text_hash = _hash(text)
    if name == NOTICE:
        writing.record_notice(act, record.interview_id, version, how=value, text_hash=text_hash)
    else:
        how = _value(interview, MODE)
        writing.record_consent(
            act, record.interview_id, CONTACT, given=value == GIVEN, how=how, text_hash=text_hash, version=version
        )
    keep_words(act, f"{version}/{name}", interview.language, text)


def keep_words(act: Act, version: str, language: str, text: str) -> None:
    """Keep words as they were shown, once; a fact of the study that changes later does not change them."""
    from kume_desktop.store import person_rows, writing

    text_hash = _hash(text)
    if person_rows.words_of(act, text_hash) is None:
        study_id = person_rows.study_id(act)
        writing.add_notice_version(act, study_id, f"{version}@{text_hash[:12]}", language, text, text_hash)


def notice(interview: Interview) -> tuple[str, str]:
    """Version and SHA-256 of the notice that the form reads out; '' where it has none."""
    path = _path(interview, NOTICE)
    return _value(interview, NOTICE_VERSION), _hash(words(interview, path)) if path else ""


def words(interview: Interview, path: str) -> str:
    """The words that were read out or shown: those of the question, and of the notes before it on its screen."""
    from kume_desktop.instruments.model import Kind
    from kume_desktop.interview import page

    screen = page.screen_of(interview, path)
    rows = [row for row in screen.rows if row.kind is Kind.NOTE or row.path == path] if screen else []
    places = [row.path for row in rows]
    if path not in places:
        return page.row(interview, path).title
    return "\n".join(row.title for row in rows[: places.index(path) + 1])


def changed(interview: Interview, heads: Mapping[str, Sequence[HeadRow]]) -> tuple[str, ...]:
    """The questions of notice and consent whose words are others now than when they were answered, in any language."""
    found = []
    for name, head in ((NOTICE, _NOTICE_HEAD), (CONSENT, _CONSENT_HEAD)):
        path, said = _path(interview, name), _said(heads, head)
        if path and said.get("hash") and interview.value(path) and said["hash"] not in set(_hashes(interview, path)):
            found.append(path)
    return tuple(found)


def _hashes(interview: Interview, path: str) -> Iterator[str]:
    """The words of now, in each language of the form; also as programs before counted them, with the whole screen."""
    from kume_desktop.interview import engine, page

    for language in interview.form.instrument.languages:
        shown = engine.set_language(interview, language)
        yield _hash(words(shown, path))
        screen = page.screen_of(shown, path)
        yield _hash("\n".join(row.title for row in screen.rows) if screen else page.row(shown, path).title)


def asked_again(study: Study, interview_id: str, interview: Interview) -> tuple[str, ...]:
    """The questions of notice and consent that have no answer although their proof says that they were answered."""
    from kume_desktop.store import reading

    heads = reading.heads(study.database, interview_id)
    both = ((NOTICE, _NOTICE_HEAD), (CONSENT, _CONSENT_HEAD))
    paths = ((_path(interview, name), head) for name, head in both)
    return tuple(path for path, head in paths if path and not interview.value(path) and _said(heads, head))


def read_again(interview: Interview, heads: Mapping[str, Sequence[HeadRow]]) -> tuple[str, ...]:
    """Those of them that are asked again because their words are others now, not because somebody cleared them."""
    found = []
    for name, head in ((NOTICE, _NOTICE_HEAD), (CONSENT, _CONSENT_HEAD)):
        path, before = _path(interview, name), _said(heads, head).get("hash")
        if path and before and not interview.value(path) and before not in set(_hashes(interview, path)):
            found.append(path)
    return tuple(found)


def to_clear(interview: Interview, path: str, raw: str) -> tuple[str, ...]:
    """The answers that go where somebody refuses to let their contact data be kept, or takes it back."""
    from kume_desktop.interview import reasons

    is_refusal = path.rpartition("/")[2] == CONSENT and raw not in {"", GIVEN}
    if not is_refusal or not reasons.answer(interview, path, raw).accepted:
        return ()
    return tuple(one for one in contact_paths(interview) if interview.value(one))


def contact_paths(interview: Interview) -> tuple[str, ...]:
    """Where contact data stand: what identifies a person, for the purpose of contact."""
    from kume_desktop.instruments.model import Personal

    spots = interview.tree.spots.items()
    return tuple(
        path
        for path, spot in spots
        if spot.item.node.personal is Personal.IDENTIFYING and spot.item.node.purpose == CONTACT
    )


def consent_version(source: Source, interview_id: str) -> str:
    """The version of the notice that was in force when consent was asked for; '' where nobody kept it."""
    from kume_desktop.store import reading

    return str(_said(reading.heads(source, interview_id), _CONSENT_HEAD).get("version", ""))


def proofs(study: Study, interview_id: str) -> tuple[Proof, ...]:
    """Every act of notice and consent of an interview in the order in which they were written, older ones too."""
    from kume_desktop.store import person_rows

    return tuple(_proof(study, one) for one in person_rows.proofs(study.database, interview_id))


def _proof(study: Study, told: Piece) -> Proof:
    from kume_desktop.store import person_rows

    said = json.loads(told.value)
    what, text_hash = told.kind, str(said.get("hash", ""))
    number = told.path.partition("#")[0] if what == "notice" else ""
    kept = person_rows.words_of(study.database, text_hash) or ""
    given = bool(said.get("given", True))
    return Proof(
        what, number, str(said.get("version", "")), text_hash, told.at, str(said.get("how", "")), told.author, given,
        kept,
    )  # fmt: skip


def _said(heads: Mapping[str, Sequence[HeadRow]], head: str) -> Mapping[str, object]:
    rows = [row for row in heads.get(head, ()) if row.value]
    return dict(json.loads(rows[-1].value or "{}")) if rows else {}


def _path(interview: Interview, name: str) -> str:
    path = interview.path_of(name) if name in interview.form.by_name else ""
    return path if path in interview.tree.spots else ""


def _value(interview: Interview, name: str) -> str:
    return interview.value(interview.path_of(name)) if name in interview.form.by_name else ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
