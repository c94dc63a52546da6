"""Which groups of a break-down must not be shown, so that nobody can work out what fewer than three firms said.

The total of the area is published, and every firm stands in one group of each break-down. Four rules, all needed:
a group of fewer than three firms is not shown (`few`); within a break-down at least one more group goes with it, so
that subtracting from the total tells nothing (`secondary`); and no combination of totals and groups, over all
break-downs of the area together, may come down to fewer than three firms (`disclosure` says what follows from what,
also from groups that stand at an end of the scale); and the figure of every hidden group must stay open widely enough
(`bounds` says how widely it is, and how widely it must be: a rule of ours). Practice: OECD Glossary of Statistical
Terms, threshold rule; Hundepool et al. 2012, Statistical Disclosure Control, chapter 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from kume_desktop.scoring.breakdowns import bounds
from kume_desktop.scoring.breakdowns.disclosure import LEAST, Disclosure, Group, Tables

SHOWN, FEW, SECONDARY = "", "few", "secondary"


def suppress(tables: Tables, forced: Iterable[Group] = ()) -> dict[Group, str]:
    """Say of every group whether it is shown: `''`, `few` or `secondary`. Groups nobody answered in are shown (n = 0).

    `forced`: groups that must not be shown for another reason. Where fewer than three firms answered at all, nothing is
    shown. What is added is the smallest group that makes the rules hold; where only the totals are left, nothing can
    be added. A group that the shown ones determine is no secret and is shown, unless that would tell of hidden ones.
    """
    attacker = Disclosure(tables)
    search = _Search(tables, attacker, {group: int(own.sum()) for group, own in attacker.members.items()})
    if tables.n < LEAST:
        return {group: FEW if n else SHOWN for group, n in search.n.items()}
    search.hidden |= {group for group, n in search.n.items() if 0 < n < LEAST}
    search.hidden |= {group for group in forced if search.n[group]}
    search.run()
    few = {group for group in search.hidden if search.n[group] < LEAST}
    return {group: FEW if group in few else SECONDARY if group in search.hidden else SHOWN for group in search.n}


@dataclass(slots=True)
class _Search:
    tables: Tables
    attacker: Disclosure
    n: dict[Group, int]
    hidden: set[Group] = field(default_factory=set)
    effort: bounds.Effort = field(default_factory=bounds.Effort)

    def run(self) -> None:
        """Hide more and more until every rule holds or nothing is left to hide."""
        while (choice := self._next()) is not None:
            self.hidden.add(choice)
        for group in self._implied():
            if self._holds(group[0], self.hidden - {group}):
                self.hidden.remove(group)

    def _next(self) -> Group | None:
        """The group to hide now: the smallest that makes the rules hold, else the smallest that helps; None: done."""
        shown_now = self._all_shown(self.hidden)
        for table in range(len(self.tables.sizes)):
            if not self._holds(table, self.hidden) and (shown := self._shown(table)):
                return next(self._good(table, shown_now, shown), shown[0])
        told = self.attacker.audit(shown_now)
        if told is not None:
            return self._smallest(told)
        implied = self._implied()
        bad = (group for group in implied if not self._holds(group[0], self.hidden - {group}))
        kept = (self._smallest(self.attacker.implying(group, shown_now)) for group in bad)
        return next(filter(None, kept), None) or self._widening(shown_now, implied)

    def _widening(self, shown_now: Sequence[Group], implied: Sequence[Group]) -> Group | None:
        """A shown group without which a hidden figure is open enough: the smallest that does it, else that helps most.

        Implied groups are no secret. None where all are open enough or nothing is shown.
        """
        members = self.attacker.members
        secret = [group for group in self.hidden if group not in implied]
        tight = bounds.narrow(self.tables, members, sorted(secret), shown_now, self.effort)
        if not tight or not shown_now:
            return None
        own, least = members[tight[0]], float(bounds.needed(self.tables, members, tight[:1])[0])
        values = self.tables.shown_means[0]
        best, most = None, -1.0
        for group in sorted(shown_now, key=lambda group: (self.n[group], group)):
            left = [other for other in shown_now if other != group]
            room = float(bounds.Atoms.of(self.tables, left, values).room([own])[0])
            if room >= least:
                return group
            if room > most:
                best, most = group, room
        return best

    def _good(self, table: int, shown_now: Sequence[Group], shown: Sequence[Group]) -> Iterator[Group]:
        """The shown groups of a break-down by whose hiding its rule holds and nothing is told.

        What follows without a group still follows when it is hidden, and hiding tells nothing new.
        """
        told = self.attacker.audit(shown_now)
        for group in shown:
            is_able = told is None or group in told
            if is_able and self._holds(table, {*self.hidden, group}) and (told is None or not self._tells(group)):
                yield group

    def _smallest(self, groups: Sequence[Group]) -> Group | None:
        return min(groups, key=lambda group: (self.n[group], group), default=None)

    def _implied(self) -> list[Group]:
        """The hidden groups of three firms or more that the shown ones determine."""
        large = sorted(group for group in self.hidden if self.n[group] >= LEAST)
        return self.attacker.implied(large, self._all_shown(self.hidden))

    def _shown(self, table: int) -> list[Group]:
        """The groups of a break-down that are shown, smallest first."""
        groups = (g for g, n in self.n.items() if g[0] == table and n and g not in self.hidden)
        return sorted(groups, key=lambda group: (self.n[group], group))

    def _holds(self, table: int, hidden: set[Group]) -> bool:
        """Whether the hidden groups of one break-down protect each other against subtraction from the total.

        At least two, together at least three firms; their numbers must leave a doubt (1 or 2 where it says `few`, at
        least 3 elsewhere); and together, without those that are fixed, they must not stand at one end of the scale,
        unless the whole area does.
        """
        own = [group for group in hidden if group[0] == table]
        if not own:
            return True
        total = sum(self.n[group] for group in own)
        few = sum(self.n[group] < LEAST for group in own)
        least, most = few + LEAST * (len(own) - few), 2 * few if few == len(own) else self.tables.n + 1
        if len(own) < 2 or total < LEAST or not least < total < most:
            return False
        together = np.any([self.attacker.members[group] for group in own], axis=0)
        shown = self._all_shown(hidden)
        return not any(
            self.tables.tells(mean, together & ~self.attacker.fixed(mean, shown).firms)
            for mean in range(len(self.tables.shown_means))
        )

    def _all_shown(self, hidden: set[Group]) -> list[Group]:
        return [group for group, n in self.n.items() if n and group not in hidden]

    def _tells(self, further: Group) -> bool:
        """Whether something would be told with one group less."""
        return self.attacker.tells(self._all_shown({*self.hidden, further}))
