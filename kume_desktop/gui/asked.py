"""The questions that a page has put to its companion: of each kind the newest counts, none once the page is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.page import Page


class Asked:
    """Ask through this; `refused` is told why a question has no answer."""

    def __init__(self, page: Page, refused: Callable[[Any], object]) -> None:
        self._page, self._refused = page, refused
        self._open: dict[str, Question] = {}

    def ask(self, verb: str, take: Callable[[Any], object], **params: str) -> None:
        """Ask a verb of the companion in the place of what was asked of it before."""
        if (old := self._open.pop(verb, None)) is not None:
            old.drop()
        question = self._page.desk.companion.ask(self._page, verb, **params)
        question.answered.connect(take)
        question.refused.connect(self._refused)
        self._open[verb] = question

    def drop(self) -> None:
        """Nobody waits for any answer any more."""
        for question in self._open.values():
            question.drop()
