"""What window and command line share before anything else: language, logs, the passphrase, a display to draw on."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from getpass import getpass

from kume_desktop import logs, settings, texts
from kume_desktop.problems import Refused, problem

DEMONSTRATION_PASSPHRASE = "demo"  # noqa: S105 - public on purpose: the demonstration data are invented


@dataclass(frozen=True, slots=True)
class PassphraseSource:
    """Where a passphrase comes from: a file descriptor, the environment, or a prompt. Never an argument."""

    descriptor: int | None = None

    def given(self) -> str | None:
        """The passphrase that came with the call, or None."""
        if self.descriptor is not None:
            return _read_descriptor(self.descriptor)
        return os.environ.get("KUME_PASSPHRASE")

    def asked(self) -> str:
        """Ask the person; refuse where nobody can be asked."""
        if not sys.stdin.isatty():
            raise Refused(problem("command.no-passphrase"))
        return getpass(texts.tr(texts.N_("Passphrase of the study: ")))


def _read_descriptor(descriptor: int) -> str:
    try:
        with os.fdopen(descriptor, encoding="utf-8", closefd=False) as stream:
            return stream.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(problem("command.passphrase-unreadable", descriptor=descriptor)) from error


def begin(language: str | None = None) -> settings.Settings:
    """Put language and logs in order; the first thing every entry does.

    Raises:
        Refused: the profile folder cannot be written.
    """
    try:
        chosen = settings.load()
        if language is not None:
            chosen = replace(chosen, language=settings.Language(language))
        texts.set_language(chosen.language)
        logs.begin()
    except OSError as error:
        raise Refused(problem("command.profile-unwritable", folder=os.environ.get("KUME_PROFILE", "~"))) from error
    return chosen


def display_problem() -> str:
    """Why no window can be shown here, as a problem code; '' where one can.

    Qt ends the process when it finds no display, so this is asked before Qt is touched.
    """
    if not sys.platform.startswith("linux"):
        return ""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] not in {"", "xcb", "wayland"}:
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    if not os.environ.get("DISPLAY"):
        return "command.no-display"
    return "" if _x_server_answers() else "command.display-silent"


def _x_server_answers() -> bool:
    """Whether the X server named by DISPLAY lets us in; without libxcb nobody knows, and Qt would not start either."""
    import ctypes
    import ctypes.util

    name = ctypes.util.find_library("xcb")
    if name is None:
        return False
    library = ctypes.CDLL(name)
    library.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(library.xcb_connect(None, None))
    failed: int = library.xcb_connection_has_error(connection)
    library.xcb_disconnect(connection)
    return failed == 0
