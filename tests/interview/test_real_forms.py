# ruff: noqa: E501
"""The two instruments under random answers: whatever is answered, what is stored gives the interview back."""

from __future__ import annotations

import csv
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kume_desktop import paths
from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.instruments.model import Kind
from kume_desktop.interview import engine, page
from kume_desktop.interview.choices import options
from kume_desktop.interview.page_rows import Sheet
from kume_desktop.interview.record import Record
from kume_desktop.interview.state import Setting
from tests.interview.scenario import MORNING, snapshot

FIRM = {"name": "F1", "label": "Firma", "alan_kodu": "lojistik", "alan_adi": "Lojistik", "unvan": "Firma", "ilce": "konak", "sinif": "2"}  # fmt: skip


@cache
def form(name: str) -> engine.Form:
    file = paths.forms() / f"{name}.xlsx"
    return engine.compile_form(load(convert(file.name, file.read_bytes())))


@cache
def setting() -> Setting:
    tables = {}
    for file in paths.forms().glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            tables[file.stem] = list(csv.DictReader(stream))
    tables["firmalar"] = [FIRM]
    tables["calisma"] = [*tables["calisma"], {"ad": "iliski_modulu", "deger": "1"}]
    return Setting(tables, "g01", "laptop", "tr", lambda: MORNING, "seed")


def some_answer(interview, spot, number: int) -> str:
    """An answer that a person could give, picked by `number`."""
    match spot.item.node.kind:
        case Kind.INTEGER | Kind.DECIMAL:
            return str([0, 3, 12, 60, 2001, 1998, 5000][number % 7])
        case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE:
            names = [each.name for each in options(Sheet(interview).ground, spot)]
            if not names:
                return ""
            chosen = names[number % len(names)]
            return f"{chosen} {names[0]}" if spot.item.node.kind is Kind.SELECT_MULTIPLE and number % 3 == 0 else chosen
        case _:
            return ["", "Ürün", "a", "+90 232 000 00 00"][number % 4]


@pytest.mark.parametrize("name", ["is_ihtiyac", "kumelenme_duzeyi"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=20, max_size=50))
def test_that_a_real_interview_is_restored_from_what_was_stored(name: str, picks: list[tuple[int, int]]):
    record = Record()
    interview = record.keep(engine.begin(form(name), setting(), {"firma_kodu": "F1"}))
    for question in ("aydinlatma_okundu", "katilim", "alan_uygun"):
        interview = record.keep(engine.answer(interview, interview.path_of(question), "1"))
    for place, number in picks:
        shown = [row.path for screen in page.screens(interview) for row in screen.rows if not row.read_only]
        path = page.first_open(interview) if place % 3 else shown[place % len(shown)]
        outcome = engine.answer(interview, path, some_answer(interview, interview.tree.spots[path], number))
        interview = record.keep(outcome) if outcome.accepted else interview
    assert snapshot(record.restored(form(name), setting())) == snapshot(interview)
    laid_out = form(name).outline
    asked = [question.path for section in laid_out.sections for question in section.questions]
    rows = [path for path in asked if path not in laid_out.reasons]
    assert len({laid_out.numbers.get(path, path) for path in rows}) == len(rows)
    assert all(laid_out.numbers[reason] == laid_out.numbers[number] for reason, number in laid_out.reasons.items())
