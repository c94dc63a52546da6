"""How long each question had the floor: a stopwatch on a monotonic clock, which knows neither dates nor zones.

Three kinds of time are kept apart. *Active* time: the question was in front and somebody used the keys. *Paused* time:
the window was inactive or locked. *Idle* time: a silence longer than the limit, a suspended laptop among it; it may
have been talk, a telephone call or lunch, so it is never added to the active time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

SILENCE_MS = 180_000
"""A silence longer than this counts apart: three minutes without a key are seldom one answer."""


@dataclass(frozen=True, slots=True)
class Spell:
    """What a question took since the last `take`, in milliseconds; `begun_ms` counts from the start of the sitting.

    `visits`: how often the question came to the front in this time; 0 where it only stayed there.
    """

    path: str
    begun_ms: int
    lasted_ms: int
    visits: int
    paused_ms: int = 0
    idle_ms: int = 0


class Stopwatch:
    """Measures one sitting of one interview; `clock` gives milliseconds and never goes back.

    >>> times = iter([0, 1_000, 5_000, 6_000])
    >>> watch = Stopwatch(lambda: next(times))
    >>> watch.enter("/data/a")
    ... watch.enter("/data/b")
    >>> [(spell.path, spell.lasted_ms, spell.visits) for spell in watch.take()]
    [('/data/a', 4000, 1), ('/data/b', 1000, 1)]
    """

    def __init__(self, clock: Callable[[], int], silence_ms: int = SILENCE_MS) -> None:
        self._clock = clock
        self._silence = silence_ms
        self._started = self._last = clock()
        self._path = ""
        self._paused = False
        self._spells: dict[str, Spell] = {}

    def enter(self, path: str) -> None:
        """The question at `path` comes to the front; the one that is there already goes on."""
        self._count()
        if path != self._path:
            self._path = path
            if path:
                known = self._spell(path)
                self._spells[path] = replace(known, visits=known.visits + 1)

    def touch(self) -> None:
        """Somebody used the keys."""
        self._count()

    def pause(self) -> None:
        """The window is inactive or locked from now on."""
        self._count()
        self._paused = True

    def resume(self) -> None:
        """The window is in front again."""
        self._count()
        self._paused = False

    def take(self) -> tuple[Spell, ...]:
        """What was measured since the last time, in the order in which the questions came; then it begins anew."""
        self._count()
        taken = tuple(each for each in self._spells.values() if each.visits or _total(each))
        self._spells = {}
        return taken

    def put_back(self, spells: tuple[Spell, ...]) -> None:
        """Spells that could not be written are measured on with what came since."""
        newer, self._spells = self._spells, {each.path: each for each in spells}
        for each in newer.values():
            self._spells[each.path] = _joined(self._spells[each.path], each) if each.path in self._spells else each

    def _count(self) -> None:
        """Give the time since the last look to the question in front."""
        now = max(self._clock(), self._last)
        passed, self._last = now - self._last, now
        if not self._path or not passed:
            return
        known = self._spell(self._path, now - passed)
        if self._paused:
            known = replace(known, paused_ms=known.paused_ms + passed)
        elif passed > self._silence:
            known = replace(known, idle_ms=known.idle_ms + passed)
        else:
            known = replace(known, lasted_ms=known.lasted_ms + passed)
        self._spells[self._path] = known

    def _spell(self, path: str, at: int | None = None) -> Spell:
        begun = (self._last if at is None else at) - self._started
        return self._spells.get(path) or Spell(path, begun, 0, 0)


def _total(spell: Spell) -> int:
    return spell.lasted_ms + spell.paused_ms + spell.idle_ms


def _joined(first: Spell, second: Spell) -> Spell:
    return replace(
        first,
        lasted_ms=first.lasted_ms + second.lasted_ms,
        visits=first.visits + second.visits,
        paused_ms=first.paused_ms + second.paused_ms,
        idle_ms=first.idle_ms + second.idle_ms,
    )
