"""What a planned firm answers: facts from which the rubric's suggestion returns the planned level.

The inverse of the ten suggestion expressions of `forms/kumelenme_duzeyi.xlsx`; a test holds the two together.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kume_desktop import turkish
from kume_desktop.services.demonstration.plan import PlannedFirm

Facts = dict[str, str]
REFERENCE_YEAR = 2025
_YES, _NO = "1", "2"
_PRODUCTS: Mapping[str, tuple[str, ...]] = {
    "iklimlendirme": ("Soğutma grubu", "Klima santrali", "Havalandırma kanalı", "Fan ve aspiratör"),
    "meyve_sebze": ("Kurutulmuş domates", "Turşu ve konserve", "Meyve suyu konsantresi", "Dondurulmuş sebze"),
    "kimya": ("Endüstriyel boya", "Temizlik kimyasalları", "Yapıştırıcı", "Reçine"),
    "arac_ustu": ("Damper", "Soğutmalı kasa", "Treyler ekipmanı", "İtfaiye üst yapısı"),
    "lojistik": ("Karayolu taşımacılığı", "Depolama hizmeti", "Gümrükleme ve taşıma", "Soğuk zincir dağıtımı"),
    "gelinlik": ("Gelinlik", "Abiye elbise", "Nişanlık", "Gelinlik aksesuarı"),
}
_BASE_CERTIFICATE = {"meyve_sebze": "2"}
_ADVANCED_CERTIFICATE = {"meyve_sebze": "11", "arac_ustu": "10", "lojistik": "14", "gelinlik": "15", "kimya": "13"}
_SHORTAGES = {
    "uretim_acil": ("Nitelikli usta bulmak", "Makine parkının yaşı", "Enerji maliyeti", "Hammadde için nakit"),
    "pazarlama_acil": ("Yabancı dil bilen eleman", "Fuar bütçesi", "Yurt dışı alıcı bulmak", "Marka bilinirliği"),
}


def identity(firm: PlannedFirm, chance: random.Random) -> Facts:
    """Sections A-C and the outcome, the same in both forms of a visit."""
    founded = REFERENCE_YEAR - 4 - int(30 * chance.random())
    return {
        "gorusme_bicimi": "1",
        "aydinlatma_okundu": chance.choice(("1", "1", "2")),
        "katilim": "1",
        "gorev": chance.choice(("1", "1", "2", "3", "4", "5")),
        "unvan_dogru": _YES,
        "hukuki_yapi": "1" if firm.staff < 10 and chance.random() < 0.4 else chance.choice(("2", "2", "3")),
        "ana_urun": chance.choice(_PRODUCTS[firm.area]),
        "alan_uygun": _YES,
        "ilce": turkish.fold(firm.district),
        "kurulus_yili": str(founded),
        "calisan_sayisi": str(firm.staff),
        "kimlik_dogru": _YES,
        "ayni_yetkili": _YES,
        "acik_riza": chance.choice((_YES, _NO, _NO)),
        "yan_tel": f"0232 000 00 {firm.number % 100:02d}",
        "sonuc_gonder": chance.choice((_YES, _NO)),
        "sonuc": "1",
        "baskasi": chance.choice((_NO, _NO, _YES)),
        "anlama": chance.choice(("3", "3", "2")),
    }


def needs(firm: PlannedFirm, chance: random.Random) -> Facts:
    """Sections D-F of the needs interview."""
    facts: Facts = dict(firm.needs)
    for cell, answer in firm.needs.items():
        if answer in {"1", "2", "3"}:
            facts[f"{cell}_eksik"] = _some(chance, 5, 2) if answer != "3" else chance.choice(("0", "1", "4"))
    for node, texts in _SHORTAGES.items():
        if chance.random() < 0.7:
            facts[node] = chance.choice(texts)
    weakest = sorted(firm.needs, key=lambda cell: (firm.needs[cell], chance.random()))
    facts |= {
        "ihracat_var": _export_way(firm),
        "oncelik_1": weakest[0],
        "oncelik_2": weakest[1],
        "ortak_cozum": _some(chance, 6, 2),
        "destek_kullanim": chance.choice(("0", "1", "1 3", "2", "4 5")),
    }
    return facts


def clustering(firm: PlannedFirm, chance: random.Random) -> Facts:
    """Sections D-H of the clustering-level survey, so that each suggestion is the planned level."""
    facts: Facts = {}
    maker = _Clustering(firm, chance)
    for indicator, make in _BY_INDICATOR.items():
        facts |= make(maker, firm.levels[indicator])
    return facts | {
        "ayrilan": str(int(firm.staff * 0.15 * chance.random())),
        "ciro_band": chance.choice(("dk", "nr")) if chance.random() < 0.2 else _turnover_band(firm.staff),
        "isbirligi_engel": _some(chance, 6, 2),
        "belge_gorulen": _some(chance, 5, 3),
    }


def _some(chance: random.Random, size: int, most: int) -> str:
    return " ".join(sorted(chance.sample([str(code) for code in range(1, size + 1)], chance.randint(1, most))))


def _turnover_band(staff: int) -> str:
    return "1" if staff < 10 else "2" if staff < 50 else "3" if staff < 250 else "4"


def _export_way(firm: PlannedFirm) -> str:
    level = firm.levels["g2"]
    if level <= 2:
        return {1: "4", 2: "2"}[level]
    return random.Random(firm.number).choice(("1", "1", "3"))


@dataclass(frozen=True, slots=True)
class _Clustering:
    """The facts behind each indicator of one firm, by the level that they must give."""

    firm: PlannedFirm
    chance: random.Random

    def home_market(self, level: int) -> Facts:
        provinces = {1: (1, 1), 2: (2, 4), 3: (5, 19), 4: (20, 60), 5: (20, 75)}[level]
        brand = self.chance.choice(("3", "4")) if level >= 4 else self.chance.choice(("0", "1", "2"))
        return {
            "il_sayisi": str(self.chance.randint(*provinces)),
            "musteri_pay": self.chance.choice(("1", "2", "3")),
            "marka_pay": brand,
            "yurtici_yon": "3" if level == 5 else self.chance.choice(("1", "2")),
            "pazar_sira": "2" if level == 5 else self.chance.choice(("1", "1", "3")),
        }

    def foreign_market(self, level: int) -> Facts:
        way = _export_way(self.firm)
        if level == 1:
            return {"ihracat_yol": way}
        share, countries, years = {
            2: ((1, 9), (1, 2), "2"),
            3: ((10, 24), (3, 12), "3"),
            4: ((25, 50), (8, 30), "3"),
            5: ((51, 90), (8, 45), "3"),
        }[level]
        return {
            "ihracat_yol": way,
            "ihracat_pay": str(self.chance.randint(*share)),
            "ihracat_ulke": str(self.chance.randint(*countries)),
            "ihracat_yil": years,
            "yurtdisi_varlik": self.chance.choice(("1", "3", "0")) if level == 5 else "0",
        }

    def certificates(self, level: int) -> Facts:
        base = _BASE_CERTIFICATE.get(self.firm.area, "1")
        held = {
            1: "0",
            2: "0",
            3: base,
            4: f"{base} 5",
            5: f"{base} 5 {_ADVANCED_CERTIFICATE.get(self.firm.area, '13')}",
        }[level]
        facts = {"belge": held, "dis_denetim": str(self.chance.randint(1, 4) if level >= 3 else 0)}
        if held == "0":
            facts["belge_surec"] = "1" if level == 1 else self.chance.choice(("2", "3"))
        return facts

    def departments(self, level: int) -> Facts:
        count = {
            1: 1,
            2: self.chance.choice((2, 3)),
            3: self.chance.choice((4, 5)),
            4: self.chance.choice((6, 7)),
            5: 8,
        }[level]
        written = level >= 4
        return {
            "birim": " ".join(str(code) for code in range(1, count + 1)),
            "sema": _YES if level >= 3 else _NO,
            "gorev_tanimi": _YES if written else _NO,
            "yillik_butce": _YES if level == 5 else _NO,
            "profesyonel": _YES if level == 5 else _NO,
        }

    def research(self, level: int) -> Facts:
        people = {1: 0, 2: 0, 3: 1, 4: 2, 5: 3}[level]
        centre = "1" if level == 5 and self.firm.staff >= 50 else "0"
        return {
            "arge_kisi": str(people),
            "yeni_urun": "0" if level == 1 else str(self.chance.randint(1, 8)),
            "arge_pay": {1: "0", 2: "1", 3: "1", 4: "2", 5: "3"}[level],
            "arge_destek": self.chance.choice(("1", "2")) if level >= 4 else "0",
            "tescil": {4: "3", 5: "1 3"}.get(level, "0"),
            "arge_merkez": centre,
        }

    def employment(self, level: int) -> Facts:
        """Trend 0-2 plus skill 0-2 make level 1-5."""
        trend, skill = {1: (0, 0), 2: (1, 0), 3: self.chance.choice(((1, 1), (2, 0), (0, 2))), 4: (1, 2), 5: (2, 2)}[
            level
        ]
        staff = self.firm.staff
        before = {0: staff + max(1, -(-staff // 8)), 1: staff, 2: max(1, int(staff / 1.3))}[trend]
        skilled = {0: 0 if staff < 10 else staff // 10, 1: -(-staff // 5), 2: -(-staff // 2)}[skill]
        return {"calisan_once": str(before), "nitelikli": str(skilled)}

    def universities(self, level: int) -> Facts:
        kinds = {
            1: "0",
            2: "1",
            3: self.chance.choice(("2", "3", "4", "1 4")),
            4: self.chance.choice(("5", "4 5", "6")),
            5: "5 8",
        }
        contract = _YES if level == 5 else _NO
        return {"uni_iliski": kinds[level]} | ({"uni_sozlesme": contract} if level > 1 else {})

    def organisation(self, level: int) -> Facts:
        member = {1: "0", 2: "1", 3: self.chance.choice(("1", "1 4")), 4: "1 4", 5: "1 2"}[level]
        if level == 1:
            return {"uyelik": member}
        events = self.chance.randint(0, 1) if level == 2 else self.chance.randint(2, 9)
        role = {4: "1", 5: self.chance.choice(("2", "3"))}.get(level, "0")
        return {"uyelik": member, "etkinlik": str(events), "orgut_gorev": role}

    def cooperation(self, level: int) -> Facts:
        today = _some(self.chance, 6, 2)
        if level == 1:
            return {"isbirligi_bugun": "0", "isbirligi_konu": "0"}
        return {"isbirligi_bugun": today, "isbirligi_konu": _some(self.chance, 6, 3), "isbirligi_taahhut": str(level)}


_BY_INDICATOR: Mapping[str, Callable[[_Clustering, int], Facts]] = {
    "g1": _Clustering.home_market,
    "g2": _Clustering.foreign_market,
    "g3": _Clustering.certificates,
    "g4": _Clustering.departments,
    "g5": _Clustering.research,
    "g6": _Clustering.employment,
    "g8": _Clustering.universities,
    "g9": _Clustering.organisation,
    "g10": _Clustering.cooperation,
}
