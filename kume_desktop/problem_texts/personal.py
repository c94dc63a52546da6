"""What can be wrong when somebody finds, prints, corrects or erases personal data."""

from __future__ import annotations

from kume_desktop.problems import N_

PERSONAL = {
    "personal.no-reason": N_("An erasure needs its reason. Nothing was erased. Choose one of the list."),
    "personal.no-channel": N_("How the person withdrew is missing. Nothing was changed. Choose one of the list."),
    "personal.no-interview": N_("This interview is not in the study. Nothing was changed. Look for the person again."),
    "personal.no-space": N_(
        "What was erased cannot be read any more, but its old pages are still in the file: {megabytes} MB of free room are needed to take them out. Make room, then clean the file again."
    ),
    "personal.still-read": N_(
        "What was erased cannot be read any more, but its old pages are still in {file}: another program has it open just now. Close the other programs, then clean the file again."
    ),
    "personal.too-short": N_("Type at least {least} characters of a name, number or address."),
    "personal.no-such-fact": N_("There is no fact {fact} of a firm. Nothing was changed. Choose one of the list."),
    "personal.why": N_("The reason is missing. Nothing was changed. Say in a few words why."),
    "personal.same": N_("This is what is held already. Nothing was changed. Type what is right."),
    "personal.no-name": N_("A firm needs a name. Nothing was changed. Type it, or erase the firm."),
    "personal.too-long": N_("A fact has at most {most} characters. Nothing was changed. Type it shorter."),
    "personal.months": N_("{text} is no number of months (0 to 600). Nothing was changed. Type a whole number."),
    "personal.no-purpose": N_("The purpose {purpose} is not in the forms of the study. Nothing was changed."),
    "personal.not-pdf": N_("{file} is no name of a PDF file. Nothing was written. Let it end with .pdf."),
    "personal.no-line": N_("The inventory has no such line any more. Nothing was changed. Choose one of the list."),
    "personal.nothing-typed": N_(
        "Nothing came on standard input. Nothing was changed. Write what is asked for there, on one line."
    ),
    "personal.not-confirmed": N_("What was typed is not the code {firm}. Nothing was erased. Type it once more."),
    "personal.no-device": N_("This computer is not known to the study. Nothing was written. Choose one of the list."),
}
