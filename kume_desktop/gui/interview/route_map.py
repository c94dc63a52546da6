"""The order of the screens: what comes next, what came before, and what the button to go on says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kume_desktop.interview.page_model import SectionView
from kume_desktop.texts import N_, _, tr


@dataclass(frozen=True, slots=True)
class Stop:
    """A screen and the section it belongs to."""

    screen: str
    section: SectionView


class RouteMap:
    """The screens of an interview at present, in order; made anew after each answer."""

    def __init__(self, sections: Sequence[SectionView] = ()) -> None:
        self.sections = tuple(sections)
        asked = [section for section in sections if section.relevant]
        self.stops = tuple(Stop(screen, section) for section in asked for screen in section.screens)

    def place(self, screen: str) -> int:
        """The place of a screen, -1 where it is not asked at present."""
        return next((place for place, stop in enumerate(self.stops) if stop.screen == screen), -1)

    def beside(self, screen: str, step: int) -> Stop | None:
        """The screen `step` further; None beyond the ends."""
        place = self.place(screen)
        wanted = place + step
        return self.stops[wanted] if place >= 0 and 0 <= wanted < len(self.stops) else None

    def section(self, path: str) -> SectionView | None:
        """A section by its path."""
        return next((section for section in self.sections if section.path == path), None)

    def forward_word(self, screen: str) -> str:
        """What the button to go on says: next, next section with its name, or complete."""
        after = self.beside(screen, 1)
        place = self.place(screen)
        if after is None:
            return _(N_("Complete…"))
        if place >= 0 and self.stops[place].section.path == after.section.path:
            return _(N_("Next"))
        return tr(N_("Next section: {title}"), title=after.section.title)
