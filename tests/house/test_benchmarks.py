"""The benchmarks: what they print, and that each of them can still be run by its name."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from benchmarks import __main__ as bench
from benchmarks.measure import Measurement, interleaved

if TYPE_CHECKING:
    from pathlib import Path


def test_that_a_measurement_is_one_json_line_with_its_ratio():
    line = Measurement("report", 4.0, "ms", "the same cells", 1.6).line()
    assert "\n" not in line
    assert json.loads(line) == {
        "name": "report",
        "value": 4.0,
        "unit": "ms",
        "reference": "the same cells",
        "reference_value": 1.6,
        "ratio": 2.5,
    }


def test_that_both_acts_run_in_turn_and_the_untimed_one_before_each():
    order: list[str] = []
    interleaved(
        lambda: order.append("ours"),
        lambda: order.append("bare"),
        rounds=2,
        warm_up=1,
        settle=lambda: order.append("settle"),
    )
    assert order == ["settle", "ours", "settle", "bare"] * 3


def test_that_an_unknown_name_runs_nothing(capsys: pytest.CaptureFixture[str]):
    assert bench.main(["startup", "speed"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "unknown: speed; there are startup, answer, " in told.err
    assert all(name in told.err for name in bench.NAMES)


@pytest.mark.parametrize("module", bench.NAMES.values())
def test_that_each_benchmark_says_what_it_does(module: str):
    found = import_module(module)
    assert callable(found.run)
    assert len((found.__doc__ or "").split()) > 20


@pytest.mark.change
@pytest.mark.parametrize(
    "name",
    [
        "startup",
        "answer",
        "answer-under-backup",
        "form-60",
        "form-answer",
        "form-repeats",
        "form-choices",
        pytest.param("report", marks=pytest.mark.long),
        pytest.param("big-study", marks=pytest.mark.long),
        pytest.param("big-export", marks=pytest.mark.long),
    ],
)
def test_that_a_benchmark_prints_its_line(root: Path, name: str):
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", name],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["name"] == name
    assert told["value"] > 0
    assert told["reference_value"] > 0
