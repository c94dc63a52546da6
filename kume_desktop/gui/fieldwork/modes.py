"""How a contact attempt was made."""

from __future__ import annotations

from kume_desktop.texts import N_, _

WORDS = {"face": N_("Face to face"), "phone": N_("By telephone"), "online": N_("Online"), "letter": N_("By letter")}
OFFERED = tuple(WORDS)


def word(mode: str) -> str:
    """The mode in the language in force, '' for none."""
    return _(WORDS[mode]) if mode in WORDS else mode
