"""From a compiled form to what its paper shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from kume_desktop import texts
from kume_desktop.instruments.model import SELECTS, Kind, Label
from kume_desktop.interview.form import Block, Form, Item, RowBlocks, Rule, Section
from kume_desktop.interview.labels import bare, media_of, rich
from kume_desktop.interview.lists import Items
from kume_desktop.interview.offer import Offer
from kume_desktop.interview.page_model import ChoiceView
from kume_desktop.interview.page_rows import grid
from kume_desktop.interview.state import Interview
from kume_desktop.interview.view import label_of
from kume_desktop.reports.paper.answering import answer_of, boxes_of, lines_of
from kume_desktop.reports.paper.certain import Certain
from kume_desktop.reports.paper.conditions import (
    NO,
    YES,
    Asked,
    Condition,
    Fixed,
    Holds,
    Measure,
    Relation,
    Test,
    paths_of,
)
from kume_desktop.reports.paper.content import (
    Answer,
    Battery,
    Heading,
    PaperChoice,
    PaperForm,
    PaperSection,
    Part,
    Question,
    Roster,
)
from kume_desktop.reports.paper.jumps import Jumps
from kume_desktop.reports.paper.rules import Reading, read
from kume_desktop.reports.paper.skips import Names, Speaker, run_of
from kume_desktop.texts import N_

FIRMS = "firmalar"
"""The list of the study's firms: never printed, it names others than the one that is asked."""
LONG_LIST = 60
"""Longer lists are not printed: the answer is written down and looked up when it is entered."""
BLANK_ROWS, MOST_ROWS = 5, 30
_LONG_TITLE, _LONG_HEAD, _LONG_WHEN = 400, 80, 160


