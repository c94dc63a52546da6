"""A stick that is pulled out, a disk that fills up, a drive that writes something else (R27)."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services.packages import outbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONTENT = bytes(range(256)) * 4000
CALLS = 12
"""More calls than a copy makes: the last ones find nothing to break."""


class Faulty:
    """`os` in which the n-th write or sync fails in one way."""

    def __init__(self, place: int, fault: str) -> None:
        self.place, self.fault, self.calls = place, fault, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def _hits(self) -> bool:
        self.calls += 1
        return self.calls == self.place

    def write(self, file: int, content: Any) -> int:
        if not self._hits():
            return os.write(file, content[: len(content) // 2 + 1])
        match self.fault:
            case "short":
                return os.write(file, content[:1])
            case "nothing":
                return 0
            case "garbled":
                return os.write(file, b"\0" * len(content))
            case _:
                raise OSError(getattr(errno, self.fault), "fault")

    def fsync(self, file: int) -> None:
        if self._hits() and self.fault in {"EIO", "ENOSPC"}:
            raise OSError(getattr(errno, self.fault), "fault")
        os.fsync(file)


@pytest.mark.parametrize("fault", ["EIO", "ENOSPC", "short", "nothing", "garbled"])
def test_that_no_write_that_fails_leaves_a_file_under_the_final_name(tmp_path: Path, monkeypatch, counted, fault: str):
    written = refused = 0
    for place in range(1, CALLS + 20):
        shim = Faulty(place, fault)
        monkeypatch.setattr(outbox, "os", shim)
        target = tmp_path / f"{fault}-{place}.kume-package"
        code = _code(target)
        if code:
            refused += 1
            assert not target.exists()
        else:
            written += 1
            assert target.read_bytes() == CONTENT
        assert code in {"", "package.disk-full", "package.cannot-write", "package.copy-differs"}
        assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []
    assert written > 0
    assert refused > 0 or fault == "short"
    counted(f"R27 stick, {fault}: {written + refused} copies with one fault each, {refused} refused, 0 half files")


def _code(target: Path) -> str:
    """What a copy is refused with, '' where it is not."""
    try:
        outbox.write_whole(target, CONTENT)
    except Refused as refusal:
        return refusal.problems[0].code
    return ""


@pytest.mark.parametrize("call", ["replace", "read_bytes", "open"])
@pytest.mark.parametrize("place", [1, 2])
def test_that_a_stick_pulled_out_between_the_steps_leaves_nothing_broken(tmp_path: Path, monkeypatch, call, place):
    real: Callable[..., Any] = getattr(type(tmp_path), call)
    calls = []

    def pulled(self: Path, *args: Any, **kwargs: Any) -> Any:
        calls.append(self)
        if len(calls) == place:
            raise OSError(errno.EIO, "pulled out")
        return real(self, *args, **kwargs)

    target = tmp_path / "a.kume-package"
    monkeypatch.setattr(type(tmp_path), call, pulled)
    try:
        outbox.write_whole(target, CONTENT)
    except Refused:
        monkeypatch.undo()
        assert not target.exists()
    else:
        monkeypatch.undo()
        assert target.read_bytes() == CONTENT


def test_that_a_drive_that_keeps_something_else_than_it_was_given_is_found_out(tmp_path: Path, monkeypatch):
    real = type(tmp_path).replace

    def worn_out(self: Path, target: Path) -> Path:
        done = real(self, target)
        target.write_bytes(CONTENT[:-1] + b"x")
        return done

    monkeypatch.setattr(type(tmp_path), "replace", worn_out)
    with pytest.raises(Refused) as refused:
        outbox.write_whole(tmp_path / "a.kume-package", CONTENT)
    assert refused.value.problems[0].code == "package.copy-differs"
    assert list(tmp_path.iterdir()) == []
