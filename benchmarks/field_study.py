"""A study of 20,000 firms with contact attempts at every third of them, made in memory with a seed and then stored."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.unit_of_work import Act

FIRMS, AREAS = 20_000, 12
SEED = 2013
DISTRICTS = (
    "Aliağa", "Balçova", "Bayındır", "Bergama", "Bornova", "Çeşme", "Çiğli", "Dikili", "Foça", "Gaziemir",
    "Karabağlar", "Karşıyaka", "Kemalpaşa", "Kınık", "Konak", "Menderes", "Menemen", "Tire", "Torbalı", "Urla",
)  # fmt: skip
FIRST = ("Ağaçkakan", "Çınaraltı", "Gümüşkavak", "Ilıcabaşı", "İğdeli", "Şafakbükü", "Üzümdalı")
SECOND = ("Kimya", "Soğutma", "Konserve", "Lojistik", "Boya", "Makine", "Döküm", "Fan Sistemleri", "Gıda", "İplik")
SIZES = ("1-9", "10-24", "25-49", "50-249", "250+")
PASSPHRASE, PERSON = "parola-1234", "Elif Demirtaş"
OUTCOMES = ("10", "3", "11", "4", "10")


def make(folder: Path, firms: int = FIRMS) -> Study:
    """The study, open."""
    from kume_desktop.services import studies
    from kume_desktop.services.views import Area, StudyFacts

    facts = StudyFacts("Ajans", 2025, "6698", "ajans", "iki yıl", "kvkk@ajans.example")
    areas = [Area(f"alan{k:02d}", f"Faaliyet alanı {k + 1}", f"Activity area {k + 1}", "28", "2", 2000)
             for k in range(AREAS)]  # fmt: skip
    study = studies.create_study(
        folder / "buyuk.kume", "20.000 firma", facts, PASSPHRASE, PERSON, areas, demonstration=True
    )
    with study.act() as act:
        _fill(act, study.wave.wave_id, firms)
    return study


def _fill(act: Act, wave_id: str, firms: int) -> None:
    from kume_desktop.store import writing

    chance = random.Random(SEED)
    now = datetime.now(UTC)
    for n in range(firms):
        unit_id = writing.add_unit(
            act,
            {
                "code": f"F{n + 1:05d}",
                "name": f"{chance.choice(FIRST)} {chance.choice(SECOND)} {n + 1}",
                "area": f"alan{chance.randrange(AREAS):02d}",
                "district": chance.choice(DISTRICTS),
                "nace": f"{chance.randrange(10, 33)}.{chance.randrange(10, 99)}",
                "nace_revision": "2",
                "size_class": chance.choice(SIZES),
                "tax_number": f"{chance.randrange(10**9, 10**10)}",
            },
            natural_person=False,
        )
        if n % 3 == 0:
            coming = now + timedelta(days=chance.randrange(1, 9))
            outcome = chance.choice(OUTCOMES)
            next_at = coming if outcome == "3" else None
            writing.record_visit(act, wave_id, unit_id, outcome, note="santral: yarın arayın", next_at=next_at)