class Composer:
    """Makes the parts of one paper form; `given` are the names of the questions that are answered beforehand."""

    def __init__(self, interview: Interview, lang: str, given: Collection[str] = ()) -> None:
        self.interview, self.lang = interview, lang
        self.form = interview.form
        self.certain = Certain(
            interview, given, lambda number: texts.tr(N_("answer {question}"), lang, question=number)
        )
        self.names = Names(partial(_number, self.form), self.certain.name, self._label)
        self.reading = Reading(self.certain.calculation, self.certain.value, partial(_is_multiple, self.form))
        self._conditions: dict[tuple[str, Rule], Condition] = {}
        self.jumps = Jumps(self)
        self._headed: set[str] = set()
        self._reasons = {number: reason for reason, number in self.form.outline.reasons.items()}
        for path in self.form.items:
            self.certain.value(path)

    def _label(self, path: str, value: str) -> str:
        """The words of a choice; '' where the question has no such choice."""
        item = self.form.items.get(path)
        if item is None or item.node.kind not in SELECTS or not value:
            return ""
        told = bare(label_of(self.certain.ground.view, item, value, self.interview.language))
        return "" if told == value else told

    def speaker(self, own: str = "") -> Speaker:
        """Says rules of the question at a path."""
        return Speaker(self.names, self.lang, own)

    def condition(self, item: Item, rule: Rule) -> Condition:
        """A rule of an item as a condition, read once."""
        key = (item.path, rule)
        if key not in self._conditions:
            vertex = item.rules.get(rule)
            source = vertex.compiled.source if vertex is not None else ""
            self._conditions[key] = read(source, item.path, self.reading)
        return self._conditions[key]

    def rich(self, item: Item, label: Label) -> str:
        """A text of the form as safe rich text."""
        return rich(self.certain.text(item, label)).strip()

    def bare(self, item: Item, label: Label) -> str:
        """A text of the form without marks."""
        return bare(self.certain.text(item, label)).strip()

    def compose(self) -> tuple[PaperSection, ...]:
        """All sections."""
        return tuple(self._section(section) for section in self.form.outline.sections)

    def _section(self, section: Section) -> PaperSection:
        item = section.item
        title = self.bare(item, item.node.label) if item is not None else ""
        if not title:
            titles = self.form.instrument.title
            title = titles.get(self.interview.language) or titles.get(self.certain.default, "")
        rule = ""
        if item is not None:
            self._headed.add(item.path)
            rule = self.speaker().section_if(self.condition(item, Rule.RELEVANT))
        parts = tuple(part for block in section.blocks for part in self._parts(block, title))
        return PaperSection(section.number, title, rule, parts)

    def _parts(self, block: Block | RowBlocks, title: str) -> Iterator[Part]:
        if isinstance(block, RowBlocks):
            yield from self._heads(block.repeat, title)
            yield self._roster(block)
            return
        if not block.battery or self._is_long(block):
            for item in _rows_of(self.form, block):
                yield from self._heads(item, title)
                yield self.question(item)
            return
        yield from self._heads(block.items[-1], title)
        yield self._battery(block)

    def _reason_of(self, item: Item) -> Item | None:
        """The question that tells why a number is blank."""
        return self.form.items.get(self._reasons.get(item.path, ""))

    def _is_never(self, item: Item) -> bool:
        """Whether nobody is asked, whatever is answered."""
        return any(self.condition(each, Rule.RELEVANT) == NO for each in (item, *_groups(item), *item.repeats))

    def _is_long(self, block: Block) -> bool:
        """Whether a row or a head of a battery is too long for a table."""
        rows = [item for item in _rows_of(self.form, block) if item.node.kind is not Kind.NOTE]
        texts_of = (self.rich(item, label) for item in rows for label in (item.node.label, item.node.hint))
        heads = (choice.label for item in rows[:1] for choice in self.choices(item) or ())
        return any(len(text) > _LONG_TITLE for text in texts_of) or any(len(head) > _LONG_HEAD for head in heads)

    def _heads(self, item: Item, title: str) -> Iterator[Heading]:
        """The groups around an item that begin with it and have a rule or, on the screen, a title."""
        for group in _groups(item):
            if group.path in self._headed:
                continue
            self._headed.add(group.path)
            rule = self.speaker().only_if(self.condition(group, Rule.RELEVANT))
            told = self.bare(group, group.node.label)
            is_shown = "field-list" in group.node.appearance and told != title
            numbers = run_of(_number(self.form, each.path) for each in group.below() if each.node.is_asked)
            if rule:
                yield Heading(told if is_shown else "", f"{numbers}: {rule}" if numbers else rule)
            elif is_shown and told:
                yield Heading(told)

    def _battery(self, block: Block) -> Battery:
        items = _rows_of(self.form, block)
        is_stem = items[0].node.kind is Kind.NOTE and len(items) > 1
        stem = self.rich(items[0], items[0].node.label) if is_stem else ""
        rows = items[is_stem:]
        found: dict[str, ChoiceView] = {}
        for item in rows:
            if item.node.kind is Kind.SELECT_ONE:
                found |= {choice.name: choice for choice in self.choices(item) or () if choice.name not in found}
        options = tuple(choice for choice in found.values() if not choice.missing)
        reserves = tuple(choice for choice in found.values() if choice.missing)
        return Battery(stem, options, reserves, tuple(self.question(item) for item in rows))

    def _roster(self, block: RowBlocks) -> Roster:
        repeat = block.repeat
        self._headed.add(repeat.path)
        inside = [each for each in block.blocks if isinstance(each, Block)]
        questions = tuple(self.question(item) for each in inside for item in _rows_of(self.form, each))
        inner = tuple(self._roster(each) for each in block.blocks if isinstance(each, RowBlocks))
        rows, counted = self._rows(repeat)
        rule = self.speaker().only_if(self.condition(repeat, Rule.RELEVANT))
        note = " ".join(part for part in (rule, counted) if part)
        title = self.bare(repeat, repeat.node.label) or self.certain.name(repeat.path)
        return Roster(title, note, rows, questions, inner)

    def _rows(self, repeat: Item) -> tuple[int, str]:
        """How many blank rows a repeat gets, and what decides how many are filled."""
        say = self.speaker().say
        source = repeat.node.repeat_count
        if not source:
            return BLANK_ROWS, say(N_("One row for each. Continue on a further sheet where the rows do not suffice."))
        told = read(f"0 < ({source})", repeat.path, self.reading)
        if isinstance(told, Test) and isinstance(told.what, Asked):
            words = self.speaker().words(Test(told.what, told.relation, told.values))
            if told.what.measure is Measure.ANSWERS:
                number = _number(self.form, told.what.path)
                return BLANK_ROWS, say(N_("One row for each choice marked in {question}."), question=number)
            number = _number(self.form, told.what.path) or words
            return BLANK_ROWS, say(N_("As many rows as {question} says."), question=number)
        fixed = read(f"({source}) = 'x'", repeat.path, self.reading)
        return self._fixed_rows(source, repeat, fixed)

    def _fixed_rows(self, source: str, repeat: Item, told: Condition) -> tuple[int, str]:
        """A count that is known beforehand, else the questions that decide it."""
        for count in range(1, MOST_ROWS + 1):
            if read(f"({source}) = {count}", repeat.path, self.reading) == YES:
                return count, ""
        named = ", ".join(_number(self.form, path) or self.certain.name(path) for path in sorted(paths_of(told)))
        say = self.speaker().say
        return BLANK_ROWS, say(N_("How many rows are needed depends on {questions}."), questions=named) if named else ""

    def question(self, item: Item) -> Question:
        """One question with its rules in words."""
        node, speaker = item.node, self.speaker(item.path)
        reason = self._reason_of(item)
        offered = self.choices(reason or item)
        answer = answer_of(node, offered is None, bool(offered))
        relevant = self.condition(item, Rule.RELEVANT)
        required = self.condition(item, Rule.REQUIRED) if Rule.REQUIRED in item.rules else NO
        return Question(
            path=item.path,
            number=_number(self.form, item.path),
            title=self.rich(item, node.label),
            kind=node.kind,
            answer=answer,
            hint=self.rich(item, node.hint),
            guidance=self.rich(item, node.guidance),
            skip=speaker.only_if(relevant, is_read=node.kind is Kind.NOTE),
            rules=tuple(self._rules(item, required)),
            required=required == YES,
            choices=self._paper_choices(item, offered or (), answer),
            boxes=boxes_of(node, self._longest(item), speaker.say, "," if self.lang == "tr" else "."),
            lines=lines_of(node),
            note=self._note(item, answer),
            unasked=speaker.only_if(NO) if self._is_never(item) else "",
        )

    def _rules(self, item: Item, required: Condition) -> Iterator[str]:
        node, speaker = item.node, self.speaker(item.path)
        if not isinstance(required, Holds):
            yield speaker.required_if(required)
        if node.constraint:
            message = self.bare(item, node.constraint_message)
            told = message or speaker.must_be(self.condition(item, Rule.CONSTRAINT))
            if told:
                yield told
        if node.warn:
            yield from _warning(self, item)
        if node.choice_filter and (vertex := item.rules.get(Rule.CHOICES)) is not None:
            asked = sorted(path for path in vertex.references.paths if _number(self.form, path))
            if asked:
                named = ", ".join(_number(self.form, path) for path in asked)
                yield speaker.say(N_("Which choices apply depends on {questions}."), questions=named)

    def _note(self, item: Item, answer: Answer) -> str:
        """What an interviewer has to know about the way of answering, and what the label shows or plays."""
        media = media_of(item.node.media, self.interview.language, self.certain.default)
        shown = (
            self.speaker().say(N_("Goes with: {files}"), files=", ".join(one.file for one in media)) if media else ""
        )
        return " ".join(part for part in (self._way(item, answer), shown) if part)

    def _way(self, item: Item, answer: Answer) -> str:
        say = self.speaker().say
        told = self.certain.value(item.path)
        if told:
            return told
        is_filled = Rule.CALCULATE in item.rules or item.node.read_only == "true()"
        if is_filled and item.node.kind is not Kind.NOTE:
            return say(N_("The program fills this in."))
        notes = {
            Answer.CODE: N_("Long list: write down the answer or its code."),
            Answer.SEVERAL: N_("Several may be marked."),
            Answer.ORDER: N_("Write the places 1, 2, 3 … into the boxes."),
            Answer.FILE: N_("Add the file in the program afterwards; note its name here."),
        }
        return say(notes[answer]) if answer in notes else ""

    def choices(self, item: Item) -> tuple[ChoiceView, ...] | None:
        """The choices of a select without its filter, reserve answers last; None where they are too many or vary."""
        node = item.node
        if node.kind is Kind.RANGE:
            return grid(node, self.interview.language)
        itemset = node.itemset
        if itemset is None:
            return ()
        if itemset.instance == FIRMS:
            return None
        root = self.certain.ground.view.lists.root(itemset.instance) if itemset.instance else None
        items = root.items if root is not None else ()
        if not isinstance(items, Items) or not 0 < len(items) <= LONG_LIST:
            return None
        ground = self.certain.ground.at(self.interview.tree.root)
        return Offer(itemset, items, ground).first(ground, LONG_LIST)

    def _paper_choices(self, item: Item, offered: Sequence[ChoiceView], answer: Answer) -> tuple[PaperChoice, ...]:
        jumps = self.jumps.after(item, offered) if answer is Answer.ONE else {}
        told = self._changing(item)
        return tuple(
            PaperChoice(
                code_of(choice),
                told.get(choice.name) or rich(choice.label),
                jumps.get(choice.name, ""),
                bool(choice.missing),
            )
            for choice in offered
        )

    def _changing(self, item: Item) -> dict[str, str]:
        """The labels of choices that hold values of the form, with blanks for what is not known."""
        listed = self.form.instrument.lists.get(item.node.choices, ())
        return {
            choice.name: self.rich(item, choice.label)
            for choice in listed
            if any(part.expression for parts in choice.label.values() for part in parts)
        }

    def _longest(self, item: Item) -> int:
        """How many digits the largest allowed number has; 0 where no rule says."""
        told = self.condition(item, Rule.CONSTRAINT)
        tests = told.parts if hasattr(told, "parts") else (told,)
        bounds = [
            len(value.value.lstrip("-").partition(".")[0])
            for test in tests
            if isinstance(test, Test) and test.what == Asked("") and test.relation is not Relation.LEAST
            for value in test.values[-1:]
            if isinstance(value, Fixed) and value.value.lstrip("-").replace(".", "", 1).isdecimal()
        ]
        return max(bounds, default=0)


