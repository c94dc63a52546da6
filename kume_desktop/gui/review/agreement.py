"""How far what was asked again agrees: over all, by interviewer, and by question; and what is asked again at all."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.review.back_checks import BackChecks, QuestionAgreement
from kume_desktop.texts import N_, _, tr

FEW = 10
"""So few answers of a question tell little; an own rule, said beside them."""


def what_is_asked() -> Label:
    """Which questions are asked again, and why no others."""
    told = N_(
        "Asked again are questions to the firm with one answer out of a list, a number or a date; never personal ones."
        " Words, several marks and places differ between two askings without anybody being wrong."
    )
    return Label(_(told), Role.SECOND, Tone.TEXT2, wrap=True)


class AgreementPart(QVBoxLayout):
    """Nothing is shown before something was asked again."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(6)

    def show_checks(self, found: BackChecks) -> None:
        """Show other figures."""
        empty(self)
        told = [one for one in found.agreement if one.questions]
        if not told:
            return
        self.addWidget(Rule())
        self.addWidget(Label(_(N_("Agreement")), Role.SECTION))
        for one in told:
            words = N_("{name}: {share} of {count} answers agree ({interviews} interviews)")
            name = one.interviewer or _(N_("All"))
            line = tr(words, name=name, share=texts.percent(one.share), count=one.questions, interviews=one.interviews)
            self.addWidget(Label(line, Role.BODY, wrap=True))
        self.addWidget(Label(_(N_("By question")), Role.BODY, weight=fonts.SEMIBOLD))
        self.addWidget(_questions(found.by_question))
        few = N_("Fewer than {count} answers say little about a question.")
        if any(one.asked < FEW for one in found.by_question):
            self.addWidget(Label(tr(few, count=FEW), Role.SECOND, Tone.TEXT2, wrap=True))


def _questions(found: tuple[QuestionAgreement, ...]) -> QWidget:
    """One line for each question, the one that agrees least first."""
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    for column, head in enumerate((_(N_("Question")), _(N_("Agree")), "")):
        grid.addWidget(Label(head, Role.CAPTION, Tone.TEXT2), 0, column)
    for row, one in enumerate(found, start=1):
        grid.addWidget(Label(f"{one.number} {one.title}".strip(), wrap=True), row, 0)
        tone = Tone.TEXT if one.agreeing == one.asked else Tone.WARN
        grid.addWidget(Label(texts.percent(one.share), tone=tone, weight=fonts.MEDIUM, tabular=True), row, 1)
        of_all = tr(N_("{count} of {total}"), count=one.agreeing, total=one.asked)
        grid.addWidget(Label(of_all, Role.SECOND, Tone.TEXT2, tabular=True), row, 2)
    grid.setColumnStretch(0, 1)
    return held
