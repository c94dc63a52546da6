"""R12 at a real study: whatever is changed in a laptop's package, the agency refuses it; its study stays as it is."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services.packages import making, reading
from kume_desktop.store import reading as stored
from tests.exchange.mutations import changed
from tests.exchange.sealed import world
from tests.merging.offices import Office, send
from tests.services.interviewed import interview

QUICK, LONG, PARTS = 300, 20_000, 10


def files_of(office: Office) -> dict[str, bytes]:
    """The study, its write-ahead log and what else lies beside it."""
    return {file.name: file.read_bytes() for file in office.folder.glob(f"{office.file.name}*")}


def mutate(pair: tuple[Office, Office], folder: Path, cases: int, seed: int) -> str:
    """Try so many changed packages; what was counted."""
    office, field = pair
    with field.open() as study:
        interview(study, stored.units(study.database)[0].unit_id)
        whole = send(study, making.interviews(study), folder).read_bytes()
    chance, strangers, file = random.Random(seed), world(), folder / "changed.kume-package"
    codes: set[str] = set()
    refusals = 0
    with office.open() as study:
        file.write_bytes(whole)
        assert reading.examine(study, file).brings_something, "the untouched package is taken"
        before = files_of(office)
        for number in range(cases):
            content = changed(chance, whole, strangers, number)
            if content == whole:
                continue
            file.write_bytes(content)
            with pytest.raises(Refused) as refused:
                reading.examine(study, file)
            codes.add(refused.value.problems[0].code)
            refusals += 1
            assert files_of(office) == before
    assert all(code.startswith("package.") for code in codes)
    assert refusals >= cases * 0.99
    return f"{refusals} mutated, 0 taken, {len(codes)} reasons, the study unchanged byte for byte after each"


def test_that_no_changed_package_is_taken_or_moves_a_byte_of_the_study(
    pair, tmp_path: Path, counted: Callable[[str], None]
):
    counted(f"R12 packages at a study: {mutate(pair, tmp_path, QUICK, 12)}")


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_that_of_twenty_thousand_changed_packages_none_moves_a_byte(
    pair, tmp_path: Path, part: int, counted: Callable[[str], None]
):
    told = mutate(pair, tmp_path, LONG // PARTS, 1_000 + part)
    counted(f"R12 packages at a study, long {part + 1} of {PARTS}: {told}")
