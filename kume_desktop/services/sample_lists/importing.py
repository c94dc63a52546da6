"""A list becomes firms of the study: all of it in one act, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kume_desktop.exchange.sample_lists import fields, rows
from kume_desktop.problems import Problem, Refused, Where, problem
from kume_desktop.services import backups
from kume_desktop.services.sample_lists import known, outline, plan
from kume_desktop.services.sample_lists.asked import Asked
from kume_desktop.services.studies import no_progress, only_staff
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.sample_lists.outline import Loaded
    from kume_desktop.services.sample_lists.plan import Plan, Update
    from kume_desktop.services.studies import Progress, Study
    from kume_desktop.store.unit_of_work import Act

WRITING = N_("Writing the firms")
_TOLD_EACH = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; `frame_id` '' where the list said nothing new and nothing was written."""

    frame_id: str
    read: int
    added: int
    changed: int
    unchanged: int
    merged: int
    left_out: int
    later: int
    kept: int
    restored: int
    mended: int = 0


def take(study: Study, loaded: Loaded, asked: Asked, progress: Progress = no_progress) -> Imported:
    """Take a list into the study.

    Raises:
        Refused: somebody who is not staff; errors, pairs or differences that nobody decided about; what `plan.make`
            refuses. Nothing was written then.
    """
    only_staff(study)
    made = plan.make(study, loaded, asked, progress)
    open_questions = tuple(_open(made, loaded.name))
    if open_questions:
        raise Refused(*open_questions)
    mended = sum(sheet.mended for sheet in loaded.sheets if sheet.title == asked.sheet)
    if not _says_anything(made):
        return _told("", made, mended)
    backups.before_import(study)
    with study.act() as act:
        frame_id = _write(act, study, made, _value(study, loaded, asked, made), progress)
        _remember(act, study, made, asked)
    return _told(frame_id, made, mended)


def _open(made: Plan, file: str) -> Iterator[Problem]:
    where = Where(file=file)
    for code, count in sorted(made.undecided.items()):
        yield problem("list.undecided", where, kind=code, count=count)
    if made.pairs:
        yield problem("list.pairs-open", where, count=len(made.pairs))
    if made.differences:
        yield problem("list.differences-open", where, count=len(made.differences))


def _says_anything(made: Plan) -> bool:
    return bool(made.new) or any(one.changes or not one.is_same_row or one.is_back for one in made.updates)


def _told(frame_id: str, made: Plan, mended: int) -> Imported:
    changed = sum(bool(one.changes) or one.is_back for one in made.updates)
    return Imported(
        frame_id=frame_id,
        read=len(made.readings),
        added=len(made.new),
        changed=changed,
        unchanged=len(made.updates) - changed,
        merged=made.merged,
        left_out=len(made.left_out),
        later=len(made.later),
        kept=sum(one.is_kept for one in made.updates),
        restored=sum(one.restored for one in made.readings),
        mended=mended,
    )


def _value(study: Study, loaded: Loaded, asked: Asked, made: Plan) -> Mapping[str, Any]:
    """The record of the import: what the list was and how it was read, so that its rows can be read again."""
    return {
        "wave": study.wave.wave_id,
        "name": asked.source.strip() or loaded.name,
        "source": loaded.name,
        "sheet": asked.sheet,
        "digest": loaded.digest,
        "listed_on": asked.listed_on,
        "fields": {head: field.value for head, field in made.columns.fields.items()},
        "revision": made.columns.revision,
        "area": made.columns.area,
        "home": made.columns.home,
        "rows": len(made.new) + len(made.updates),
        "read": len(made.readings),
        "left_out": len(made.left_out),
    }


def _write(act: Act, study: Study, made: Plan, value: Mapping[str, Any], progress: Progress) -> str:
    from kume_desktop.store import bulk, writing

    frame_id = bulk.add_list(act, value)
    total, done = len(made.new) + len(made.updates), 0
    number = _last_number(study)
    for reading in made.new:
        number += 1
        attributes = {"code": f"F{number:04d}", **_attributes(reading.firm, made.columns)}
        unit_id = writing.add_unit(act, attributes, natural_person=reading.firm.natural_person)
        bulk.add_row(act, frame_id, unit_id, reading.cells, personal=rows.is_personal(reading, made.columns))
        done += 1
        if done % _TOLD_EACH == 0:
            progress(done, total, WRITING)
    for update in made.updates:
        _change(act, frame_id, update, made)
        done += 1
        if done % _TOLD_EACH == 0:
            progress(done, total, WRITING)
    return frame_id


def _attributes(firm: rows.Firm, columns: rows.Columns) -> Mapping[str, str]:
    return {
        "name": firm.name,
        "area": firm.area,
        "district": firm.district,
        "nace": firm.nace,
        "nace_revision": columns.revision if firm.nace else "",
        "size_class": firm.size_class,
        "tax_number": firm.tax_number,
    }


def _change(act: Act, frame_id: str, update: Update, made: Plan) -> None:
    from kume_desktop.store import bulk, writing
    from kume_desktop.store.events import SubjectKind

    if update.is_back:
        bulk.set_kinds(act, [update.unit_id], plan.KIND)
    for name, text in update.changes.items():
        sealed = writing.is_sealed(name, natural_person=update.natural_person)
        writing.set_fact(act, SubjectKind.UNIT, update.unit_id, name, text, personal=sealed)
    personal = update.natural_person or rows.is_personal(update.reading, made.columns)
    bulk.add_row(act, frame_id, update.unit_id, update.reading.cells, personal=personal)


def _last_number(study: Study) -> int:
    """The highest number among the codes F0001, F0002... that the study has given, to withdrawn firms as well."""
    from kume_desktop.store import bulk, reading

    held = (*reading.units(study.database), *bulk.withdrawn(study.database))
    return max((int(one.code[1:]) for one in held if one.code[:1] == "F" and one.code[1:].isdecimal()), default=0)


def _remember(act: Act, study: Study, made: Plan, asked: Asked) -> None:
    """Keep the columns for the next list with the same heads."""
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    key = fields.fingerprint(made.head.heads)
    kept = {
        "fields": {head: field.value for head, field in made.columns.fields.items()},
        "revision": asked.revision,
        "area": asked.area,
        "source": asked.source,
    }
    before = known.remembered(study.database, study.record.study_id, key)
    if kept != before:
        text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
        writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, f"{known.REMEMBERED}{key}", text)


def proposed(study: Study, looked: outline.Outline, title: str = "") -> Asked:
    """What is asked for a file to begin with: the columns that were said for the same heads before, else guessed ones.

    The list is dated today until somebody says its own day.
    """
    sheet = looked.sheet(title)
    kept: Mapping[str, Any] = known.remembered(study.database, study.record.study_id, sheet.fingerprint)
    own = {head: field for head, field in kept.get("fields", {}).items() if head in sheet.heads}
    return Asked(
        sheet=sheet.title,
        head_row=sheet.head_row,
        fields=own or dict(sheet.guessed),
        revision=str(kept.get("revision") or known.revision(study)),
        area=str(kept.get("area", "")),
        source=str(kept.get("source", "")),
        listed_on=date.today().isoformat(),  # noqa: DTZ011 - a day as people write it
        digest=looked.digest,
    )
