"""What files of packages are called: readable for people, carried by every system, and of no weight."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from kume_desktop import texts
from kume_desktop.exchange.packages.format import Kind
from kume_desktop.services import package_names
from kume_desktop.services.packages import making, outbox, reading
from kume_desktop.store import package_rows
from tests.merging.offices import send, take

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 11, 23, 8, 5, 9, tzinfo=UTC)
CARRIED = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*\.kume-package")
LONGEST = 120


@pytest.fixture(params=texts.LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(texts, "_current", [request.param])
    return str(request.param)


def test_that_names_are_words_of_one_language_whatever_a_package_is(language: str):
    given = {kind: package_names.package("Dizüstü 07", kind, AT, "…c0ffee")[0] for kind in Kind}
    words = {
        "tr": ("tanitim", "atama", "gorusme", "iade", "alindi"),
        "en": ("introduction", "assignment", "interviews", "return", "receipt"),
    }
    told = tuple(name.removeprefix("Dizustu-07-").split("-")[0] for name in given.values())
    assert told == words[language]
    assert {name.partition("20261123")[2] for name in given.values()} == {"-080509-c0ffee.kume-package"}
    part = {"tr": "-parca-2-3", "en": "-part-2-3"}[language]
    assert package_names.package("a", Kind.RETURN, AT, "c0ffee", 3)[1].removesuffix(".kume-package").endswith(part)


STRANGE = (
    "CON", 'a/b\\c:d*e?f<g>h|i"j', "..", " . ", "Ноутбук", "ÇĞİÖŞÜ çğıöşü âîû", "ne\u0301", "x" * 300, "", "\u202e7",
    "A\tB\n",
)  # fmt: skip


@pytest.mark.parametrize("computer", STRANGE)
def test_that_every_system_and_stick_can_carry_the_name_of_any_computer(computer: str, language: str):
    names = [
        package_names.introduction(computer, "0192aaaa-0000-7000-8000-00000fc0ffee"),
        *package_names.package(computer, Kind.INTERVIEWS, AT, "0192aaaa-0000-7000-8000-00000fc0ffee", 12),
    ]
    assert len(set(names)) == len(names)
    for name in names:
        assert CARRIED.fullmatch(name) and len(name) <= LONGEST, name
        assert name.partition("-")[0].upper() not in {"", "NUL"}


def test_that_turkish_letters_become_their_plain_ones_and_keep_their_case():
    assert package_names.plain("ÇĞİÖŞÜ çğıöşü âîû I") == "CGIOSU-cgiosu-aiu-I"


def test_that_two_computers_of_one_name_do_not_write_over_each_other_on_a_stick():
    first, second = (package_names.introduction("Dizüstü", name) for name in ("…c0ffee", "…decade"))
    assert first != second == package_names.introduction("Dizüstü", "…decade"), "the same one writes the same file"


def test_that_a_package_to_a_laptop_is_named_after_it_and_its_own_after_itself(pair, tmp_path: Path):
    office, field = pair
    with office.open() as study:
        assert making.assignment(study, field.device_id).files[0].name.startswith("Dizustu-Elif-atama-")
    with field.open() as study:
        assert making.interviews(study).files[0].name.startswith("Dizustu-Elif-gorusme-")


def test_that_no_name_decides_anything_and_packages_of_older_names_are_there_still(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        made = making.interviews(study)
        # As the program named them before: the package knows its files by what stands in the study.
        older = "Dizüstü_Elif-interviews-20261123-080509-fc2a.kume-package"
        made.files[0].rename(made.files[0].with_name(older))
        row = package_rows.package(study.database, made.package_id)
        with study.act() as act:
            package_rows.keep_package(act, _named(row, older))
        assert [file.name for file in outbox.packages(study)[0].files] == [older]
        copy = send(study, made, tmp_path)
        assert copy.name == older
    strange = tmp_path / "Firma fotoğrafı.jpg"
    shutil.copy(copy, strange)
    with office.open() as study:
        assert reading.examine(study, strange).new == reading.examine(study, copy).new > 0
        assert take(study, strange).new > 0


def _named(row: package_rows.PackageRow, name: str) -> package_rows.PackageRow:
    return replace(row, told={**row.told, outbox.NAMES: [name]})
