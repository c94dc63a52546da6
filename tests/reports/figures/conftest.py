"""The method that the two instruments bring."""

from __future__ import annotations

from pathlib import Path

import pytest

from kume_desktop.scoring.method import Method
from kume_desktop.services import results, studies
from tests.studies import PASSPHRASE


@pytest.fixture(scope="session")
def method_json(empty_template: Path) -> str:
    with studies.open_study(empty_template, PASSPHRASE) as opened:
        return results.method(opened).to_json()


@pytest.fixture
def method(method_json: str) -> Method:
    return Method.from_json(method_json)
