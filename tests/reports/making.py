"""A small study made by hand: two forms, three areas with awkward codes, answers of every kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from kume_desktop.instruments.model import Choice, Instrument, Kind, Node, Part, Personal
from kume_desktop.reports.agreement import areas_of, levels_of, needs_of
from kume_desktop.reports.content import AreaFacts, Edition, FirmFacts, PanelRow, RatingRow, ReportContent
from kume_desktop.reports.contents import of_edition
from kume_desktop.reports.tables import Answered, instrument_facts
from kume_desktop.scoring.method import FIRM_ROUTE, PANEL_ROUTE, Method, Words
from kume_desktop.scoring.run import score
from kume_desktop.xpath.source import Datatype
from tests.scoring.rules import FUNCTIONS, INDICATORS, RESOURCES, index_rows, the_indicators

LEADS = (
    "=1+1",
    "+90 232",
    "-5 mi?",
    "@SUM(A1)",
    "\tsekme",
    "{=A1}",
    "http://example.org",
    "'tek",
    "007",
    "12345678901234567890",
)
"""Texts that a spreadsheet would like to make something else of."""

CELLS = tuple(f"{function}_{resource}" for function in FUNCTIONS for resource in RESOURCES)
AREAS = ("01", "1", "a*b")
"""Codes that a spreadsheet takes for equal, or for a pattern."""


def label(tr: str, en: str = "") -> dict[str, tuple[Part, ...]]:
    return {"tr": (Part(tr),), "en": (Part(en or f"{tr} (en)"),)}


def node(name: str, kind: Kind, datatype: Datatype = Datatype.STRING, choices: str = "", **more: object) -> Node:
    made = Node(f"/data/g/{name}", name, kind, datatype, label(f"Soru {name}?"), choices=choices)
    return replace(made, **more)


def choice(name: str, missing: str = "") -> Choice:
    return Choice(name, label(f"seçenek {name}", f"choice {name}"), missing)


LISTS = {
    "yeterlik": (
        *(choice(str(level)) for level in range(1, 6)),
        choice("na", "na"),
        choice("dk", "dk"),
        choice("nr", "nr"),
    ),
    "belge": (choice("9001"), choice("14001"), choice("0")),
}


def needs_form() -> Instrument:
    questions = (
        *(node(cell, Kind.SELECT_ONE, choices="yeterlik") for cell in CELLS),
        node("ana_urun", Kind.TEXT),
        node("kisi", Kind.TEXT, personal=Personal.IDENTIFYING, purpose="iletişim"),
        node("unvan", Kind.TEXT, personal=Personal.SOLE_TRADER),
        node("calisan", Kind.INTEGER, Datatype.INT),
        node("oran", Kind.DECIMAL, Datatype.DECIMAL),
        node("gun", Kind.DATE, Datatype.DATE),
        node("belge", Kind.SELECT_MULTIPLE, choices="belge"),
        node("bilgi", Kind.NOTE),
    )
    inside = Node("/data/g/ilis/kurum", "kurum", Kind.TEXT, label=label("Kurum"))
    repeat = Node("/data/g/ilis", "ilis", Kind.REPEAT, label=label("İlişkiler"), children=(inside,))
    return form("ihtiyac", (*questions, repeat))


def rating_form() -> Instrument:
    return replace(form("duzey", (node("ihracat_pay", Kind.INTEGER, Datatype.INT),)), indicators=the_indicators())


def form(name: str, questions: tuple[Node, ...]) -> Instrument:
    group = Node("/data/g", "g", Kind.GROUP, children=questions)
    root = Node("/data", "data", Kind.GROUP, children=(group,))
    title = {"tr": f"Form {name}", "en": f"Form {name} (en)"}
    return Instrument(name, "3", title, ("tr", "en"), "tr", root, LISTS, frozenset(), (), (), (), f"hash-of-{name}")


def firms() -> tuple[FirmFacts, ...]:
    """Seven firms in the first area, four in the second, none in the third; F003 is a person's own."""
    return tuple(
        FirmFacts(
            f"F{n:03d}", f"Gösterim {n:03d}", AREAS[0] if n <= 7 else AREAS[1], "Çiğli", "10-24", sole_trader=n == 3
        )
        for n in range(1, 12)
    )


