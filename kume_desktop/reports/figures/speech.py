"""Texts, names and numbers in the language of a figure."""

from __future__ import annotations

from kume_desktop import texts, turkish
from kume_desktop.problems import Param
from kume_desktop.scoring.method import Words

NOTHING = "–"
"""Stands where there is no number."""


class Speech:
    """Says texts, numbers and shares in `lang`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def tr(self, text: str, **params: Param) -> str:
        """A text of the program."""
        return texts.tr(text, self.lang, **params)

    def say(self, words: Words) -> str:
        """A text of the method."""
        return words.say(self.lang)

    def capital(self, text: str) -> str:
        """The text with its first letter in upper case."""
        return turkish.title(text) if self.lang == "tr" else text[:1].upper() + text[1:]

    def number(self, value: float | None, digits: int = 1) -> str:
        """A number, or a dash where there is none."""
        return NOTHING if value is None else texts.number(value, digits, self.lang)

    def signed(self, value: float, digits: int = 1) -> str:
        """A number with its sign; a true minus."""
        shown = texts.number(abs(value), digits, self.lang)
        if not any(digit in "123456789" for digit in shown):
            return shown
        return f"{'+' if value > 0 else '−'}{shown}"

    def percent(self, share: float | None) -> str:
        """A share as whole per cent, or a dash."""
        return NOTHING if share is None else texts.percent(share, self.lang)

    def chance(self, share: float) -> str:
        """A probability in per cent; see `texts.chance`."""
        return texts.chance(share, self.lang)
