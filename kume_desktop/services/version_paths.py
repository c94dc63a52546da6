"""Where answers given in an older version of a form stand in the newest one, so that one table shows all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.interview.form import Form
    from kume_desktop.services.studies import Study

_ROW = re.compile(r"\[([^\]]*)\]")


class Newest:
    """The newest version of an instrument in a study, as the place of answers of all its versions."""

    def __init__(self, study: Study, instrument_id: str) -> None:
        self._study = study
        self._versions = [one.version_id for one in study.all_instruments() if one.instrument_id == instrument_id]

    def path(self, version_id: str, path: str) -> str:
        """The concrete path in the newest version; as it is where that version has no such question."""
        if len(self._versions) < 2 or version_id == self._versions[-1]:
            return path
        target = self._moved.get(version_id, {}).get(_ROW.sub("", path))
        item = self._form.items.get(target) if target is not None else None
        if item is None or target is None:
            return path
        for repeat, row in reversed(list(zip(item.repeats, _ROW.findall(path), strict=False))):
            target = f"{repeat.path}[{row}]{target[len(repeat.path) :]}"
        return target

    def paths(self, version_id: str, values: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        """Values by concrete path, each under its path in the newest version."""
        if len(self._versions) < 2 or version_id == self._versions[-1]:
            return values
        return {self.path(version_id, path): held for path, held in values.items()}

    @property
    def _form(self) -> Form:
        return self._study.form(self._versions[-1])

    @cached_property
    def _moved(self) -> Mapping[str, Mapping[str, str]]:
        """Version -> older generic path -> newer one, of questions that stand elsewhere but in the same repeats."""
        return {one: self._of(one) for one in self._versions[:-1]}

    def _of(self, version_id: str) -> Mapping[str, str]:
        from kume_desktop.instruments.differences import Sureness, match

        older, newer = self._study.form(version_id), self._form
        pairs = match(older.instrument, newer.instrument)
        where = {pair.old.path: pair.new.path for pair in pairs if pair.sureness is not Sureness.SIMILAR}
        return {
            old: new
            for old, new in where.items()
            if old != new
            and [where.get(each.path) for each in older.items[old].repeats]
            == [each.path for each in newer.items[new].repeats]
        }
