"""What must be stored so that an interview is again what it was before an act, or before several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kume_desktop.interview.rows import generic
from kume_desktop.interview.state import Change, Interview, Outcome, OverrideChange, RowChange


def back(now: Interview, before: Interview) -> Outcome:
    """The way from `now` to `before`, two states of one interview in one language."""
    return Outcome(
        before, tuple(_changes(now, before)), rows=tuple(_rows(now, before)), overrides=tuple(_overrides(now, before))
    )


def _changes(now: Interview, before: Interview) -> Iterator[Change]:
    """Values that differ, or that only one of the two takes for an answer; calculates follow from them.

    What was cleared in a row that comes back is stored as blank: otherwise it would begin with its default again.
    """
    for path in sorted(now.values.keys() | before.values.keys()):
        old, new = now.values.get(path, ""), before.values.get(path, "")
        comes_back_blank = not new and path in before.values and path not in now.values
        is_same = old == new and not comes_back_blank
        if is_same and (not new or (path in now.noted) is (path in before.noted)):
            continue
        item = now.form.items.get(generic(path))
        if item is not None and not item.is_derived:
            yield Change(path, old, new, path in before.noted or not new)


def _rows(now: Interview, before: Interview) -> Iterator[RowChange]:
    """Rows that go, inner ones first, and rows that come, outer ones first; rows behind one that comes are put last."""
    here, there = _stored(now), _stored(before)
    keys = sorted(here.keys() | there.keys())
    for key in reversed(keys):
        stay = set(there.get(key, ()))
        yield from (RowChange(key, row, added=False) for row in here.get(key, ()) if row not in stay)
    for key in keys:
        yield from (RowChange(key, row, added=True) for row in _behind(here.get(key, ()), there.get(key, ())))


def _stored(interview: Interview) -> Mapping[str, tuple[str, ...]]:
    """The rows that are stored, by repeat: all but the counted ones, also where those around them are gone."""
    items = interview.form.items
    return {key: rows for key, rows in interview.kept_rows.items() if rows and not items[generic(key)].is_counted}


def _behind(now: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """The rows to put last, one after the other, so that what stays of `now` becomes `before`."""
    stay = [row for row in now if row in set(before)]
    same = next((at for at, row in enumerate(before) if at >= len(stay) or stay[at] != row), len(before))
    return before[same:]


def _overrides(now: Interview, before: Interview) -> Iterator[OverrideChange]:
    for path in sorted(now.overrides.keys() | before.overrides.keys()):
        reason = before.overrides.get(path, "")
        if reason != now.overrides.get(path, ""):
            yield OverrideChange(path, reason)
