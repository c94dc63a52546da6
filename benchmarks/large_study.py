"""A study of 2,000 firms with 120 answers each, two ratings of every tenth firm, made in memory with a seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kume_desktop.instruments.model import Indicator
    from kume_desktop.reports.content import AnswerRow, Column, FirmFacts, InstrumentFacts, RatingRow, ReportContent
    from kume_desktop.scoring.inputs import Firms, Frame
    from kume_desktop.scoring.method import Method

FIRMS, AREAS, ANSWERS = 2_000, 20, 120
SEED = 2013
SIZES = ("1-9", "10-24", "25-49", "50-249", "250+")
DISTRICTS = ("Bornova", "Çiğli", "Gaziemir", "Kemalpaşa", "Konak", "Menemen", "Torbalı")
DIVISIONS = ("10", "20", "25", "28", "52")
WORDS = ("makine", "gıda", "ihracat", "üretim", "İzmir", "yazılım", "depo", "kalıp", "sac", "boya", "fason", "bayi")


def large_study() -> ReportContent:
    """The content of the audit edition, with results and analysis."""
    from kume_desktop.reports.agreement import areas_of, levels_of, needs_of
    from kume_desktop.reports.content import AreaFacts, Edition, ReportContent
    from kume_desktop.scoring.inputs import Around
    from kume_desktop.scoring.method import Words
    from kume_desktop.scoring.run import score

    method, indicators = _method()
    chance = np.random.default_rng(SEED)
    firms = tuple(_firms())
    areas = tuple(AreaFacts(f"alan{k:02d}", Words(f"Faaliyet alanı {k}", f"Area {k}"), 160) for k in range(AREAS))
    content = ReportContent(
        study="2.000 firma",
        agency="Kalkınma Ajansı",
        wave="2026",
        demonstration=True,
        edition=Edition("Selin Kaya", "staff", "hız ölçümü", datetime(2026, 11, 22, 12, 0, tzinfo=UTC), "0"),
        method=method,
        indicators=indicators,
        areas=areas,
        firms=firms,
        instruments=(_form(method, firms, chance),),
        ratings=tuple(_ratings(method, firms, chance)),
        panel=(),
        results=None,  # type: ignore[arg-type]  # computed from the rest
    )
    arrays = (areas_of(content), levels_of(content, "firma"), needs_of(content))
    found = score(*arrays, method, around=Around(_issued(content), _frame(content)), computed_at="2026-11-22T12:00:00")
    return replace(content, results=found)


def _method() -> tuple[Method, tuple[Indicator, ...]]:
    """The rules and indicators of the forms that come with the program."""
    from kume_desktop.instruments.compile import convert_cached
    from kume_desktop.instruments.load import load
    from kume_desktop.scoring.method import Method
    from kume_desktop.services import forms

    files = [forms.bundled(name) for name in ("is_ihtiyac", "kumelenme_duzeyi")]
    loaded = [load(convert_cached(file.name, file.read_bytes(), forms.attached(file))) for file in files]
    rows = [row for form in loaded for row in form.indices]
    indicators = tuple(one for form in loaded for one in form.indicators)
    return Method.from_rows(rows, indicators), indicators


def _firms() -> Iterator[FirmFacts]:
    from kume_desktop.reports.content import FirmFacts

    for n in range(FIRMS):
        yield FirmFacts(
            f"F{n + 1:05d}", f"Gösterim Firması {n + 1}", f"alan{n % AREAS:02d}", DISTRICTS[n % 7],
            SIZES[(n // 3) % 5], nace=DIVISIONS[(n // 7) % 5], unit_id=f"F{n + 1:05d}",
        )  # fmt: skip


def _columns(method: Method) -> list[Column]:
    """The need cells, then questions of every kind up to 120."""
    from kume_desktop.reports.content import Column, Option
    from kume_desktop.scoring.method import Words

    options = tuple(Option(str(k), Words(f"{k}. seçenek – yeterli düzeyde", f"choice {k}")) for k in range(1, 6))
    kinds = (("select_one", "string", options), ("integer", "int", ()), ("text", "string", ()), ("date", "date", ()))
    cells = [cell.code for cell in method.needs.cells]
    found = [Column(f"/data/{c}", c, Words(f"{c} ne düzeyde yeterli?"), "select_one", options=options) for c in cells]
    for n in range(len(cells), ANSWERS):
        kind, datatype, choices = kinds[0] if n < 70 else kinds[1 + n % 3]
        label = Words(f"{n}. soru: firmanızda durum nedir?", f"Question {n}")
        found.append(Column(f"/data/soru_{n}", f"soru_{n}", label, kind, datatype, choices))
    return found


def _form(method: Method, firms: tuple[FirmFacts, ...], chance: np.random.Generator) -> InstrumentFacts:
    from kume_desktop.reports.content import AnswerTable, InstrumentFacts
    from kume_desktop.scoring.method import Words

    columns = _columns(method)
    picks = chance.integers(1, 6, (len(firms), ANSWERS))
    rows = tuple(_rows(firms, columns, picks))
    table = AnswerTable("", Words("Büyük form"), tuple(columns), rows)
    return InstrumentFacts("buyuk", "1", Words("Büyük form"), "0" * 64, (table,), len(rows), rates=True)


def _rows(firms: tuple[FirmFacts, ...], columns: list[Column], picks: np.ndarray) -> Iterator[AnswerRow]:
    from kume_desktop.reports.content import AnswerRow

    for place, firm in enumerate(firms):
        values = {
            column.path: (_answer(column, int(pick), place + number),)
            for number, (column, pick) in enumerate(zip(columns, picks[place], strict=True))
        }
        yield AnswerRow(firm.code, f"{firm.code}-1", "completed", counts=True, values=values)


def _answer(column: Column, pick: int, place: int) -> str:
    match column.datatype:
        case "int":
            return str(pick * 137 + place % 1000)
        case "date":
            return f"2026-{1 + place % 12:02d}-{1 + place % 28:02d}"
        case _ if column.options:
            return str(pick)
        case _:
            return f"{WORDS[place % 12]} {WORDS[(place + pick) % 12]} {place}"


def _ratings(method: Method, firms: tuple[FirmFacts, ...], chance: np.random.Generator) -> Iterator[RatingRow]:
    """One level of each firm on each indicator, and a second rater's on every tenth firm."""
    from kume_desktop.reports.content import RatingRow

    at = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    given = chance.integers(1, 6, (len(firms), len(method.indicators)))
    for place, firm in enumerate(firms):
        for k, code in enumerate(method.indicator_codes):
            row = RatingRow(
                firm.code, code, int(given[place, k]), used=True, rater=f"Puanlayıcı {place % 6}", round="1",
                basis=str(1 + k % 3), reason="belge görüldü", suggestion=3, interview=f"{firm.code}-1", at=at,
            )  # fmt: skip
            yield row
            if place % 10 == 0:
                yield replace(row, used=False, rater=f"Puanlayıcı {(place + 1) % 6}", level=3)


def _issued(content: ReportContent) -> Firms:
    from kume_desktop.scoring.inputs import Disposition, Firms

    firms, number = content.firms, {area.code: place for place, area in enumerate(content.areas)}
    return Firms(
        ids=tuple(firm.code for firm in firms),
        codes=tuple(firm.code for firm in firms),
        area=np.array([number[firm.area] for firm in firms], dtype=np.int64),
        size_class=tuple(firm.size_class for firm in firms),
        district=tuple(firm.district for firm in firms),
        nace=tuple(firm.nace for firm in firms),
        sources=((),) * len(firms),
        interviewer=("",) * len(firms),
        disposition=(Disposition.COMPLETED,) * len(firms),
        staff=np.full(len(firms), 12.0),
        probability=np.full(len(firms), np.nan),
    )


def _frame(content: ReportContent) -> Frame:
    from kume_desktop.scoring.inputs import Frame

    count = len(content.areas)
    sizes = np.full((count, len(SIZES)), 32, dtype=np.int64)
    districts = np.full((count, len(DISTRICTS)), -1, dtype=np.int64)
    none = np.full(count, -1, dtype=np.int64)
    return Frame(SIZES, sizes, DISTRICTS, districts, none, np.full(count, np.nan), ("entered",) * count)
