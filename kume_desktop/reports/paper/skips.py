"""Rules of a form as sentences for people: who is asked, where to go on, what an answer has to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kume_desktop import texts
from kume_desktop.problems import Param
from kume_desktop.reports.paper.conditions import (
    Asked,
    Both,
    Condition,
    Either,
    Fixed,
    Holds,
    Measure,
    Operand,
    Relation,
    Sum,
    Test,
    Today,
    Unclear,
    number_of,
)
from kume_desktop.texts import N_

_MOST_NAMED = 6
_WORDS = {
    Relation.IS: (N_("{what} is {value}"), N_("{what} is not {value}")),
    Relation.HAS: (N_("{value} is marked in {what}"), N_("{value} is not marked in {what}")),
    Relation.LEAST: (N_("{what} is at least {value}"), N_("{what} is not at least {value}")),
    Relation.MOST: (N_("{what} is at most {value}"), N_("{what} is not at most {value}")),
    Relation.ABOVE: (N_("{what} is above {value}"), N_("{what} is not above {value}")),
    Relation.BELOW: (N_("{what} is below {value}"), N_("{what} is not below {value}")),
    Relation.BETWEEN: (
        N_("{what} is between {value} and {high}"),
        N_("{what} is not between {value} and {high}"),
    ),
    Relation.BLANK: (N_("{what} is blank"), N_("{what} is answered")),
}
CLAUSE, _REQUIRED = N_("if {test}"), N_("{test}")
_BY_DAY = {
    Relation.LEAST: (N_("{what} is {value} or later"), N_("{what} is not {value} or later")),
    Relation.MOST: (N_("{what} is {value} or earlier"), N_("{what} is not {value} or earlier")),
    Relation.ABOVE: (N_("{what} is after {value}"), N_("{what} is not after {value}")),
    Relation.BELOW: (N_("{what} is before {value}"), N_("{what} is not before {value}")),
}
_EQUAL = (N_("{what} is the same as {value}"), N_("{what} is not the same as {value}"))
_HERE = (N_("{value} is marked here"), N_("{value} is not marked here"))
_MEASURES = {
    Measure.VALUE: N_("answer {question}"),
    Measure.ANSWERS: N_("the number of choices marked in {question}"),
    Measure.LENGTH: N_("the number of letters in {question}"),
    Measure.ROWS: N_("the number of rows in {question}"),
}
_OWN = {
    Measure.VALUE: N_("the answer"),
    Measure.ANSWERS: N_("the number of choices marked"),
    Measure.LENGTH: N_("the number of letters"),
    Measure.ROWS: N_("the number of rows"),
}
_SIGNS = {"+": "+", "-": "−", "*": "×", "div": "÷", "mod": "mod"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN = frozenset({Relation.IS, Relation.HAS, Relation.BLANK})


@dataclass(frozen=True, slots=True)
class Names:
    """How a form's questions and answers are called: by generic path the number ('' for what has none) and its name.

    `label` gives the words of an answer (`value`) to the question at a path, '' where it is no choice.
    """

    number: Callable[[str], str]
    name: Callable[[str], str]
    label: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says conditions of one form in one language; `own` is the path of the question whose rule is said."""

    names: Names
    lang: str
    own: str = ""

    def say(self, text: str, **params: Param) -> str:
        """A text of the program in the language of the paper."""
        return texts.tr(text, self.lang, **params)

    def only_if(self, condition: Condition, *, is_read: bool = False) -> str:
        """Who is asked: `Yalnız 2.1 “Evet” ise sorun.`; '' where everybody is. `is_read`: a note, nothing is asked."""
        if isinstance(condition, Holds):
            return "" if condition.value else self.say(N_("Not asked in this study."))
        if is_read:
            return self.say(N_("Read only {condition}."), condition=self.words(condition))
        return self.say(N_("Ask only {condition}."), condition=self.words(condition))

    def section_if(self, condition: Condition) -> str:
        """The same for a whole section."""
        if isinstance(condition, Holds):
            return self.only_if(condition)
        return self.say(N_("This part is asked only {condition}."), condition=self.words(condition))

    def required_if(self, condition: Condition) -> str:
        """When an answer is required; '' where the mark says it all."""
        if isinstance(condition, Holds):
            return ""
        return self.say(N_("Must be answered {condition}."), condition=self.words(condition))

    def must_be(self, condition: Condition) -> str:
        """What an answer has to be; '' where that cannot be said."""
        if isinstance(condition, Holds) or _is_unclear(condition):
            return ""
        return self.say(N_("It must hold: {condition}."), condition=self.words(condition, _REQUIRED))

    def warned_if(self, condition: Condition) -> str:
        """When an answer is unlikely; '' where that cannot be said in words."""
        return "" if isinstance(condition, Holds) or _is_unclear(condition) else self.words(condition)

    def go_to(self, number: str) -> str:
        """Where to go on: `→ 3.4 sorusuna geçin`; without a number, to the end."""
        told = self.say(N_("go to {number}"), number=number) if number else self.say(N_("end of the form"))
        return f"→ {told}"

    def words(self, condition: Condition, clause: str = CLAUSE) -> str:
        """The condition in clauses: each test carries its own `ise`, so that a negation belongs to one of them."""
        match condition:
            case Both():
                return self._joined(condition.parts, N_("and"), Either, clause)
            case Either():
                return self._joined(condition.parts, N_("or"), Both, clause)
            case Test():
                return _one_word(self.say(clause, test=self._test(condition)))
            case Unclear():
                return self.say(clause, test=self._unclear(condition))
            case Holds():
                return self.say(N_("always")) if condition.value else self.say(N_("never"))

    def _joined(self, parts: Sequence[Condition], word: str, inner: type[Both | Either], clause: str) -> str:
        """Parts with a word between them; those that hold another word stand in brackets."""
        told = [self.words(part, clause) for part in parts]
        said = [f"({each})" if isinstance(part, inner) else each for part, each in zip(parts, told, strict=True)]
        return f" {self.say(word)} ".join(said)

    def _unclear(self, condition: Unclear) -> str:
        if not condition.paths:
            return self.say(N_("the rule of the form that the program checks allows it"))
        named = [self._called(path) for path in condition.paths[:_MOST_NAMED]]
        more = ["…"] if len(condition.paths) > _MOST_NAMED else []
        told = ", ".join((*named, *more))
        return self.say(N_("the answers to {questions} allow it, as the program tells"), questions=told)

    def _test(self, test: Test) -> str:
        words = self._relation(test)[test.negated]
        path = test.what.path if isinstance(test.what, Asked) else ""
        values = [self._value(path if test.relation in _PLAIN else None, value) for value in test.values]
        high = values[-1] if test.relation is Relation.BETWEEN else ""
        value = values[0] if high else self._any_of(values)
        return self.say(words, what=self._what(test, path), value=value, high=high)

    def _relation(self, test: Test) -> tuple[str, str]:
        """The words of a relation, and those of its opposite."""
        if test.relation is Relation.HAS and self._is_own(test.what):
            return _HERE
        if test.relation is Relation.IS and not all(isinstance(value, Fixed) for value in test.values):
            return _EQUAL
        if test.relation in _BY_DAY and _is_day(test.values[0]):
            return _BY_DAY[test.relation]
        return _WORDS[test.relation]

    def _what(self, test: Test, path: str) -> str:
        """A question is told by its bare number where an answer in words, or none, follows it."""
        is_word = isinstance(test.what, Asked) and test.what.measure is Measure.VALUE and test.relation in _PLAIN
        labels = (isinstance(value, Fixed) and self._label(path, value) for value in test.values)
        if is_word and not self._is_own(test.what) and (test.relation is Relation.HAS or all(labels)):
            return self._called(path)
        return self._operand(test.what)

    def _is_own(self, operand: Operand) -> bool:
        return isinstance(operand, Asked) and operand.path in ("", self.own)

    def _any_of(self, values: Sequence[str]) -> str:
        return values[0] if len(values) == 1 else self.joined(values, N_("or")) if values else ""

    def joined(self, values: Sequence[str], word: str) -> str:
        """Several, the last with a word before it."""
        return f"{', '.join(values[:-1])} {self.say(word)} {values[-1]}" if len(values) > 1 else "".join(values)

    def _value(self, path: str | None, value: Operand) -> str:
        if isinstance(value, Fixed):
            label = self._label(path, value) if path is not None else ""
            return f"“{label}”" if label else _figure(value.value, self.lang)
        return self._operand(value)

    def _label(self, path: str, value: Fixed) -> str:
        return self.names.label(path or self.own, value.value)

    def _operand(self, operand: Operand) -> str:
        match operand:
            case Asked():
                return self._answer(operand)
            case Fixed():
                return _figure(operand.value, self.lang)
            case Today():
                return self.say(N_("the day of the interview"))
            case Sum():
                parts = [self._operand(operand.first)]
                parts += [f"{_SIGNS[sign]} {self._operand(part)}" for sign, part in operand.rest]
                return f"({' '.join(parts)})"

    def _answer(self, operand: Asked) -> str:
        if self._is_own(operand):
            return self.say(_OWN[operand.measure])
        called = self._called(operand.path)
        return called if called.startswith("“") else self.say(_MEASURES[operand.measure], question=called)

    def _called(self, path: str) -> str:
        return self.names.number(path) or f"“{self.names.name(path)}”"


