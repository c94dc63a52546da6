"""English sentences read as English with one of what they count; Turkish nouns do not change after a number."""

from __future__ import annotations

import io
import re

import pytest

from kume_desktop import paths, texts

ENTRY = re.compile(r"\{(\w+)\|([^|{}]*)\|([^|{}]*)\}")
COUNTING = re.compile(r"(?<!\{)\{(\w+)\} ((?:[a-z]+ ){0,2}?)([a-z]+)\b")
LIMIT = re.compile(r"(at least|at most|more than|fewer than|longer than|over|to|exactly|first) \{", re.IGNORECASE)
NEVER_ONE = {
    (
        "A formula has {arguments} arguments; Excel takes 255. Nothing was written. "
        "Divide the study into fewer areas or indicators."
    ),
    "The list “{list}” has {count} choices, all on one screen. Write minimal or autocomplete in the column appearance.",
    "{documented} of the {high} levels 4 and 5 rest on a document ({share}); {stated} are based on a claim.",
    "The day has {parts} parts. Nothing was planned. Choose one of them, or none.",
    "The list is short: all {issue} firms are asked. Expected: ±{reached} points.",
    "all {all} indicators are rated",
    "all {count} rows equal",
}


def _with(text: str, group: int) -> str:
    return ENTRY.sub(lambda found: found.group(group), text)


def _nouns() -> dict[str, str]:
    """What the entries count: plural to singular."""
    wordings = [found.groups() for worded in texts.counted().values() for found in ENTRY.finditer(worded)]
    pairs = {many.split()[0]: one.split()[0] for _place, one, many in wordings}
    return {many: one for many, one in pairs.items() if many in {one + "s", one[:-1] + "ies", one + "es"}}


def test_that_a_sentence_reads_as_english_with_one_and_with_more():
    said = "{count} interviews of wave {wave} are not complete. They stay there; staff can complete them."
    assert texts.tr(said, "en", count=2, wave="1") == said.format(count=2, wave="1")
    one = "1 interview of wave 2026 is not complete. It stays there; staff can complete it."
    assert texts.tr(said, "en", count=1, wave="2026") == one
    assert texts.tr(said, "en", count="1", wave="2026") == one, "a number that was written out before"
    assert texts.tr(said, count=1, wave="2026").startswith("2026"), "Turkish is not touched"


def test_that_each_number_of_a_sentence_is_worded_by_itself():
    said = "{firms} firms in {areas} areas"
    heard = {(a, b): texts.tr(said, "en", firms=a, areas=b) for a in (0, 1) for b in (1, 6)}
    assert heard == {
        (0, 1): "0 firms in 1 area", (0, 6): "0 firms in 6 areas",
        (1, 1): "1 firm in 1 area", (1, 6): "1 firm in 6 areas",
    }  # fmt: skip


def test_that_a_one_in_a_sentence_that_does_not_count_changes_nothing():
    assert texts.tr("row {row}", "en", row=1) == "row 1"


def test_that_every_wording_for_many_is_the_sentence_of_the_source():
    known = texts.catalogue()
    entries = texts.counted()
    assert [text for text in entries if text not in known] == []
    assert {text: worded for text, worded in entries.items() if _with(worded, 3) != text} == {}
    assert [text for text, worded in entries.items() if _with(worded, 2) == text] == []


@pytest.mark.parametrize("group", [2, 3])
def test_that_every_wording_keeps_the_places_to_fill(group: int):
    places = re.compile(r"\{(\w+)[|}]")
    broken = [
        text for text, worded in texts.counted().items() if set(places.findall(worded)) - set(places.findall(text))
    ]
    assert broken == []
    assert all(
        set(places.findall(_with(worded, group))) == set(places.findall(text))
        for text, worded in texts.counted().items()
    )


def test_that_no_sentence_counts_without_a_wording_for_one():
    """A sentence is worded for one here, or stands in the source once more in the singular; points have decimals."""
    nouns = _nouns()
    known = set(texts.catalogue())
    lacking = []
    for text in sorted(known - set(texts.counted()) - NEVER_ONE):
        found = next((one for one in COUNTING.finditer(text) if one.group(3) in nouns), None)
        if found and found.group(3) != "points" and not LIMIT.search(text):
            one = found.group(0).removesuffix(found.group(3)) + nouns[found.group(3)]
            lacking += (
                []
                if any(re.match(re.escape(text[: found.start()] + one) + r"\b", other) for other in known)
                else [text]
            )
    assert lacking == []


def test_that_our_reader_sees_what_babel_sees_of_the_wordings():
    from babel.messages.pofile import read_po

    file = paths.resources() / "locale" / "en" / "counted.po"
    read = {str(one.id): str(one.string) for one in read_po(io.BytesIO(file.read_bytes()), locale="en") if one.id}
    assert read == texts.counted()
