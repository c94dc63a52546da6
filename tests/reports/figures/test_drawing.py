"""The board and its hands: measures, wrapping, alignment, legends, sizes."""

from __future__ import annotations

from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Patch
from matplotlib.text import Text

from kume_desktop.reports.figures import palette
from kume_desktop.reports.figures.artists import Align
from kume_desktop.reports.figures.drawing import MARGIN, POINTS, Board, drawn, to_svg
from kume_desktop.reports.figures.frame import Head, Scale, heads, mark, number_columns, swatches, ticks
from kume_desktop.reports.figures.lettering import (
    BODY,
    CAPTION,
    FALLBACK,
    FAMILY,
    STRONG,
    TITLE,
    Weight,
    font,
    font_for,
    width_of,
    wrapped,
)
from tests.reports.figures.scenes import boxes

WORDS = st.lists(st.text("abcçdğıiöşüİĞ.,-()/", min_size=1, max_size=30), min_size=1, max_size=20)


@given(WORDS, st.integers(20, 400))
@settings(max_examples=60, deadline=None)
def test_that_wrapping_loses_no_letter_and_no_line_is_too_wide(words: list[str], width: int):
    text = " ".join(words)
    lines = wrapped(text, float(width), BODY)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line, BODY) <= width for line in lines if len(line) > 1)


def test_that_nothing_wraps_to_one_empty_line():
    assert wrapped("", 100, BODY) == ("",)
    assert wrapped("  ", 100, BODY) == ("",)


def test_that_a_scale_runs_from_edge_to_edge():
    scale = Scale(1, 3, 100, 300)
    assert [scale.at(value) for value in (1, 2, 3)] == [100, 200, 300]


@pytest.mark.parametrize(("align", "edge"), [(Align.LEFT, "x0"), (Align.CENTER, "middle"), (Align.RIGHT, "x1")])
def test_that_text_stands_where_it_is_put(align: Align, edge: str):
    board = Board(400)
    board.text(200, 50, "Ağırlık", BODY, align=align)
    [(_text, box)] = boxes(board.finish(100))
    found = {"x0": box.x0, "x1": box.x1, "middle": (box.x0 + box.x1) / 2}[edge]
    assert found == pytest.approx(200, abs=1.5)
    assert box.y0 <= 50 <= box.y1


def test_that_a_dollar_sign_is_a_dollar_sign():
    board = Board(400)
    board.text(20, 50, "$x^2$ & <b>", BODY)
    svg = to_svg(board.finish(100)).decode()
    assert "$x^2$ &amp; &lt;b&gt;" in svg


def test_that_a_measured_width_is_the_drawn_one():
    for style in (BODY, STRONG, TITLE, CAPTION):
        board = Board(800)
        text = "İşbirliğine yönelik istek ve motivasyon düzeyi 1.234,5"
        board.text(20, 50, text, style)
        [(_text, box)] = boxes(board.finish(100))
        assert box.width == pytest.approx(width_of(text, style), abs=1.5)


def test_that_paragraphs_grow_downward_by_their_lines():
    board = Board(400)
    text = "Endüstriyel Havalandırma, İklimlendirme ve Soğutma"
    bottom = board.paragraph(20, 10, 100, text, BODY)
    assert bottom == pytest.approx(10 + len(wrapped(text, 100, BODY)) * BODY.leading)
    assert max(box.y1 for _text, box in boxes(board.finish(200))) <= 200 - 10


def test_that_a_block_of_lines_is_centred():
    board = Board(400)
    board.middle(20, 100, [("Bir", STRONG, palette.TEXT), ("iki", BODY, palette.TEXT2), ("", BODY, palette.TEXT)])
    found = boxes(board.finish(200))
    assert [text for text, _box in found] == ["Bir", "iki"]
    assert found[0][1].y0 > found[1][1].y0


def test_that_the_weights_are_four_files_of_inter():
    from matplotlib.font_manager import fontManager

    files = {fontManager.findfont(font(type(BODY)(9, weight)), fallback_to_default=False) for weight in Weight}
    assert sorted(file.rpartition("Inter-")[2] for file in files) == [
        "Bold.ttf", "Medium.ttf", "Regular.ttf", "SemiBold.ttf",
    ]  # fmt: skip


def test_that_letters_that_inter_lacks_are_drawn_by_the_stand_in():
    board = Board(400)
    board.text(20, 50, "Привет 你 ğ", BODY)
    assert boxes(board.finish(100))[0][1].width > 30


def test_that_ticks_that_would_touch_are_left_out_the_first_ones_stay():
    board = Board(400)
    ticks(board, Scale(0, 100, 50, 350), 40, [(50, "50,0"), (51, "51,0"), (0, "0"), (100, "100"), (99, "99,0")])
    assert [text for text, _box in boxes(board.finish(60))] == ["50,0", "0", "100"]


def test_that_ticks_at_the_ends_stay_beside_the_scale():
    board = Board(400)
    ticks(board, Scale(33.3, 100, 16, 384), 40, [(33.3, "en düşük uzun"), (100, "en yüksek uzun")])
    found = [box for _text, box in boxes(board.finish(60))]
    assert min(box.x0 for box in found) >= 7
    assert max(box.x1 for box in found) <= 393


