"""The words for the roles of people."""

from __future__ import annotations

from kume_desktop.texts import N_, _

_WORDS = {
    "interviewer": N_("Interviewer"),
    "scorer": N_("Scorer"),
    "staff": N_("Expert"),
    "data_officer": N_("Data officer"),
    "manager": N_("Field manager"),
    "expert": N_("Expert who rates needs"),
}


def word(role: str) -> str:
    """The role in the language in force; an unknown one as it is stored."""
    return _(_WORDS[role]) if role in _WORDS else role
