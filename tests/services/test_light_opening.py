"""What a person waits for in the morning loads no library that only figures, charts and workbooks need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.studies import PASSPHRASE, copied

FIGURES = ("numpy", "pandas", "matplotlib", "scipy", "openpyxl", "xlsxwriter", "reportlab", "rapidfuzz", "pyxform")
_OPEN = """
import sys
from pathlib import Path
from kume_desktop.services import fieldwork, interviewing, studies
study = studies.open_study(Path(sys.argv[1]), sys.argv[2])
study.head()
"""
_INTERVIEW = """
session = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, "is_ihtiyac")
saved = session.answer(session.interview.path_of("gorusme_bicimi"), "1")
assert saved.at is not None, saved
"""
_TELL = """
study.close()
print(*sorted(set(sys.modules) & set(sys.argv[3:])))
"""


@pytest.mark.parametrize("acts", [_OPEN, _OPEN + _INTERVIEW], ids=["study", "interview"])
def test_that_opening_and_answering_load_no_library_of_figures(
    acts: str, empty_template: Path, tmp_path: Path, root: Path
) -> None:
    file = copied(empty_template, tmp_path)
    told = subprocess.run(
        [sys.executable, "-c", acts + _TELL, str(file), PASSPHRASE, *FIGURES],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stdout.split(), told.stderr, told.returncode) == ([], "", 0)
