"""What must be stored of an interview, gathered from its outcomes; enough to restore it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kume_desktop.interview.engine import restore
from kume_desktop.interview.form import Form
from kume_desktop.interview.state import Interview, Outcome, Setting


@dataclass(slots=True)
class Record:
    """The stored side of an interview: one value a path, either answered or noted by the program."""

    answers: dict[str, str] = field(default_factory=dict)
    recorded: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def keep(self, outcome: Outcome) -> Interview:
        """Store what an act changed, and give the interview to go on with."""
        for change in outcome.changes:
            here, there = (self.recorded, self.answers) if change.recorded else (self.answers, self.recorded)
            here[change.path] = change.new
            there.pop(change.path, None)
        for override in outcome.overrides:
            self.overrides[override.path] = override.reason
        for row in outcome.rows:
            others = tuple(name for name in self.rows.get(row.repeat, ()) if name != row.row)
            self.rows[row.repeat] = (*others, row.row) if row.added else others
            if not row.added:
                self._forget(f"{row.repeat}[{row.row}]")
        return outcome.interview

    def copy(self) -> Record:
        """The same, to be changed on its own."""
        return Record(dict(self.answers), dict(self.recorded), dict(self.overrides), dict(self.rows))

    def _forget(self, row: str) -> None:
        for stored in (self.answers, self.recorded, self.overrides):
            for path in [path for path in stored if path.startswith(f"{row}/")]:
                del stored[path]
        for repeat in [repeat for repeat in self.rows if repeat.startswith(f"{row}/")]:
            del self.rows[repeat]

    def restored(self, form: Form, setting: Setting) -> Interview:
        """The interview as it comes back from what was stored."""
        return restore(form, setting, self.answers, self.recorded, self.overrides, self.rows)
