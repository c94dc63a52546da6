"""What is right in a form and does nothing here: settings for a server, what only a telephone does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kume_desktop.instruments.checking.outline import Outline
from kume_desktop.problems import Problem, Where, warning

_SERVER = ("public_key", "submission_url", "auto_send", "auto_delete")
_IGNORED_PARAMETERS = re.compile(r"\b(max-pixels|quality|app)\s*=")


def ignored_problems(outline: Outline) -> Iterator[Problem]:
    """One warning for each of them."""
    book = outline.book
    for name in _SERVER:
        if book.setting(name):
            yield warning("form.setting-ignored", Where(book.name, "settings", 2, name), setting=name)
    for question in outline.questions:
        for found in _IGNORED_PARAMETERS.findall(outline.cell(question, "parameters")):
            yield warning("form.parameter-ignored", outline.where(question, "parameters"), parameter=found)
