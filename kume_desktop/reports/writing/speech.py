"""How a workbook speaks: its language, the names of its parts, what every sheet says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from kume_desktop import texts, turkish
from kume_desktop.problems import Param
from kume_desktop.reports.content import ReportContent
from kume_desktop.reports.writing.sentences import Sentences
from kume_desktop.scoring.method import FIRM_ROUTE, Words

DEMONSTRATION = Words("GÖSTERİM VERİSİ", "DEMONSTRATION DATA")


class Speech:
    """The words of one workbook."""

    def __init__(self, content: ReportContent, lang: str) -> None:
        self.content = content
        self.lang = lang
        self.method = content.method
        self.sentences = Sentences(lang)
        self.is_public = content.edition.is_public

    def word(self, words: Mapping[str, str], code: str) -> str:
        """The word for a code; a code without one is shown as it is."""
        return self.tr(words[code]) if code in words else code

    def tr(self, text: str, **params: Param) -> str:
        """A text of the program in the language of the workbook."""
        return texts.tr(text, self.lang, **params)

    def say(self, words: Words) -> str:
        """A text of the study in the language of the workbook."""
        return words.say(self.lang)

    @cached_property
    def withheld(self) -> str:
        """What stands in the place of personal data."""
        return self.tr("personal data, left out")

    @cached_property
    def conflict(self) -> str:
        """The word before the values that contradict each other."""
        return self.tr("conflict")

    @cached_property
    def edition(self) -> str:
        """The name of this edition."""
        return self.tr("Publication edition") if self.is_public else self.tr("Audit edition")

    def route(self, route: str) -> str:
        """The route of an index in words."""
        return self.tr("firm route") if route == FIRM_ROUTE else self.tr("panel route")

    def source(self, source: str) -> str:
        """Where a level comes from, in words."""
        return self.tr("suggestion of the rubric") if source == "suggestion" else self.tr("rating")

    def category(self, number: int | None) -> str | None:
        """The full name of a category, never its bare word."""
        if number is None:
            return None
        word = self.say(self.method.category_text(number))
        if self.lang == "en":
            return f"Category {number} – {word.capitalize()} concentration"
        return f"{number}. Kategori – {turkish.title(word)} yoğunlaşma"

    def policies(self, category: int | None) -> str | None:
        """The policy texts of a category, one a line."""
        if category is None:
            return None
        return "\n".join(f"• {self.say(text)}" for text in self.method.policies(category))

    def facts(self) -> list[str]:
        """Study, wave, edition and method version, as every sheet names them."""
        content = self.content
        version = self.tr("{method}, version {version}", method=self.say(self.method.name), version=self.method.version)
        some = ""
        if content.areas_in_study and content.areas_in_study > len(content.areas):
            some = self.tr("{count} of {all} areas", count=len(content.areas), all=content.areas_in_study)
        return [part for part in (content.study, content.wave, self.edition, version, some) if part]

    @property
    def demonstration_mark(self) -> str:
        """What every sheet with invented data says, in both languages."""
        return f"{DEMONSTRATION.tr} / {DEMONSTRATION.en}"

    @cached_property
    def footer(self) -> str:
        """Study, edition, mark and page; Excel takes 255 characters, so a long name is shortened here (only here)."""
        name = self.content.study if len(self.content.study) <= 80 else self.content.study[:79] + "…"
        left = f"{name} · {self.edition}".replace("&", "&&")
        mark = self.demonstration_mark if self.content.demonstration else ""
        return f"&L&8{left}&C&8{mark}&R&8&P / &N"
