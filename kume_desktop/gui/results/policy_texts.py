"""The policy texts of the categories: as the method words them at once, whose they are as soon as that is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.results.policy_editor import EVERY

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.results.area_detail import Policies
    from kume_desktop.scoring.method import Method
    from kume_desktop.services.policies import PolicyText


class PolicyTexts(QObject):
    """`changed`: the origins are known now; `refused`: problems."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Mapping[str, tuple[PolicyText, ...]] | None = None
        self._question: Question | None = None

    def ask(self) -> None:
        """Let the companion read from the forms whose texts they are, unless that is known."""
        from kume_desktop.services import companion

        if self._found is not None or self._question is not None:
            return
        self._question = question = self._desk.companion.ask(self, companion.POLICIES)
        question.answered.connect(self._take)
        question.refused.connect(self._miss)

    def forget(self) -> None:
        """The texts were changed."""
        if self._question is not None:
            self._question.drop()
        self._found, self._question = None, None

    def of(self, category: str) -> tuple[PolicyText, ...]:
        """The texts of a category, or of every one."""
        from kume_desktop.services import policies, results

        if self._found is not None:
            return self._found.get(category, ())
        return policies.worded(results.method(self._desk.study), category)

    def by_category(self, method: Method) -> Policies:
        """The texts of each category, those that hold for every one behind its own."""
        every = self.of(EVERY)
        return {int(one.code): (*self.of(one.code), *every) for one in method.categories}

    def _take(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services import companion

        self._found, self._question = companion.policies_of(answer), None
        self.changed.emit()

    def _miss(self, problems: object) -> None:
        self._question = None
        self.refused.emit(problems)
