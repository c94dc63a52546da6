"""The quick guide: one page that can be read in three minutes; keys stand in caps."""

from __future__ import annotations

from dataclasses import dataclass

from kume_desktop.texts import N_


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, with the keys that it is about in front of it."""

    words: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the guide."""

    title: str
    lines: tuple[Line, ...]


GUIDE: tuple[Chapter, ...] = (
    Chapter(
        N_("Your day"),
        (
            Line(N_("Start shows what is due: go on where you were, appointments, what waits. Enter is enough."), ("Return",)),  # noqa: E501
            Line(N_("Fieldwork lists your firms: search, Enter opens the interview, Z writes a visit down, R makes an appointment."), ("Return", "Z", "R")),  # noqa: E501
            Line(N_("Everything there is, by a few letters: pages, firms, actions, questions."), ("Ctrl+K",)),
            Line(N_("The bar below always names the keys that work now; F1 lists all of them."), ("F1",)),
        ),
    ),
    Chapter(
        N_("In the interview"),
        (
            Line(N_("A digit answers and goes to the next row, never to the next page."), ("1–5",)),
            Line(N_("Does not apply, does not know, no answer: where the question offers them."), ("8", "9", "0")),
            Line(N_("On to the next page; back to the one before. Enter never leaves the interview."), ("Return", "Alt+Left")),  # noqa: E501
            Line(N_("Take the last answer back, as often as needed."), ("Ctrl+Z",)),
            Line(N_("Explanation of the question; a note on it; jump to any question; mark it for later."), ("F2", "Ctrl+M", "Ctrl+G", "F9")),  # noqa: E501
            Line(N_("A yellow note asks: is this right? Correct the answer, or write why it is right."), ("F4",)),
            Line(N_("The next open problem: warnings, refused values, questions without an answer."), ("F8",)),
            Line(N_("Complete: what is open is listed first; a gap may stay with a reason."), ("Ctrl+Return",)),
        ),
    ),
    Chapter(
        N_("What is saved when"),
        (
            Line(N_("Every answer is in the encrypted file before the bar says “Saved” with the time. There is no save key.")),  # noqa: E501
            Line(N_("Text in a field is kept while you type, as a draft: after a power cut it is offered again at its question.")),  # noqa: E501
            Line(N_("Leaving, closing the lid, an empty battery: nothing saved is lost, and the interview opens where you left it.")),  # noqa: E501
            Line(N_("How long you take is measured for the supervisor’s quality control. It blocks nothing; pauses do not count against you.")),  # noqa: E501
        ),
    ),
    Chapter(
        N_("What to do when …"),
        (
            Line(N_("… the respondent does not know: 9. Does not want to say: 0. Never guess, never leave it out silently."), ("9", "0")),  # noqa: E501
            Line(N_("… the answer does not fit the choices: choose the nearest and write the rest as a note."), ("Ctrl+M",)),  # noqa: E501
            Line(N_("… the respondent corrects an earlier answer: jump there and answer anew; the old one stays in the log."), ("Ctrl+G",)),  # noqa: E501
            Line(N_("… somebody comes in or the telephone rings: just stop. Go on later where you were.")),
            Line(N_("… the firm breaks off: choose the outcome in the last section and complete; gaps get a reason.")),
            Line(N_("… a value is refused: the red note says why; it is not stored, and you may go on and come back.")),
            Line(N_("… the bar is red and says “not saved”: the answer is still on the screen. Free the disk, then F5."), ("F5",)),  # noqa: E501
            Line(N_("… the laptop must stay outside: a paper form can be printed, and typed in later with its date.")),
            Line(N_("… the passphrase is forgotten: only the agency can help. Nobody can read the file without it.")),
        ),
    ),
)  # fmt: skip
