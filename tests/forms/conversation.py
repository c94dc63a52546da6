"""Interviews with the real forms, through the real engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache

from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.instruments.model import Instrument
from kume_desktop.interview import engine
from kume_desktop.interview.state import Interview, Setting
from kume_desktop.interview.suggestion import suggest
from tests.forms.books import content, table

IZMIR = timezone(timedelta(hours=3))
MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=IZMIR)
FRAME = {
    "name": "KIM-017",
    "label": "Deneme Firması",
    "alan_kodu": "kimya",
    "alan_adi": "Kimya",
    "alan_adi_en": "Chemicals",
    "unvan": "Deneme Firması",
    "nace": "20.30",
    "nace_sur": "2",
    "ilce": "bornova",
    "sinif": "4",
}
IDENTITY = {
    "gorusme_bicimi": "1",
    "aydinlatma_okundu": "1",
    "katilim": "1",
    "gorev": "2",
    "unvan_dogru": "1",
    "hukuki_yapi": "2",
    "ana_urun": "Endüstriyel boya",
    "alan_uygun": "1",
    "kurulus_yili": "1998",
    "calisan_sayisi": "60",
}


@cache
def instrument(name: str) -> Instrument:
    """The instrument as the program sees it."""
    return load(convert(f"{name}.xlsx", content(name)))


@cache
def form(name: str) -> engine.Form:
    """The compiled form."""
    return engine.compile_form(instrument(name))


@dataclass(slots=True, repr=False)
class Conversation:
    """An interview that goes on by question names; a refused answer is an assertion error unless it was expected."""

    interview: Interview

    def answer(self, answers: Mapping[str, str]) -> Conversation:
        """Give answers in order; all of them must be accepted."""
        for name, raw in answers.items():
            outcome = engine.answer(self.interview, self.interview.path_of(name), raw)
            assert outcome.accepted, (name, raw, outcome.problems)
            self.interview = outcome.interview
        return self

    def refuses(self, name: str, raw: str) -> bool:
        """Whether this answer would be refused."""
        return not engine.answer(self.interview, self.interview.path_of(name), raw).accepted

    def value(self, name: str) -> str:
        """What the form sees."""
        return self.interview.value(self.interview.path_of(name))

    def asks(self, name: str) -> bool:
        """Whether the question is relevant."""
        return self.interview.is_relevant(self.interview.path_of(name))

    def level(self, indicator: str) -> int | None:
        """The suggested level."""
        return suggest(self.interview)[indicator]


def begin(
    name: str,
    prefilled: Mapping[str, str] | None = None,
    *,
    frame: Mapping[str, str] | None = None,
    study: Mapping[str, str] | None = None,
    now: datetime = MORNING,
    language: str = "tr",
) -> Conversation:
    """Open an interview with the firm of the frame, as the program does from its list."""
    firm = FRAME | dict(frame or {})
    values = {row["ad"]: row["deger"] for row in table("calisma")} | dict(study or {})
    tables = {file: table(file) for file in ("nace", "kurumlar", "kobi")}
    tables |= {"firmalar": [firm], "calisma": [{"ad": key, "deger": value} for key, value in values.items()]}
    setting = Setting(tables, "g01", "laptop-7", language, lambda: now, "seed-1")
    outcome = engine.begin(form(name), setting, {"firma_kodu": firm["name"]} | dict(prefilled or {}))
    assert outcome.accepted, outcome.problems
    return Conversation(outcome.interview)