def need_answers(firm: FirmFacts, chance: random.Random) -> dict[str, tuple[str, ...]]:
    place = int(firm.code[1:])
    answers: dict[str, tuple[str, ...]] = {
        f"/data/g/{cell}": (chance.choice(("1", "2", "2", "3", "4", "5", "dk", "nr")),) for cell in CELLS
    }
    answers["/data/g/ana_urun"] = (LEADS[place % len(LEADS)],)
    answers["/data/g/kisi"] = (f"Ayşe {place}",)
    answers["/data/g/unvan"] = (f"Usta {place}",)
    answers["/data/g/calisan"] = (str(place * 10),)
    answers["/data/g/oran"] = (f"{place}.25",)
    answers["/data/g/gun"] = (f"2026-03-{place:02d}",)
    answers["/data/g/belge"] = ("9001 14001",)
    answers[f"/data/g/ilis[u{place}]/kurum"] = (f"Kurum {place}",)
    if place == 2:
        answers["/data/g/uretim_insan"] = ("2", "4")
        answers["/data/g/pazarlama_bilgi"] = ("3", "3")
        answers["/data/g/ana_urun"] = ("",)
        del answers["/data/g/calisan"]
    return answers


def answered(firm: FirmFacts, form_id: str, answers: dict[str, tuple[str, ...]], counts: bool = True) -> Answered:
    return Answered(firm.code, f"{firm.code}-{form_id}", "completed" if counts else "in_progress", counts, answers)


def ratings(everybody: tuple[FirmFacts, ...], chance: random.Random) -> Iterator[RatingRow]:
    """Levels of all firms; in the second area nobody rated g10, F001 has no g1 and F004 an open conflict on g2."""
    for firm in everybody:
        for code in INDICATORS:
            if (firm.area, code) == (AREAS[1], "g10") or (firm.code, code) == ("F001", "g1"):
                continue
            level = chance.randint(1, 5)
            if (firm.code, code) == ("F004", "g2"):
                yield RatingRow(firm.code, code, None, True, conflict=(2, 4), interview=f"{firm.code}-duzey")
                continue
            at = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
            yield RatingRow(
                firm.code, code, level, True, "rating", "r1", "1", "=belge", "", 3, f"{firm.code}-duzey", at
            )
            if firm.code == "F005":
                yield RatingRow(firm.code, code, 6 - level, False, "rating", "r2", "1", interview=f"{firm.code}-duzey")


def a_method(preset: str = "izka2010") -> Method:
    return Method.from_rows(index_rows(), the_indicators(), preset)


def facts(demonstration: bool, method: Method) -> ReportContent:
    """The content without its results."""
    chance = random.Random(11)
    everybody = firms()
    asked = [answered(firm, "ihtiyac", need_answers(firm, chance)) for firm in everybody]
    asked.append(answered(everybody[0], "ihtiyac-2", need_answers(everybody[0], chance), counts=False))
    rated = [answered(firm, "duzey", {"/data/g/ihracat_pay": (str(n),)}) for n, firm in enumerate(everybody)]
    return ReportContent(
        study="Deneme & Çalışma",
        agency="Kalkınma Ajansı",
        wave="2026",
        demonstration=demonstration,
        edition=Edition("Selin Kaya", "uzman", "yıllık denetim", datetime(2026, 12, 18, 14, 2, tzinfo=UTC), "0.1"),
        method=method,
        indicators=the_indicators(),
        areas=tuple(
            AreaFacts(code, Words(f"Alan {code}", f"Area {code}"), 40 if code != "1" else None) for code in AREAS
        ),
        firms=everybody,
        instruments=(instrument_facts(needs_form(), asked), instrument_facts(rating_form(), rated)),
        ratings=tuple(ratings(everybody, chance)),
        panel=(),
        results=None,  # type: ignore[arg-type]  # computed from the rest
        parts=without_pictures(),
    )


def without_pictures(edition: str = "audit") -> tuple[str, ...]:
    """All parts of an edition but the pictures: drawing them takes seconds."""
    return tuple(kind.key for kind in of_edition(edition) if kind.key != "pictures")


def computed(content: ReportContent, route: str = FIRM_ROUTE) -> ReportContent:
    """The content with the results that its own rows give."""
    arrays = (areas_of(content), levels_of(content, route), needs_of(content))
    found = score(*arrays, content.method, computed_at="2026-12-18T14:02:51", demonstration=content.demonstration)
    return replace(content, results=found)


def a_study(demonstration: bool = True, method: Method | None = None) -> ReportContent:
    return computed(facts(demonstration, method or a_method()))


def a_panel_study() -> ReportContent:
    """The published scorecard in small: sums 29, 18, 14 given by a panel, no firms, no answers."""
    bare = replace(facts(False, a_method()), firms=(), instruments=(), ratings=())
    given = {"01": 29, "1": 18, "a*b": 14}
    panel = tuple(
        PanelRow(area, code, 1 + (total - 10 + 9 - place) // 10, "Komite", "=gerekçe", "A. Kişi", None)
        for area, total in given.items()
        for place, code in enumerate(INDICATORS)
    )
    return computed(replace(bare, panel=panel), PANEL_ROUTE)
