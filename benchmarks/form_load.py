"""Load a form of 600 questions until its first screen could be drawn, against reading its XML with ElementTree.

The form has 60 groups of ten: choices, numbers with checks, texts under a condition, sums that depend on them, in two
languages. The conversion of the workbook (pyxform) is made once and not measured: the store keeps its result. Measured:
stored source -> Instrument -> compiled form with its dependency graph -> a begun interview. The expressions that the
program remembers from one form to the next are forgotten before each round.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from benchmarks.measure import Measurement, interleaved, tell

if TYPE_CHECKING:
    from kume_desktop.instruments.source import FormSource
    from kume_desktop.interview.state import Outcome

ROUNDS = 9
GROUPS = 60
_HEAD = (
    "type", "name", "label::Türkçe (tr)", "label::English (en)", "relevant", "constraint",
    "constraint_message::Türkçe (tr)", "constraint_message::English (en)", "calculation", "required",
)  # fmt: skip


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    from kume_desktop.instruments.compile import convert
    from kume_desktop.interview.page import screens
    from kume_desktop.xpath import compiler

    source = convert("soru600.xlsx", workbook())
    begun = begin(source)
    drawn = screens(begun.interview)
    tell(f"  {GROUPS * 10} questions, {len(source.xform) // 1024} KiB of XForm, {len(drawn)} screens, {rounds} rounds")

    def ours() -> None:
        compiler.compile_expression.cache_clear()
        begin(source)

    ms, reference = interleaved(ours, lambda: ET.fromstring(source.xform), rounds)
    return Measurement("form-load", ms, "ms", "xml.etree.ElementTree.fromstring of the same XForm", reference)


def begin(source: FormSource) -> Outcome:
    """From what the store keeps to a begun interview."""
    from kume_desktop.instruments.load import load
    from kume_desktop.interview import engine

    setting = engine.Setting(
        tables={},
        username="a",
        device="b",
        language="tr",
        now=lambda: datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
        seed="600",
    )
    return engine.begin(engine.compile_form(load(source)), setting)


def workbook() -> bytes:
    """The form as an XLSForm workbook."""
    from openpyxl import Workbook

    book = Workbook()
    survey = book.active or book.create_sheet()
    survey.title = "survey"
    survey.append(_HEAD)
    for group in range(1, GROUPS + 1):
        for row in _group(group):
            survey.append([*row, *[""] * (len(_HEAD) - len(row))])
    choices = book.create_sheet("choices")
    choices.append(("list_name", "name", "label::Türkçe (tr)", "label::English (en)"))
    for code, (turkish, english) in enumerate(
        (("Hiç", "None"), ("Az", "Little"), ("Orta", "Some"), ("Çok", "Much")), 1
    ):
        choices.append(("olcek", str(code), turkish, english))
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version", "default_language", "name"))
    settings.append(("Altı yüz soru", "soru600", "1", "Türkçe (tr)", "data"))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _group(number: int) -> list[tuple[str, ...]]:
    """Ten questions: four choices, two numbers, two texts under a condition, two calculated values."""
    a, b = f"g{number}_n1", f"g{number}_n2"
    rows: list[tuple[str, ...]] = [
        ("begin group", f"g{number}", f"Bölüm {number}", f"Section {number}"),
        *(("select_one olcek", f"g{number}_s{item}", f"Soru {item}", f"Question {item}") for item in range(1, 5)),
    ]
    for name in (a, b):
        check = (". >= 0 and . <= 100000", "0 ile 100000 arasında olmalı", "Must lie between 0 and 100000")
        rows.append(("integer", name, f"Sayı {name}", f"Number {name}", "", *check, "", "yes"))
    for item in (1, 2):
        condition = f"${{g{number}_s{item}}} = '4' and ${{{a}}} > 10"
        rows.append(("text", f"g{number}_t{item}", f"Neden? {item}", f"Why? {item}", condition))
    rows.append(("calculate", f"g{number}_c1", "", "", "", "", "", "", f"${{{a}}} + ${{{b}}}"))
    before = f" + ${{g{number - 1}_c2}}" if number > 1 else ""
    rows.append(("calculate", f"g{number}_c2", "", "", "", "", "", "", f"${{g{number}_c1}}{before}"))
    return [*rows, ("end group", "")]