def test_that_a_legend_goes_on_in_another_line():
    board = Board(200)
    words = ["Kesinlikle Yetersiz Düzeyde", "Yetersiz Düzeyde", "Yeterli Düzeyde"]
    bottom = swatches(board, 0, [(mark(board, palette.ACCENT), word) for word in words])
    found = boxes(board.finish(bottom + 10))
    assert len({round(box.y0) for _text, box in found}) == 3
    assert max(box.x1 for _text, box in found) <= 200


def test_that_heads_share_their_last_line():
    board = Board(400)
    bottom = heads(board, 10, [Head(16, "Faaliyet alanı", 100), Head(200, "firma seçimi bandı", 40, Align.RIGHT)])
    found = dict(boxes(board.finish(100)))
    assert found["Faaliyet alanı"].y0 == pytest.approx(found["bandı"].y0)
    assert found["seçimi"].y0 > found["bandı"].y0
    assert all(100 - box.y0 <= bottom + 3 for box in found.values())


def test_that_columns_of_numbers_are_as_wide_as_the_longest_word_of_their_head():
    edges = number_columns(500, ["n", "published", "yayın biçimi"])
    assert edges[-1] == 500
    assert edges[0] < edges[1] < edges[2]
    assert edges[1] - edges[0] >= width_of("published", CAPTION)
    assert edges[2] - edges[1] < width_of("yayın biçimi", CAPTION) + 9


def test_that_a_figure_without_a_size_is_as_high_as_its_content():
    figure = drawn(lambda board: board.paragraph(MARGIN, 0, 100, "bir iki üç dört", BODY) + 5, 144)
    assert tuple(figure.get_size_inches()) == pytest.approx((2, (len(wrapped("bir iki üç dört", 100, BODY)) * BODY.leading + 5) / 72))  # noqa: E501 # fmt: skip


def test_that_a_low_size_makes_everything_smaller():
    def draw(board: Board) -> float:
        board.text(20, 20, "Metin", BODY)
        board.rule((0, 30), (10, 30))
        return 300

    tall, low = drawn(draw, 200, (4, 5)), drawn(draw, 200, (4, 2.5))
    sizes = [one.findobj(Text)[0].get_fontsize() for one in (tall, low) if one.findobj(Text)]
    texts = [[t.get_fontsize() for t in one.findobj(Text) if t.get_text()] for one in (tall, low)]
    assert texts[0] == [BODY.size]
    assert texts[1][0] < BODY.size
    assert sizes
    assert tuple(low.get_size_inches()) == pytest.approx((4, 2.5))


@pytest.mark.parametrize(("text", "family"), [("Çiğli", [FAMILY]), ("Çiğli 你", [FAMILY, FALLBACK])])
def test_that_a_second_font_is_asked_only_for_letters_that_ours_has_not(text, family):
    assert font_for(text, BODY).get_family() == family


@pytest.mark.parametrize("align", list(Align))
def test_that_a_line_is_drawn_where_it_is_measured(align):
    """The ink of a line begins and ends within its extent, to a pixel."""
    board = Board(200)
    board.text(100, 20, "IMHI", BODY, palette.TEXT, align)
    figure = board.finish(40)
    (line,) = figure.findobj(Text)
    figure.set_dpi(POINTS)
    canvas = FigureCanvasAgg(figure)
    with mpl.rc_context({"text.hinting": "no_hinting"}):
        canvas.draw()
        extent = line.get_window_extent(canvas.get_renderer())
    inked = np.flatnonzero((np.asarray(canvas.buffer_rgba())[..., :3] < 200).any(axis=(0, 2)))
    assert inked[0] == pytest.approx(extent.x0, abs=2)
    assert inked[-1] == pytest.approx(extent.x1, abs=2)


def test_that_lines_break_where_measuring_them_whole_would_break_them():
    for style in (BODY, TITLE):
        for width in range(40, 200, 7):
            lines = wrapped("AVAVA To Ty. İç pazar payı VA Tavla, Av. fi Yoğunluk", width, style)
            words = [line.split() for line in lines]
            assert all(width_of(line, style) <= width for line in lines if " " in line)
            for line, after in pairwise(words):
                assert width_of(" ".join([*line, after[0]]), style) > width or width_of(after[0], style) > width


def test_that_every_shape_stays_unclipped_and_in_the_colours_that_are_asked():
    board = Board(400)
    board.interval(50, 150, 40)
    board.dot(100, 40)
    board.ring(120, 40)
    board.diamond(160, 40)
    board.pill(200, 30, 60, 12, palette.ACCENT, dashed=True)
    board.hatch(280, 30, 60, 20)
    board.flag(350, 40, palette.TEXT, filled=False)
    board.dotted(370, 10, 60)
    figure = board.finish(80)
    own = figure.artists
    assert len(own) == 6 + 5
    assert {one.get_hatch() for one in own if isinstance(one, Patch)} == {None, "/////"}
    assert not any(one.get_clip_on() for one in own)
