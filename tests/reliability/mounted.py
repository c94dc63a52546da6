"""An ext4 file system in a file, on a loop device, that can be cut off as a power cut does it."""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Self

MEGABYTES = 64
_SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN of <linux/ext4.h>
_NO_LOG_FLUSH = 2  # EXT4_GOING_FLAGS_NOLOGFLUSH: what the journal has not written is gone


def what_is_missing() -> str:
    """Why this machine cannot mount one; empty where it can, as far as is to be seen without trying."""
    if not sys.platform.startswith("linux"):
        return "ext4 is mounted on Linux alone"
    if os.geteuid() != 0:
        return "only root may mount a file system"
    if not Path("/dev/loop-control").exists():
        return "no loop devices"
    absent = [name for name in ("mkfs.ext4", "mount", "umount") if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


class Volume:
    """Mounted while the block runs; at its end it is taken off, and with it goes its loop device."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "volume"
        self._image = folder / "volume.ext4"

    def __enter__(self) -> Self:
        self.place.mkdir()
        with self._image.open("wb") as image:
            image.truncate(MEGABYTES << 20)
        _run("mkfs.ext4", "-q", "-F", str(self._image))
        self.mount()
        return self

    def __exit__(self, *_raised: object) -> None:
        if self.place.is_mount() and not _try("umount", str(self.place)):
            _run("umount", "--lazy", str(self.place))
        self._image.unlink()

    def mount(self) -> None:
        """Bring the file system back; its journal is replayed."""
        _run("mount", "-o", "loop", str(self._image), str(self.place))

    def unmount(self) -> None:
        """Take it off; nobody may have a file of it open."""
        _run("umount", str(self.place))

    def cut(self) -> None:
        """From this moment on nothing reaches the disk any more, what was not synced included."""
        root = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(root, _SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
        finally:
            os.close(root)


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")


def _try(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
