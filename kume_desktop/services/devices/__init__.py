"""The computers of a study: who this one is, which others are believed, how one is introduced, enrolled and revoked."""

from __future__ import annotations

from kume_desktop.exchange.packages.introduction import Introduction
from kume_desktop.services.devices.enrolling import (
    REASONS,
    adopt,
    check_words,
    enrol,
    find,
    look_at,
    reinstate,
    rename,
    revoke,
)
from kume_desktop.services.devices.introducing import Introduced, introduce, introductions, withdraw, write_again
from kume_desktop.services.devices.pinning import Claimed, claimed_here, claimed_sender, pin
from kume_desktop.services.devices.recovery import recovery_public, recovery_secrets
from kume_desktop.services.devices.resuming import introduce_again
from kume_desktop.services.devices.trust import (
    Computer,
    Listed,
    called,
    computers,
    name_of,
    owners,
    secrets,
    this_computer,
    trusted,
)

__all__ = (
    "REASONS",
    "Claimed",
    "Computer",
    "Introduced",
    "Introduction",
    "Listed",
    "adopt",
    "called",
    "check_words",
    "claimed_here",
    "claimed_sender",
    "computers",
    "enrol",
    "find",
    "introduce",
    "introduce_again",
    "introductions",
    "look_at",
    "name_of",
    "owners",
    "pin",
    "recovery_public",
    "recovery_secrets",
    "reinstate",
    "rename",
    "revoke",
    "secrets",
    "this_computer",
    "trusted",
    "withdraw",
    "write_again",
)
