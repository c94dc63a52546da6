"""The outcomes of a contact attempt, as the choice list `sonuc` of both forms names them."""

from __future__ import annotations

from kume_desktop.texts import N_, _

APPOINTMENT = "3"
REFUSALS = ("4", "5")
WORDS = {
    "1": N_("Interview completed"),
    "2": N_("Interview broken off"),
    "3": N_("Appointment made"),
    "4": N_("Refused by the competent person"),
    "5": N_("Refused by somebody else"),
    "6": N_("Out of scope"),
    "7": N_("Closed down"),
    "8": N_("Moved"),
    "9": N_("Duplicate"),
    "10": N_("Not reached"),
    "11": N_("No competent person"),
}
OFFERED = ("10", "3", "11", "2", "4", "5", "6", "7", "8", "9")
"""In the order they happen most; a completed interview writes itself."""


def word(code: str) -> str:
    """The outcome in the language in force; the code itself where it is not known."""
    return _(WORDS[code]) if code in WORDS else code
