"""The keys of the interview page: what one can do, and which of it the bottom bar names now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.gui.interview.attaching import AttachmentInput
from kume_desktop.gui.interview.choices import ChoiceInput
from kume_desktop.gui.interview.likert import LikertInput
from kume_desktop.gui.interview.listing import ListInput
from kume_desktop.gui.interview.ranking import RankInput
from kume_desktop.gui.page import Action, KeyHint
from kume_desktop.instruments.model import Kind
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.interview.body import InterviewBody
    from kume_desktop.gui.interview.rows import QuestionRow


def actions(body: InterviewBody) -> tuple[Action, ...]:
    """Everything one can do in an interview, with its key."""
    guide, notebook = body.guide, body.notebook
    return (
        Action("next", _(N_("Next page")), guide.forward, "PgDown"),
        Action("previous", _(N_("Page before")), guide.backward, "PgUp"),
        Action("back", _(N_("Back")), guide.backward, "Alt+Left"),
        Action("backspace", _(N_("Back, outside of fields")), guide.backward, "Backspace", bound=False),
        Action("comment", _(N_("Note on this question")), notebook.comment, "Ctrl+M", icon="message-square"),
        Action("jump", _(N_("Go to a question")), body.start_find, "Ctrl+G", icon="search"),
        Action("explain", _(N_("Explanation")), body.toggle_explanation, "F2", icon="info"),
        Action("reason", _(N_("Reason for a warning")), notebook.give_reason, "F4", icon="flag"),
        Action("mark", _(N_("Mark for later")), notebook.mark, "F9", icon="clock"),
        *_row_actions(body),
        *_language_actions(body),
        Action("complete", _finishing(body), guide.finish, "Ctrl+Return", icon="circle-check"),
    )


def _row_actions(body: InterviewBody) -> tuple[Action, ...]:
    """The rows of a repeat come and go by keys that Excel has for rows."""
    return (
        Action("add-row", _(N_("Another row of this group")), body.guide.add_row, "Ctrl++", icon="plus"),
        Action("remove-row", _(N_("Remove this row")), body.guide.remove_row, "Ctrl+-"),
    )


def _language_actions(body: InterviewBody) -> tuple[Action, ...]:
    """The questions in another language, where the form has one; the window's own language stays."""
    names = body.languages.names
    if len(names) < 2:
        return ()
    word, detail = _(N_("Questions in another language")), " → ".join(names.values())
    return (Action("form-language", word, body.languages.turn, "Ctrl+Shift+L", detail=detail),)


def _finishing(body: InterviewBody) -> str:
    return _(N_("Open again")) if body.session.is_completed else _(N_("Complete the interview"))


def hints(body: InterviewBody) -> tuple[KeyHint, ...]:
    """The keys of what has the focus, a question or the buttons below them all, the most needed first."""
    return (
        *_answer_hints(None if body.view.in_foot else body.current_row),
        KeyHint("Return", _(N_("Next"))),
        *((KeyHint("Ctrl++", _(N_("Another row"))),) if body.view.repeat is not None else ()),
        KeyHint("Alt+Left", _(N_("Back"))),
        KeyHint("Ctrl+M", _(N_("Note"))),
        KeyHint("Ctrl+G", _(N_("Go to"))),
        KeyHint("F2", _(N_("Explanation"))),
    )


def _answer_hints(row: QuestionRow | None) -> tuple[KeyHint, ...]:
    match row.input if row is not None and row.takes_focus else None:
        case LikertInput():
            return (KeyHint("1–5", _(N_("Answer"))),)
        case ChoiceInput() if row is not None and row.row.kind is Kind.SELECT_MULTIPLE:
            return (KeyHint(_span(row), _(N_("Tick"))),)
        case ChoiceInput() if row is not None:
            return (KeyHint(_span(row), _(N_("Answer"))),)
        case ListInput():
            return (KeyHint("Down", _(N_("List"))),)
        case AttachmentInput():
            return (KeyHint("Space", _(N_("Choose a file…"))),)
        case RankInput() as ranked:
            return (KeyHint(ranked.span, _(N_("Next place"))), KeyHint("Backspace", _(N_("Give a place back"))))
        case _:
            return ()


def _span(row: QuestionRow) -> str:
    digits = sorted(choice.key for choice in row.row.choices if choice.key and not choice.missing)
    if not digits:
        return "Space"
    return f"{digits[0]}–{digits[-1]}" if len(digits) > 1 else digits[0]