def _one_word(sentence: str) -> str:
    """Turkish writes the end of a negated clause as one word."""
    for two, one in (("değil ise", "değilse"), ("değil olmalı", "olmamalı")):
        if sentence.endswith(two):
            return sentence.removesuffix(two) + one
    return sentence


def _is_unclear(condition: Condition) -> bool:
    if isinstance(condition, Both | Either):
        return any(_is_unclear(part) for part in condition.parts)
    return isinstance(condition, Unclear)


def _is_day(value: Operand) -> bool:
    return isinstance(value, Today) or (isinstance(value, Fixed) and _DAY.fullmatch(value.value) is not None)


def _figure(value: str, lang: str) -> str:
    """A number with the comma of the language, a day in its order, a text in its quotes."""
    if _DAY.fullmatch(value):
        return ".".join(reversed(value.split("-"))) if lang == "tr" else value
    if number_of(value) is None:
        return f"“{value}”"
    return value.replace(".", ",") if lang == "tr" else value


def run_of(numbers: Iterable[str]) -> str:
    """The numbers of questions as a range.

    >>> run_of(["3.7", "3.8", "3.9"]), run_of(["3.7"])
    ('3.7–3.9', '3.7')
    """
    found = [number for number in numbers if number]
    return "" if not found else found[0] if len(found) == 1 else f"{found[0]}–{found[-1]}"
