"""What a person does with an interview of the inbox: each act is stored at once, told, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.page import Toast
from kume_desktop.problems import Refused, problem
from kume_desktop.services.review.states import Stand, Step
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.review.acts import Done
    from kume_desktop.services.review.reading import ReviewCase

_DONE = {
    Step.APPROVE: N_("{firm} was approved."),
    Step.WITHDRAW: N_("The approval of {firm} was taken back."),
    Step.RETURN: N_("{firm} was returned to its interviewer."),
    Step.RECALL: N_("The return of {firm} was taken back."),
    Step.EXCLUDE: N_("{firm} was excluded; it counts nowhere."),
    Step.INCLUDE: N_("{firm} was taken back in."),
}


_ONCE = N_("{firm} was approved once; a second person has to approve it.")


class Steps(QObject):
    """`done` carries a step that was stored, `asked` the interview of a question that was; `refused` problems."""

    done = Signal(object)
    asked = Signal(str)
    told = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, firm_of: Callable[[str], str], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._firm_of = desk, firm_of
        self._taken: list[Done] = []

    def take(self, case: ReviewCase, step: Step) -> None:
        """Take a step; an interview is returned with a question, never without."""
        if step is Step.RETURN and not case.open_questions:
            self.refused.emit((problem("review.nothing-to-return"),))
        else:
            self._take(case.interview_id, step)

    def exclude(self, case: ReviewCase, code: str, said: str) -> bool:
        """Exclude with a reason; False where it was refused."""
        return self._take(case.interview_id, Step.EXCLUDE, code, said)

    def ask(self, case: ReviewCase, path: str, said: str) -> None:
        """Ask the interviewer at an answer; an empty text takes the question back."""
        from kume_desktop.services.review import acts, queries

        study = self._desk.study

        def write() -> None:
            queries.ask(study, acts.standing(study, case.interview_id).record, path, said)

        if self._try(write):
            self.asked.emit(case.interview_id)

    def undo(self) -> str:
        """Take the last step back; its interview, '' where there is none."""
        if not self._taken:
            return ""
        last = self._taken.pop()
        if last.undo is not None:
            self._take(last.interview_id, last.undo, remember=False)
        return last.interview_id

    def _take(self, interview_id: str, step: Step, code: str = "", said: str = "", *, remember: bool = True) -> bool:
        from kume_desktop.services.review import acts

        made: list[Done] = []
        study = self._desk.study
        if not self._try(lambda: made.append(acts.take(study, interview_id, step, reason=code, words=said))):
            return False
        undoable = remember and made[0].undo is not None
        self._taken += made if undoable else []
        once = step is Step.APPROVE and made[0].stand is Stand.FIRST_APPROVAL
        words = tr(_ONCE if once else _DONE[step], firm=self._firm_of(interview_id))
        self.told.emit(Toast(words, undo=self.undo if undoable else None))
        self.done.emit(made[0])
        return True

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused as refused:
            self.refused.emit(refused.problems)
            return False
        self.refused.emit(())
        return True
