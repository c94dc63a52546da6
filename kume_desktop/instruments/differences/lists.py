"""What differs in the choices that questions of both versions offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kume_desktop.instruments.differences.found import Difference, Gravity, Means
from kume_desktop.instruments.differences.matching import Pair
from kume_desktop.instruments.differences.written import words
from kume_desktop.instruments.model import Choice, Instrument, Label, Place

_SHEET = Place("choices", 0)
_CONVERTED = frozenset({"itextId"})
"""Columns that the conversion adds."""


def list_differences(old: Instrument, new: Instrument, pairs: Iterable[Pair]) -> Iterator[Difference]:
    """Choices added, retired, renamed, relabelled, of every list that a question of both versions uses."""
    used: dict[tuple[str, str], list[str]] = {}
    for pair in pairs:
        if pair.old.choices and pair.new.choices:
            used.setdefault((pair.old.choices, pair.new.choices), []).append(pair.new.name)
    for (before, now), names in used.items():
        if before in old.lists and now in new.lists:
            yield from _List(old, new, before, now, names).differences()
        elif before != now:
            params = {"name": ", ".join(names), "before": before, "after": now}
            yield Difference("list-changed", Gravity.ANSWERS, Means.CONVERTED, names[0], params, _SHEET)


class _List:
    """One list in both versions and the questions that use it."""

    def __init__(self, old: Instrument, new: Instrument, before: str, now: str, names: list[str]) -> None:
        self.old, self.new, self.name, self.names = old, new, now, names
        self.was = {choice.name: choice for choice in old.lists[before]}
        self.became = {choice.name: choice for choice in new.lists[now]}

    def differences(self) -> Iterator[Difference]:
        """Everything that is different."""
        gone = [choice for name, choice in self.was.items() if name not in self.became]
        come = [choice for name, choice in self.became.items() if name not in self.was]
        for choice in gone:
            heir = next((each for each in come if self._label(each, self.new) == self._label(choice, self.old)), None)
            code = "choice-retired" if heir is None else "choice-recoded"
            yield self._told(
                code, Gravity.ANSWERS, Means.SHOWN_MARKED, choice, self.old, after=heir.name if heir else None
            )
        for choice in come:
            yield self._told("choice-added", Gravity.WORDS, Means.STAY, choice, self.new)
        for name, choice in self.became.items():
            if name in self.was:
                yield from self._changed(self.was[name], choice)
        yield from self._order()

    def _changed(self, was: Choice, became: Choice) -> Iterator[Difference]:
        for language in (code for code in self.new.languages if code in self.old.languages):
            before, after = (words(_only(one, language), language) for one in (was, became))
            if before != after:
                yield self._told(
                    "choice-relabelled", Gravity.WORDS, Means.STAY, became, self.new, before=before or "–",
                    after=after or "–", language=language,
                )  # fmt: skip
        if was.missing != became.missing:
            yield self._told(
                "choice-missing-changed", Gravity.RULES, Means.COMPUTED_ANEW, became, self.new,
                before=was.missing or "–", after=became.missing or "–",
            )  # fmt: skip
        for column in sorted({*was.fields, *became.fields} - _CONVERTED):
            before, after = was.fields.get(column, ""), became.fields.get(column, "")
            if before != after:
                yield self._told(
                    "choice-column-changed", Gravity.RULES, Means.MAY_OPEN, became, self.new, column=column,
                    before=before or "–", after=after or "–",
                )  # fmt: skip

    def _order(self) -> Iterator[Difference]:
        before = [name for name in self.was if name in self.became]
        after = [name for name in self.became if name in self.was]
        if before != after:
            params = {"list": self.name, "name": ", ".join(self.names), "after": ", ".join(after)}
            yield Difference("choices-reordered", Gravity.LAYOUT, Means.STAY, self.names[0], params, _SHEET)

    def _told(
        self, code: str, gravity: Gravity, means: Means, choice: Choice, instrument: Instrument, **more: str | None
    ) -> Difference:
        params: Mapping[str, str | None] = {
            "list": self.name, "choice": choice.name, "label": self._label(choice, instrument),
            "name": ", ".join(self.names), **more,
        }  # fmt: skip
        return Difference(code, gravity, means, self.names[0], params, _SHEET)

    @staticmethod
    def _label(choice: Choice, instrument: Instrument) -> str:
        return words(choice.label, instrument.default_language) or choice.name


def _only(choice: Choice, language: str) -> Label:
    return {language: choice.label.get(language, ())}
