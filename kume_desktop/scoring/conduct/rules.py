"""From where on something about an interview is worth a look; data of the study, changed by its staff."""

from __future__ import annotations

from dataclasses import dataclass

OWN = "Own"
HOURS = 24


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds of the signals; all are proposals of this program (origin "Own"), none comes from a standard.

    run: rows of batteries running with the same answer. battery: fewest rows of a battery that is looked at as a whole.
    fewest: interviews with times below which nothing is compared. fast: share of the usual time below which an
    interview is short (half the median is a limit in use, e.g. Greszki, Meyer & Schoen 2015). fast_question: a question
    is short below this share of its median. fast_share: the share of short questions that is told. pause: minutes
    without a key or with the window away at one question. revisits: questions that were returned to. changes: answers
    changed after completion. reserve: share of "does not apply", "do not know" and "no answer". night_from, night_to:
    hours of the day between which no interview is expected.
    """

    run: int = 7
    battery: int = 5
    fewest: int = 10
    fast: float = 0.5
    fast_question: float = 0.33
    fast_share: float = 0.2
    pause: int = 15
    revisits: int = 10
    changes: int = 1
    reserve: float = 0.3
    night_from: int = 21
    night_to: int = 7

    @property
    def wrong(self) -> tuple[str, ...]:
        """The names of the thresholds that make no sense."""
        return tuple(name for name, holds in self._checks() if not holds)

    def _checks(self) -> tuple[tuple[str, bool], ...]:
        return (
            ("run", self.run >= 2),
            ("battery", self.battery >= 2),
            ("fewest", self.fewest >= 3),
            ("fast", 0 < self.fast < 1),
            ("fast_question", 0 < self.fast_question < 1),
            ("fast_share", 0 < self.fast_share <= 1),
            ("pause", self.pause >= 1),
            ("revisits", self.revisits >= 1),
            ("changes", self.changes >= 1),
            ("reserve", 0 < self.reserve <= 1),
            ("night_from", 0 <= self.night_from < HOURS),
            ("night_to", 0 <= self.night_to < HOURS),
        )

    def is_night(self, hour: float) -> bool:
        """Whether an hour of the day lies in the night.

        >>> [Rules().is_night(hour) for hour in (20.9, 21.0, 3.5, 7.0)]
        [False, True, True, False]
        """
        if self.night_from <= self.night_to:
            return self.night_from <= hour < self.night_to
        return hour >= self.night_from or hour < self.night_to
