"""The acts of an interview, as pure functions: (Interview, input) -> Outcome.

    form = compile_form(load(source))
    outcome = begin(form, setting, {"firma_kodu": "F001"})
    outcome = answer(outcome.interview, "/data/c/kurulus_yili", "1998")

A refused act returns the interview it was given, with problems; a caller stores what stands in `changes`, `rows` and
`overrides` and goes on with `interview`.

Decided here: an answer that drops out of its filtered list is kept and becomes an open problem; a value that depends on
clock or chance is recorded when first computed, again only when one of its other inputs changes, never on restore.
Rows that a falling count takes away keep their answers, which come back with them. Actions also set hidden questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kume_desktop.instruments.model import Event, Kind
from kume_desktop.interview.choices import chosen
from kume_desktop.interview.coerce import coerce, coerce_answer, stamp
from kume_desktop.interview.form import Form, Rule
from kume_desktop.interview.graph import compile_form
from kume_desktop.interview.labels import bare, fill
from kume_desktop.interview.lists import Lists
from kume_desktop.interview.rows import answered, enter, generic, set_rows, settle
from kume_desktop.interview.state import (
    Change,
    Interview,
    Outcome,
    OverrideChange,
    RowChange,
    Setting,
    Tables,
)
from kume_desktop.interview.tree import Spot, counted_row, plant, repeat_path
from kume_desktop.interview.undo import back
from kume_desktop.interview.view import takes_rows
from kume_desktop.interview.work import Work
from kume_desktop.problems import Problem, Refused, problem, warning

__all__ = [
    "Change", "Form", "Interview", "Outcome", "OverrideChange", "RowChange", "Setting", "Tables", "add_row", "answer",
    "begin", "compile_form", "finish", "override", "remove_row", "restore", "set_language", "undo",
]  # fmt: skip

_ROW = re.compile(r"\[([^\]]+)\]")


def begin(form: Form, setting: Setting, prefilled: Mapping[str, str] | None = None) -> Outcome:
    """Open a new interview. `prefilled` maps node names to stored values (the opened firm, carried-over answers).

    Order: static defaults, preloads, prefilled values, first-load actions, calculates, actions triggered by prefilled
    values. Prefilled values that the form refuses come back as warnings and are left out. Raise Refused where the
    counts of the form's repeats never come to rest.
    """
    work = Work(_blank(form, setting))
    work.beginning = True
    enter(work, work.tree.root)
    work.beginning = False
    _preload(work, setting)
    given, problems = _prefill(work, prefilled or {})
    for action in form.actions(Event.FIRST_LOAD, Event.LOAD):
        work.fire(action, work.tree.root)
    work.queue_all()
    settle(work)
    for spot in given:
        answered(work, spot)
    return work.outcome(problems)


def _blank(form: Form, setting: Setting) -> Interview:
    none: frozenset[str] = frozenset()
    lists = Lists(form.instrument, setting.tables, setting.last_saved)
    return Interview(
        form, setting, form.language(setting.language), lists, plant(form.root), {},
        none, none, none, none, none, none, none, {},
    )  # fmt: skip


def _preload(work: Work, setting: Setting) -> None:
    now = setting.now()
    values = {
        Kind.START: stamp(now),
        Kind.TODAY: now.date().isoformat(),
        Kind.DEVICE: setting.device,
        Kind.USERNAME: setting.username,
    }
    for item in work.form.items.values():
        if values.get(item.node.kind):
            for spot in work.tree.all(item):
                work.put(spot, values[item.node.kind], recorded=True)


def _prefill(work: Work, prefilled: Mapping[str, str]) -> tuple[list[Spot], list[Problem]]:
    given: list[Spot] = []
    problems: list[Problem] = []
    for name, value in prefilled.items():
        item = work.form.by_name.get(name)
        if item is None or item.repeats or item.children or item.is_derived:
            problems.append(warning("interview.prefill-unknown", question=name))
            continue
        spot = work.tree.first(item)
        if Rule.CALCULATE in item.rules:
            work.put(spot, value, recorded=True)
            continue
        stored = _stored(work, spot, value)
        if isinstance(stored, Problem):
            problems.append(warning("interview.prefill-refused", question=name, value=value))
        elif stored:
            work.put(spot, stored, recorded=False)
            given.append(spot)
    return given, problems


def restore(
    form: Form,
    setting: Setting,
    answers: Mapping[str, str],
    recorded: Mapping[str, str],
    overrides: Mapping[str, str],
    rows: Mapping[str, Sequence[str]] | None = None,
) -> Interview:
    """The interview that these stored values are the state of. Defaults, actions and clock values never run again.

    `rows` maps concrete repeat paths to row ids in order, as the row changes of all outcomes leave them; a repeat that
    is not named there has no row. Without `rows` the stored paths show which rows there are.
    """
    blank = _blank(form, setting)
    known = _rows_of({**recorded, **answers}, setting.seed) if rows is None else rows
    work = Work(blank, restoring=True, rows=known, all_rows=rows is not None)
    work.values.update(recorded)
    work.values.update(answers)
    work.noted = set(recorded.keys() - answers.keys())
    work.overrides.update({path: reason for path, reason in overrides.items() if reason})
    enter(work, work.tree.root)
    work.queue_all()
    settle(work)
    work.asleep = {key: tuple(ids) for key, ids in known.items() if ids and _is_asleep(work, key)}
    return work.freeze()


def _is_asleep(work: Work, repeat: str) -> bool:
    """Whether a repeat that rows are stored of stands in a counted row that is gone at present."""
    item = work.form.items.get(generic(repeat))
    return item is not None and not item.is_counted and repeat not in work.tree.rows


def _rows_of(paths: Mapping[str, str], seed: str) -> dict[str, tuple[str, ...]]:
    """The rows that stored paths show, the one that every repeat begins with first."""
    found: dict[str, dict[str, None]] = {}
    for path in paths:
        for row in _ROW.finditer(path):
            found.setdefault(path[: row.start()], {})[row.group(1)] = None
    return {key: _first_first(ids, counted_row(seed, key, 1)) for key, ids in found.items()}


def _first_first(ids: Iterable[str], first: str) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda name: name != first))


def answer(interview: Interview, path: str, raw: str) -> Outcome:
    """Give (or with '' clear) one answer: coerce, constraint, then recompute what depends on it.

    Refused (problems, nothing changed): unknown, irrelevant or read-only questions, text that is no such number, date
    or choice, a broken constraint. An unchanged value gives no changes.
    """
    spot = interview.tree.spots.get(path)
    if spot is None or not _answerable(interview, spot):
        return Outcome(interview, problems=(problem("interview.not-asked", question=path),))
    if interview.is_read_only(path):
        return Outcome(interview, problems=(problem("interview.read-only", question=spot.item.name),))
    work = Work(interview)
    stored = _stored(work, spot, raw)
    if isinstance(stored, Problem):
        return Outcome(interview, problems=(stored,))
    if stored == interview.values.get(path, ""):
        return Outcome(interview)
    work.put(spot, stored, recorded=False)
    try:
        if not work.holds(spot):
            return Outcome(interview, problems=(_broken(work, spot),))
        answered(work, spot)
    except Refused as refused:
        return Outcome(interview, problems=refused.problems)
    return work.outcome()


def _answerable(interview: Interview, spot: Spot) -> bool:
    return spot.item.node.is_asked and spot.item.node.kind is not Kind.NOTE and spot.path not in interview.hidden


def _stored(work: Work, spot: Spot, raw: str) -> str | Problem:
    """The text to store for what was typed or chosen, or what is wrong with it."""
    now = work.before.setting.now()
    stored = coerce_answer(spot.item.node, raw, now.tzinfo, now.date())
    if isinstance(stored, Problem):
        return Problem(stored.code, {**stored.params, "question": spot.item.name})
    return chosen(work.ground, spot, stored)


def _broken(work: Work, spot: Spot) -> Problem:
    default = work.form.instrument.default_language
    message = bare(fill(spot.item.node.constraint_message, work.ground.at(spot), default))
    return problem("interview.refused" if message else "interview.constraint", question=spot.item.name, message=message)


def override(interview: Interview, path: str, reason: str) -> Outcome:
    """Let a warning stand for its present value; '' withdraws the reason. Refused where there is no warning."""
    spot = interview.tree.spots.get(path)
    if spot is None or path not in interview.warned:
        return Outcome(interview, problems=(problem("interview.no-warning", question=path),))
    stored = coerce(Kind.TEXT, reason, None)
    if isinstance(stored, Problem):
        return Outcome(interview, problems=(stored,))
    if stored == interview.overrides.get(path, ""):
        return Outcome(interview)
    work = Work(interview)
    work.overrides = {key: text for key, text in {**work.overrides, path: stored}.items() if text}
    return Outcome(work.freeze(), overrides=(OverrideChange(path, stored),))


def set_language(interview: Interview, code: str) -> Interview:
    """The same interview in another language of the form (the form's own where it has no such language)."""
    work = Work(interview)
    work.ground.language = interview.form.language(code)
    work.queue_all(language_only=True)
    settle(work)
    return work.freeze()


def add_row(interview: Interview, repeat_path: str) -> Outcome:
    """Add a row at the end of a repeat (refused for counted ones); the new row's id stands in `outcome.rows`."""
    above, _, name = repeat_path.rpartition("/")
    parent = interview.tree.spots.get(above)
    repeat = interview.form.items.get(f"{parent.item.path}/{name}") if parent is not None else None
    if parent is None or repeat is None or not repeat.is_open:
        return Outcome(interview, problems=(problem("interview.rows-fixed", question=repeat_path),))
    if not takes_rows(interview, repeat, parent):
        return Outcome(interview, problems=(problem("interview.not-asked", question=repeat_path),))
    work = Work(interview)
    row = interview.setting.new_id()
    work.row_changes.append(RowChange(repeat_path, row, added=True))
    set_rows(work, repeat, parent, (*interview.rows(repeat_path), row))
    settle(work)
    return work.outcome()


def remove_row(interview: Interview, row_path: str) -> Outcome:
    """Remove a row of a repeat with its values (refused for counted ones)."""
    spot = interview.tree.spots.get(row_path)
    if spot is None or not spot.row or spot.parent is None or not spot.item.is_open:
        return Outcome(interview, problems=(problem("interview.rows-fixed", question=row_path),))
    work = Work(interview)
    for stored in (work.values, work.overrides):
        for gone in [path for path in stored if path.startswith(f"{row_path}/")]:
            del stored[gone]
    for inner in [inner for inner in work.asleep if inner.startswith(f"{row_path}/")]:
        del work.asleep[inner]
    key = repeat_path(row_path)
    work.row_changes.append(RowChange(key, spot.row, added=False))
    set_rows(work, spot.item, spot.parent, tuple(row for row in interview.rows(key) if row != spot.row))
    settle(work)
    return work.outcome()


def undo(now: Interview, before: Interview) -> Outcome:
    """Go back to an earlier state of the same interview, in the language of `now`.

    The outcome says what to store so that the stored state equals `before`: values (cleared ones as ''), rows, reasons.
    """
    return back(now, before if before.language == now.language else set_language(before, now.language))


def finish(interview: Interview) -> Outcome:
    """Note the end of the interview in its `end` questions (recorded changes); answers stay changeable."""
    work = Work(interview)
    for item in interview.form.items.values():
        if item.node.kind is Kind.END:
            for spot in work.tree.all(item):
                work.put(spot, stamp(interview.setting.now()), recorded=True)
    settle(work)
    return work.outcome()
