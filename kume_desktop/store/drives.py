"""The disk that a live study lies on: its kind, its free space, and a reserve for the moment it is full.

A live database needs locks and shared memory that network file systems do not give, and a stick that is pulled takes
the last answers along; a study on either is refused (copy it to this computer first).
"""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

from kume_desktop.problems import Problem, Refused, problem, warning

RESERVE_BYTES = 8 * 1024 * 1024
LOW_SPACE_BYTES = 500 * 1000 * 1000
_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs2",
        "webdav",
    }
)
_WINDOWS_REFUSED = {2: "study.removable-drive", 4: "study.network-drive", 5: "study.removable-drive"}


def check_folder(folder: Path) -> None:
    """Refuse a folder in which a live study cannot lie.

    Raises:
        Refused: `study.folder-missing`, `study.read-only`, `study.network-drive`, `study.removable-drive`.
    """
    if not folder.is_dir():
        raise Refused(problem("study.folder-missing", folder=str(folder)))
    code = refusal(folder)
    if code:
        raise Refused(problem(code, folder=str(folder)))
    probe = folder / f".kume-probe-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        code = "study.disk-full" if error.errno == 28 else "study.read-only"
        raise Refused(problem(code, file=str(folder))) from error


def refusal(folder: Path) -> str:
    """The code of the problem with the drive of a folder; '' where there is none."""
    system = platform.system()
    if system == "Windows":
        return _windows_refusal(folder)
    if system == "Linux":
        mounts = Path("/proc/self/mounts")
        return linux_refusal(
            folder, mounts.read_text("utf-8", "replace") if mounts.exists() else "", Path("/sys/class/block")
        )
    return ""


def linux_refusal(folder: Path, mounts: str, blocks: Path) -> str:
    """The same from the text of /proc/self/mounts and the folder /sys/class/block."""
    device, kind = _mount_of(folder.resolve(), mounts)
    if kind in _NETWORK:
        return "study.network-drive"
    name = Path(device).name
    if not device.startswith("/dev/") or not (blocks / name).exists():
        return ""
    block = (blocks / name).resolve()
    whole = block if (block / "removable").exists() else block.parent
    flag = whole / "removable"
    return "study.removable-drive" if flag.exists() and flag.read_text("utf-8").strip() == "1" else ""


def _mount_of(folder: Path, mounts: str) -> tuple[str, str]:
    best: tuple[int, str, str] = (-1, "", "")
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if folder.is_relative_to(point) and len(point.parts) >= best[0]:
            best = (len(point.parts), parts[0], parts[2])
    return best[1], best[2]


def _windows_refusal(folder: Path) -> str:
    import ctypes

    root = folder.resolve().drive + "\\"
    if root.startswith("\\\\"):
        return "study.network-drive"
    windll = getattr(ctypes, "windll", None)
    return "" if windll is None else _WINDOWS_REFUSED.get(windll.kernel32.GetDriveTypeW(root), "")


def space_warning(folder: Path) -> Problem | None:
    """A warning where less than 500 MB are free."""
    free = shutil.disk_usage(folder).free
    return warning("study.space-low", megabytes=free // 1_000_000) if free < LOW_SPACE_BYTES else None


def reserve_of(study: Path) -> Path:
    """The file that keeps space while a study is open."""
    return study.with_name(f".{study.name}-reserve")


def take_reserve(study: Path) -> bool:
    """Keep 8 MB beside an open study for the moment the disk is full; whether they could be had."""
    reserve = reserve_of(study)
    try:
        if reserve.exists() and reserve.stat().st_size == RESERVE_BYTES:
            return True
        with reserve.open("wb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, RESERVE_BYTES)
            else:
                file.write(b"\0" * RESERVE_BYTES)
    except OSError:
        reserve.unlink(missing_ok=True)
        return False
    return True


def free_reserve(study: Path) -> bool:
    """Give the kept space back, because the disk is full or the study is closed; whether there was any."""
    reserve = reserve_of(study)
    try:
        reserve.unlink()
    except OSError:
        return False
    return True
