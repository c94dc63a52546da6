"""Whether the window was closed properly the last time: a mark in the profile, set while it is open."""

from __future__ import annotations

import os

from kume_desktop import paths

_ended_badly = [False]


def begin() -> None:
    """The window opens: look whether a mark was left behind, and set one."""
    mark = paths.profile() / "open.mark"
    _ended_badly[0] = mark.exists()
    mark.write_text(str(os.getpid()), encoding="ascii")


def end() -> None:
    """The window was closed by its person."""
    (paths.profile() / "open.mark").unlink(missing_ok=True)


def last_ended_badly() -> bool:
    """Whether the window before this one was killed, crashed or lost its power."""
    return _ended_badly[0]
