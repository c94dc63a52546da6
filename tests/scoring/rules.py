"""The rows of a method as the forms hold them, written by hand."""

from __future__ import annotations

from kume_desktop.instruments.model import Anchor, IndexRow, Indicator, Origin, Place

HEADINGS = {"h1": ("g1", "g2"), "h2": ("g3", "g4"), "h3": ("g5", "g6", "g7"), "h4": ("g8", "g9", "g10")}
INDICATORS = tuple(code for codes in HEADINGS.values() for code in codes)
FUNCTIONS = ("uretim", "pazarlama")
RESOURCES = ("insan", "finansman", "duran_varlik", "bilgi", "iliski")
POLICIES = {"1": 1, "2": 4, "3": 3, "all": 1}


def a_row(
    kind: str, code: str = "", parent: str = "", key: str = "", value: str = "", tr: str = "", en: str = ""
) -> IndexRow:
    return IndexRow(kind, code, parent, key, value, {"tr": tr, "en": en}, Origin.OWN, Place("indices", 7))


def index_rows() -> list[IndexRow]:
    rows = [
        a_row("preset", "izka2010", tr="İZKA-2010 (3 düzey)", en="İZKA-2010 (3 levels)"),
        a_row("preset", "bes_duzey"),
    ]
    for preset, highest in (("izka2010", "3"), ("bes_duzey", "5")):
        rows += [a_row("scale", "", preset, "min", "1"), a_row("scale", "", preset, "max", highest)]
        rows += [a_row("weight", "", preset, code, "1") for code in INDICATORS]
        rows += [a_row("cut", "", preset, "1", "2/3"), a_row("cut", "", preset, "2", "0.3333333333333333")]
        rows += [a_row("missing", "", preset, "min_scored", "8")]
    collapsed = (("1", "1"), ("2", "1"), ("3", "2"), ("4", "3"), ("5", "3"))
    rows += [a_row("collapse", "", "izka2010", level, value) for level, value in collapsed]
    rows += [a_row("rounding", key="half_up_decimals", value="9")]
    rows += [a_row("heading", code, tr=f"Başlık {code}") for code in HEADINGS]
    words = ("olgun", "gelişmekte olan", "potansiyel")
    rows += [a_row("category", str(number), tr=word) for number, word in enumerate(words, start=1)]
    rows += [
        a_row("policy", str(order), category, tr=f"öneri {category}.{order}")
        for category, count in POLICIES.items()
        for order in range(count, 0, -1)
    ]
    return rows + need_rows()


def need_rows() -> list[IndexRow]:
    limits = {"need_below": "3", "critical_mean": "2.60", "critical_share": "0.50"}
    bands = {f"band_{place}": limit for place, limit in enumerate(("1.80", "2.60", "3.40", "4.20"), start=1)}
    return [
        *(a_row("function", code, tr=code.title()) for code in FUNCTIONS),
        *(a_row("resource", code, tr=code.title()) for code in RESOURCES),
        *(a_row("cell", f"{f}_{r}", f, r) for f in FUNCTIONS for r in RESOURCES),
        *(a_row("need", key=key, value=value) for key, value in {**limits, **bands}.items()),
        *(a_row("likert", str(level), tr=f"etiket {level}") for level in range(1, 6)),
    ]


def the_indicators() -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            code, number, heading, {"tr": f"Başlık {heading}"},
            {"tr": f"gösterge {code}", "en": f"one {code}"},
            tuple(Anchor(level, {"tr": f"düzey {level}", "en": f"level {level}"}) for level in range(1, 6)),
            {"tr": "belge", "en": "document"}, "", Origin.OWN,
        )
        for number, (code, heading) in enumerate(((c, h) for h, codes in HEADINGS.items() for c in codes), start=1)
    )  # fmt: skip
