"""AAPOR's outcome rates with their names: response, co-operation, refusal, contact, and the share "e" they assume."""

from __future__ import annotations

from dataclasses import dataclass

SOURCE = "AAPOR, Standard Definitions, 10th edition, 2023"
FORMULAS = {
    "RR1": "I / (I + P + R + NC + O + U)",
    "RR2": "(I + P) / (I + P + R + NC + O + U)",
    "RR3": "I / (I + P + R + NC + O + e·U)",
    "RR4": "(I + P) / (I + P + R + NC + O + e·U)",
    "COOP1": "I / (I + P + R + O)",
    "REF1": "R / (I + P + R + NC + O + U)",
    "REF2": "R / (I + P + R + NC + O + e·U)",
    "CON1": "(I + P + R + O) / (I + P + R + O + NC + U)",
    "CON2": "(I + P + R + O) / (I + P + R + O + NC + e·U)",
    "e": "(I + P + R + NC + O) / (I + P + R + NC + O + X)",
}
"""I completed, P partial, R refused, NC eligible and not reached, O other, U of unknown eligibility, X ineligible."""


@dataclass(frozen=True, slots=True)
class Cases:
    """How many cases came to which end; `unknown` are UH and UO together: nobody knows whether they are eligible."""

    complete: int
    partial: int
    refused: int
    noncontact: int
    other: int
    unknown: int
    ineligible: int

    @property
    def known_eligible(self) -> int:
        """I + P + R + NC + O."""
        return self.complete + self.partial + self.refused + self.noncontact + self.other


@dataclass(frozen=True, slots=True)
class OutcomeRates:
    """The rates as shares, None where a denominator is empty; `e` is the share of the unknown taken as eligible."""

    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    coop1: float | None
    ref1: float | None
    ref2: float | None
    con1: float | None
    con2: float | None
    e: float | None

    def named(self) -> tuple[tuple[str, float | None, str], ...]:
        """Each rate by AAPOR's name, its value and its formula."""
        return tuple((name, getattr(self, name.lower()), formula) for name, formula in FORMULAS.items())


def share_eligible(cases: Cases) -> float | None:
    """The proportional allocation "e": the eligible among the cases whose eligibility is known.

    >>> share_eligible(Cases(21, 2, 15, 0, 0, 12, 8))
    0.8260869565217391
    """
    return _share(cases.known_eligible, cases.known_eligible + cases.ineligible)


def outcome_rates(cases: Cases, e: float | None = None) -> OutcomeRates:
    """All rates of some cases (AAPOR, Standard Definitions, 10th edition, 2023, formulas RR1-RR4, COOP1, REF, CON).

    `e`: the share of cases of unknown eligibility that is taken as eligible, by default `share_eligible`. Where no
    eligibility is known at all, the rates that need it are None.

    >>> outcome_rates(Cases(400, 50, 200, 100, 25, 225, 0), e=0.4).rr3
    0.4624277456647399
    """
    share = share_eligible(cases) if e is None else e
    known, every = cases.known_eligible, cases.known_eligible + cases.unknown
    likely = None if share is None else known + share * cases.unknown
    contacted = cases.complete + cases.partial + cases.refused + cases.other
    return OutcomeRates(
        rr1=_share(cases.complete, every),
        rr2=_share(cases.complete + cases.partial, every),
        rr3=_share(cases.complete, likely),
        rr4=_share(cases.complete + cases.partial, likely),
        coop1=_share(cases.complete, contacted),
        ref1=_share(cases.refused, every),
        ref2=_share(cases.refused, likely),
        con1=_share(contacted, every),
        con2=_share(contacted, likely),
        e=share,
    )


def _share(part: float, whole: float | None) -> float | None:
    return part / whole if whole else None
