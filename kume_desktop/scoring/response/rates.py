"""Who answered: outcomes by stratum, rates, and how many firms of an area are eligible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kume_desktop.scoring.analysis import StratumResponse
from kume_desktop.scoring.inputs import Areas, BoolArray, Disposition, Firms, Frame, IntArray
from kume_desktop.scoring.rounding import half_up
from kume_desktop.scoring.size_classes import size_order

TOTAL = ""
"""The name of the stratum that holds the whole area."""
UNKNOWN = ""
"""The size class of firms that have none; it comes after the known ones."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """How many firms of an area could have been asked, and where that is known from.

    `basis`: `entered` by staff; `estimated` from the firms whose eligibility is known; `frame`, the raw list, where
    nobody's is; '' where there is no list, or where it holds fewer firms than answered (`n` None).
    """

    n: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class Rates:
    """AAPOR's minimum rates as shares, None where their denominator is empty."""

    response: float | None
    contact: float | None
    cooperation: float | None
    refusal: float | None


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """What became of the firms of one area that were issued."""

    area: str
    strata: tuple[StratumResponse, ...]
    total: StratumResponse
    eligible: Eligible
    rates: Rates


def responses(areas: Areas, firms: Firms, frame: Frame, scored: IntArray | None = None) -> tuple[Fieldwork, ...]:
    """The fieldwork of every area, in the order of `areas`. `scored` (A,): firms that answered, see `eligible`."""
    found = eligible(areas, firms, frame, scored)
    return tuple(_fieldwork(areas, firms, frame, place, found[place]) for place in range(len(areas.codes)))


def eligible(areas: Areas, firms: Firms, frame: Frame, scored: IntArray | None = None) -> tuple[Eligible, ...]:
    """The eligible N of every area: entered, else estimated, else the list; see `estimated_n`.

    None where that is below the firms that answered or (`scored`, shape (A,)) are known to have from elsewhere: such a
    number is wrong, and to raise it to theirs would make a census of a sample.
    """
    return tuple(
        _eligible(
            int(frame.eligible_n[place]),
            int(areas.frame_n[place]),
            _outcomes(firms, firms.area == place),
            0 if scored is None else int(scored[place]),
        )
        for place in range(len(areas.codes))
    )


def estimated_n(frame_n: int, known_eligible: int, known_ineligible: int) -> int:
    """`frame_n x known eligible / known`, rounded half up: the list, less its closed, strange and double entries.

    Known eligible are completed, partial and refused; known ineligible are closed, moved, out of scope and duplicates.
    Whom nobody reached counts on neither side. This is the proportional allocation "e" of AAPOR, Standard Definitions.

    >>> estimated_n(64, 29, 4)
    56
    """
    return int(half_up(frame_n * known_eligible / (known_eligible + known_ineligible)))


def rates(of: StratumResponse) -> Rates:
    """AAPOR's RR1, CON1, COOP1 and REF1 (Standard Definitions, 10th edition, 2023).

    With I completed, P partial, R refused, NC not reached and UH pending (their eligibility is not known yet):
    RR1 = I / (I + P + R + NC + UH), CON1 = (I + P + R) / (I + P + R + NC + UH), COOP1 = I / (I + P + R) and
    REF1 = R / (I + P + R + NC + UH). Ineligible firms and duplicates are outside all of them.

    >>> rates(StratumResponse("", 380, 56, 21, 2, 15, 10, 7, 1, 0))
    Rates(response=0.4375, contact=0.7916666666666666, cooperation=0.5526315789473685, refusal=0.3125)
    """
    reached = of.completed + of.partial + of.refused
    everybody = reached + of.not_reached + of.pending
    return Rates(
        response=_share(of.completed, everybody),
        contact=_share(reached, everybody),
        cooperation=_share(of.completed, reached),
        refusal=_share(of.refused, everybody),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _outcomes(firms: Firms, rows: BoolArray) -> dict[Disposition, int]:
    counts = dict.fromkeys(Disposition, 0)
    for row in np.flatnonzero(rows):
        counts[firms.disposition[row]] += 1
    return counts


def _eligible(entered: int, frame_n: int, outcomes: dict[Disposition, int], scored: int) -> Eligible:
    found = _stated(entered, frame_n, outcomes)
    least = max(outcomes[Disposition.COMPLETED], scored)
    return Eligible(None, "") if found.n is not None and found.n < least else found


def _stated(entered: int, frame_n: int, outcomes: dict[Disposition, int]) -> Eligible:
    """N as it was entered, follows from outcomes or stands in the list."""
    if entered >= 0:
        return Eligible(entered, "entered")
    if frame_n < 0:
        return Eligible(None, "")
    inside = outcomes[Disposition.COMPLETED] + outcomes[Disposition.PARTIAL] + outcomes[Disposition.REFUSED]
    outside = outcomes[Disposition.INELIGIBLE] + outcomes[Disposition.DUPLICATE]
    if inside + outside == 0:
        return Eligible(frame_n, "frame")
    return Eligible(estimated_n(frame_n, inside, outside), "estimated")


def _fieldwork(areas: Areas, firms: Firms, frame: Frame, place: int, found: Eligible) -> Fieldwork:
    own = firms.area == place
    sizes = np.array(firms.size_class, dtype=np.str_)
    others = set(sizes[own].tolist()) - {*frame.size_classes, UNKNOWN}
    classes = [*frame.size_classes, *sorted(others, key=size_order)]
    listed = {name: int(n) for name, n in zip(frame.size_classes, frame.size_n[place], strict=True)}
    strata = [_stratum(name, listed.get(name, -1), _outcomes(firms, own & (sizes == name))) for name in classes]
    unknown = own & (sizes == UNKNOWN)
    if unknown.any():
        strata.append(_stratum(UNKNOWN, -1, _outcomes(firms, unknown)))
    total = _stratum(TOTAL, int(areas.frame_n[place]), _outcomes(firms, own))
    met = tuple(one for one in strata if one.issued or one.frame_n)
    return Fieldwork(areas.codes[place], met, total, found, rates(total))


def _stratum(name: str, frame_n: int, outcomes: dict[Disposition, int]) -> StratumResponse:
    return StratumResponse(
        stratum=name,
        frame_n=frame_n if frame_n >= 0 else None,
        issued=sum(outcomes.values()),
        completed=outcomes[Disposition.COMPLETED],
        partial=outcomes[Disposition.PARTIAL],
        refused=outcomes[Disposition.REFUSED],
        not_reached=outcomes[Disposition.NOT_REACHED],
        ineligible=outcomes[Disposition.INELIGIBLE],
        duplicate=outcomes[Disposition.DUPLICATE],
        pending=outcomes[Disposition.PENDING],
    )
