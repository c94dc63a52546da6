"""Figures as files: the same bytes each time, text that can be searched, the colours of the window's light column."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kume_desktop.gui import theme
from kume_desktop.reports.figures import catalogue, palette
from kume_desktop.reports.figures.drawing import to_png, to_svg
from kume_desktop.scoring.method import Method
from tests.reports.figures.scenes import figure_of, six_areas, words_of

SVG = "{http://www.w3.org/2000/svg}"


def test_that_the_palette_is_the_light_column_of_the_window():
    for name in (
        "SURFACE", "WINDOW", "SUNKEN", "TEXT", "TEXT2", "TEXT3", "ACCENT", "ACCENT_FG", "ACCENT_SOFT", "WARN",
        "WARN_SOFT", "LINE_STRONG", "MID", "LINE",
    ):  # fmt: skip
        assert getattr(palette, name) == theme.code(theme.Tone[name], theme.Scheme.LIGHT), name
    light = theme.Scheme.LIGHT
    for pairs, of in (
        (palette.ADEQUACY, theme.adequacy),
        (palette.SEQUENTIAL, theme.sequential),
        (palette.CATEGORIES, theme.category),
    ):
        shown = [tuple(colour.name().upper() for colour in of(step, light)) for step in range(1, len(pairs) + 1)]
        assert shown == [tuple(one.upper() for one in pair) for pair in pairs]
    assert [palette.ADEQUACY[place][0] for place in (0, 4)] == [palette.LESS, palette.MORE]


@pytest.mark.change
def test_that_no_figure_has_a_colour_that_is_not_in_the_table(method: Method):
    known = {value.lower() for name, value in vars(palette).items() if isinstance(value, str) and value.startswith("#")}
    known |= {
        one.lower() for pairs in (palette.ADEQUACY, palette.SEQUENTIAL, palette.CATEGORIES) for p in pairs for one in p
    }
    content = six_areas(method)
    for one in catalogue.catalogue(content, "tr"):
        svg = to_svg(figure_of(content, one.name, one.area)).decode()
        parts = svg.replace("stroke:", "fill:").split("fill:")[1:]
        used = {part.split(";")[0].split('"')[0].strip() for part in parts}
        assert {colour for colour in used if colour.startswith("#")} <= known, one


@pytest.mark.parametrize("name", ["scorecard", "ranks"])
def test_that_the_same_figure_gives_the_same_bytes(method: Method, name: str):
    content = six_areas(method)
    first, second = figure_of(content, name), figure_of(content, name)
    assert to_png(first) == to_png(second) == to_png(first)
    assert to_svg(first) == to_svg(second)


@pytest.mark.change
def test_that_another_process_with_another_hash_seed_gives_the_same_bytes(method: Method, root: Path):
    code = (
        "import hashlib, sys; from tests.reports.figures.scenes import *;"
        "from kume_desktop.reports.figures.drawing import to_png;"
        "figure = figure_of(six_areas(Method.from_json(sys.stdin.read())), 'needs', 'a3');"
        "print(hashlib.sha256(to_png(figure)).hexdigest(), hashlib.sha256(to_svg(figure)).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": "77"},
        input=method.to_json(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    figure = figure_of(six_areas(method), "needs", "a3")
    wanted = [hashlib.sha256(data).hexdigest() for data in (to_png(figure), to_svg(figure))]
    assert told.stdout.split() == wanted, told.stderr


def test_that_an_svg_is_xml_with_text_title_and_no_date(method: Method):
    figure = figure_of(six_areas(method), "scorecard")
    data = to_svg(figure)
    tree = ElementTree.fromstring(data)
    assert tree.get("role") == "img"
    assert tree.findtext(f"{SVG}title") == str(figure.get_label())
    assert {"Küme Karnesi", "Kimya", "İklimlendirme ve Soğutma", "66,7"} <= {
        one.text for one in tree.iter(f"{SVG}text")
    }
    assert b"dc:date" not in data
    assert b"Kume Inter" not in data
    assert b"Inter, 'Segoe UI'" in data


def test_that_a_png_carries_its_text_and_no_trace_of_time_or_program(method: Method):
    figure = figure_of(six_areas(method), "scorecard")
    chunks = dict(_chunks(to_png(figure)))
    assert set(chunks) <= {"IHDR", "pHYs", "IDAT", "IEND", "iTXt", "tEXt"}
    told = chunks["iTXt"].partition(b"\0")[2]
    assert "Endüstriyel Havalandırma" in told.lstrip(b"\0").decode("utf-8")
    assert b"atplotlib" not in b"".join(chunks.values())


def _chunks(data: bytes) -> list[tuple[str, bytes]]:
    found, at = [], 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0]
        found.append((kind.decode(), body))
        at += 12 + length
    return found


def test_that_turkish_letters_are_drawn_by_inter_and_not_by_its_stand_in(method: Method):
    from matplotlib.font_manager import fontManager

    from kume_desktop.reports.figures.lettering import BODY, STRONG, font

    for style in (BODY, STRONG):
        file = Path(fontManager.findfont(font(style), fallback_to_default=False))
        assert file.name.startswith("Inter-")
    from matplotlib.ft2font import FT2Font

    letters = FT2Font(str(file)).get_charmap()
    assert [letter for letter in "ğüşöçıİĞÜŞÖÇâî–−≤≥×◇·“”’" if ord(letter) not in letters] == []


def test_that_the_words_of_a_figure_are_whole_words_in_the_file(method: Method):
    assert "İşbirliğine yönelik istek ve motivasyon" in " ".join(
        words_of(figure_of(six_areas(method), "profile", "a0"))
    )


@pytest.mark.change
def test_that_no_figure_needs_pyplot(root: Path):
    code = "import sys, kume_desktop.reports.figures.catalogue; print('matplotlib.pyplot' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert (told.stdout.strip(), told.stderr) == ("False", "")
