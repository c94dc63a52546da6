"""The keys of the interview page: what one can do, and which of it the bottom bar names now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kume_desktop.gui.interview.attaching import AttachmentInput
from kume_desktop.gui.interview.choices import ChoiceInput
from kume_desktop.gui.interview.earlier import KEY
from kume_desktop.gui.interview.fields import NumberInput
from kume_desktop.gui.interview.likert import LikertInput
from kume_desktop.gui.interview.listing import ListInput
from kume_desktop.gui.interview.ranking import RankInput
from kume_desktop.gui.interview.sides import Side
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
        Action("jump", _(N_("Go to a question")), body.sides.start_find, "Ctrl+G", icon="search"),
        Action("explain", _(N_("Explanation")), body.toggle_explanation, "F2", icon="info"),
        Action("reason", _(N_("Reason for a warning")), notebook.give_reason, "F4", icon="flag"),
        Action("mark", _(N_("Mark for later")), notebook.mark, "F9", icon="clock"),
        Action("open", _(N_("What is open")), guide.show_open, "Shift+F8", icon="clipboard-list"),
        *_reply_actions(body),
        *_people_actions(body),
        *_row_actions(body),
        Action("earlier", _(N_("Take over the answer of the earlier wave")), body.take_over, KEY, bound=False),
        *_language_actions(body),
        Action("complete", _finishing(body), guide.finish, "Ctrl+Return", icon="circle-check"),
    )


def _reply_actions(body: InterviewBody) -> tuple[Action, ...]:
    """Where the interview was returned with questions."""
    if not body.session.asked:
        return ()
    return (Action("reply", _(N_("Answer the reviewer")), body.notebook.reply, "Ctrl+R", icon="corner-up-left"),)


def _row_actions(body: InterviewBody) -> tuple[Action, ...]:
    """The rows of a repeat come and go by keys that Excel has for rows."""
    return (
        Action("add-row", _(N_("Another row of this group")), body.guide.add_row, "Ctrl++", icon="plus"),
        Action("remove-row", _(N_("Remove this row")), body.guide.remove_row, "Ctrl+-"),
    )


def _people_actions(body: InterviewBody) -> tuple[Action, ...]:
    """Who is present, and evidence where the study keeps any."""
    joined = Action(
        "people", _(N_("A second person joined")), partial(body.sides.toggle, Side.PEOPLE), "F3", icon="plus"
    )
    files = Action("files", _(N_("Evidence at this question")), body.show_files, "Ctrl+Shift+E", icon="folder-open")
    return (joined, files) if body.gathering.allows_files else (joined,)


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
    """The keys of what has the focus: a question, the buttons below them all, or a list in their place."""
    if body.content.shows_open:
        return (KeyHint("Up Down", _(N_("Next entry"))), KeyHint("Return", _(N_("Go there"))), _said(_BACK))
    if body.content.shows_completion:
        return (KeyHint("Tab", _(N_("Next entry"))), KeyHint("Ctrl+Return", _(N_("Complete"))), _said(_BACK))
    if body.sides.holds_focus:
        return (KeyHint("Tab", _(N_("Next field"))), KeyHint("F6", _(N_("To the questions"))), _said(_CLOSE))
    return (
        *_answer_hints(None if body.view.in_foot else body.current_row),
        KeyHint("Return", _(N_("Next"))),
        *((KeyHint("Ctrl+Return", _finishing(body)),) if body.session.is_completed else ()),
        *_earlier_hints(body),
        *((KeyHint("Ctrl++", _(N_("Another row"))),) if body.view.repeat is not None else ()),
        KeyHint("Alt+Left", _(N_("Back"))),
        KeyHint("Ctrl+M", _(N_("Note"))),
        KeyHint("Ctrl+G", _(N_("Go to"))),
        KeyHint("F2", _(N_("Explanation"))),
    )


_BACK = KeyHint("Esc", N_("Back to the questions"))
_CLOSE = KeyHint("Esc", N_("Close"))


def _said(hint: KeyHint) -> KeyHint:
    return KeyHint(hint.key, _(hint.word))


def _earlier_hints(body: InterviewBody) -> tuple[KeyHint, ...]:
    row = None if body.view.in_foot else body.current_row
    if row is None or not row.offers_earlier:
        return ()
    return (KeyHint(KEY, _(N_("Put in its place")) if row.asks_to_replace else _(N_("As last time"))),)


def _answer_hints(row: QuestionRow | None) -> tuple[KeyHint, ...]:
    match row.input if row is not None and row.takes_focus else None:
        case LikertInput() as battery:
            return (KeyHint(battery.span, _(N_("Answer"))),)
        case NumberInput():
            return (KeyHint("Ctrl+9", _(N_("Don’t know"))),)
        case ChoiceInput() as ticked if row is not None and row.row.kind is Kind.SELECT_MULTIPLE:
            return (KeyHint(ticked.span, _(N_("Tick"))),)
        case ChoiceInput() as chosen:
            return (KeyHint(chosen.span, _(N_("Answer"))),)
        case ListInput():
            return (KeyHint("Down", _(N_("List"))),)
        case AttachmentInput():
            return (KeyHint("Space", _(N_("Choose a file…"))),)
        case RankInput() as ranked:
            return (KeyHint(ranked.span, _(N_("Next place"))), KeyHint("Backspace", _(N_("Give a place back"))))
        case _:
            return ()
