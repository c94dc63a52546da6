"""Pictures on the clipboard."""

from __future__ import annotations

import subprocess
import sys

_COPY_AND_END = """
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from kume_desktop.gui.figures import copying
app = QApplication([])
copying.put(QImage(4, 4, QImage.Format.Format_RGB32), "7 firma")
held = app.clipboard().mimeData()
print(held.hasImage(), held.text())
"""


def test_that_the_program_ends_well_after_a_picture_was_copied():
    ended = subprocess.run([sys.executable, "-c", _COPY_AND_END], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.split()) == (0, ["True", "7", "firma"]), ended.stderr