def _warning(composer: Composer, item: Item) -> Iterator[str]:
    """What the program would ask about; the answer may stand all the same, with a reason."""
    speaker, condition = composer.speaker(item.path), composer.condition(item, Rule.WARN)
    message = composer.bare(item, item.node.warn_message)
    when = speaker.warned_if(condition)
    if condition == NO or not (message or when):
        return
    if message and (not when or len(when) > _LONG_WHEN):
        yield speaker.say(N_("Look again: {message}"), message=message)
    elif not message:
        yield speaker.say(N_("Look again {condition}."), condition=when)
    else:
        yield speaker.say(N_("Look again {condition}: {message}"), condition=when, message=message)


def _number(form: Form, path: str) -> str:
    """The number of a question as the screen has it."""
    return form.outline.numbers.get(path, "")


def _is_multiple(form: Form, path: str) -> bool:
    """Whether several choices may be taken; so for what is no question of the form."""
    item = form.items.get(path)
    return item is None or item.node.kind is not Kind.SELECT_ONE


def _rows_of(form: Form, block: Block) -> list[Item]:
    """The questions of a block; the reason why a number is blank stands beside the number."""
    return [item for item in block.items if item.path not in form.outline.reasons]


def code_of(choice: ChoiceView) -> str:
    """The key of a choice on the screen, else its short code."""
    return choice.key or (choice.name if choice.name.isdecimal() else "")


def _groups(item: Item) -> list[Item]:
    """The groups around an item, outermost first, down to the repeat it stands in."""
    found: list[Item] = []
    parent = item.parent
    while parent is not None and parent.parent is not None and not parent.is_repeat:
        found.append(parent)
        parent = parent.parent
    return found[::-1]


def paper_form(
    interview: Interview,
    lang: str,
    *,
    given: Collection[str] = (),
    study: str = "",
    agency: str = "",
    firm: str = "",
    code: str = "",
    notes: Sequence[str] = (),
) -> PaperForm:
    """What the paper of a form shows. `interview` is a blank one of the form; `given` are the questions it may tell."""
    instrument = interview.form.instrument
    title = instrument.title.get(interview.language) or instrument.title.get(instrument.default_language, instrument.id)
    sections = Composer(interview, lang, given).compose()
    return PaperForm(
        title, instrument.version, instrument.content_hash, lang, sections, study, agency, firm, code, tuple(notes)
    )
