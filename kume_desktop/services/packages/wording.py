"""Packages in words, for the window and the command line: what they hold, how far they got, why one was refused."""

from __future__ import annotations

from collections.abc import Mapping

from kume_desktop import texts
from kume_desktop.problems import Problem, problem
from kume_desktop.services.packages import work
from kume_desktop.services.packages.outbox import Sent
from kume_desktop.services.packages.overview import ANSWERED, REFUSED, TAKEN, Came, Held
from kume_desktop.texts import N_, _, tr

_KINDS: Mapping[str, str] = {
    work.ASSIGNMENT: N_("firms and questionnaires"),
    work.INTERVIEWS: N_("interviews"),
    work.RETURN: N_("returned interviews"),
    work.RECEIPT: N_("receipt"),
}
_CAME = {TAKEN: N_("Taken in"), ANSWERED: N_("Receipt sent"), REFUSED: N_("Refused")}
_SENT = {"ready": N_("Ready"), "moved": N_("Copied"), "received": N_("The agency has it")}
_THERE = N_("Taken in there")


def kind_word(kind: str) -> str:
    """What a package is."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


def computer(one: Came) -> str:
    """The computer that a package came from."""
    return one.computer or _(N_("unknown"))


def content(one: Came) -> str:
    """What came."""
    if one.state == REFUSED:
        return one.file
    if one.kind in {work.INTERVIEWS, work.RETURN}:
        return tr(N_("{count} interviews"), count=one.interviews)
    return kind_word(one.kind)


def sent_content(one: Sent) -> str:
    """What went."""
    told = one.told
    if one.kind.value == work.INTERVIEWS:
        return tr(
            N_("{interviews} interviews, {visits} visits"),
            interviews=told.get("interviews", 0),
            visits=told.get("visits", 0),
        )
    if one.kind.value == work.ASSIGNMENT:
        return tr(N_("{firms} firms, {forms} forms"), firms=told.get("firms", 0), forms=told.get("forms", 0))
    if one.kind.value == work.RETURN:
        return tr(N_("{count} returned interviews"), count=told.get("interviews", 0))
    return kind_word(one.kind.value)


def came_state(one: Came) -> str:
    """What became of a package that came."""
    return _(_CAME[one.state])


def sent_state(one: Sent) -> str:
    """How far a package got."""
    return _(_THERE if one.state == "received" and one.kind.value != work.INTERVIEWS else _SENT[one.state])


def covers(one: Held) -> str:
    """What the agency holds of a computer; and what of it is on this one no more."""
    told = tr(
        N_("{interviews} interviews · {entries} entries"),
        interviews=texts.number(one.interviews, 0),
        entries=texts.number(one.entries, 0),
    )
    if not one.deleted:
        return told
    return f"{told} · {tr(N_('{count} deleted here'), count=texts.number(one.deleted, 0))}"


def refusal(one: Came) -> Problem:
    """Why a package was refused."""
    return problem(
        one.code, file=one.file, sender=one.computer, computer=one.computer, person=one.person, reason="", what="",
        seq=0, stream="", folder="",
    )  # fmt: skip
