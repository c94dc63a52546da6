"""The parts of a workbook file: the sheets go compressed onto the disk while they are made, none is held whole.

XlsxWriter would hold the XML of every part, three times over for a moment; a study of ten thousand interviews then
takes a gigabyte. Its packager may be replaced; the two private methods that are have kept their names since version 1,
and a test reads back a workbook with every kind of cell.
"""

from __future__ import annotations

import io
from contextlib import suppress
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook

_SHEETS = "xl/worksheets/sheet"
_DAY = (1980, 1, 1, 0, 0, 0)
"""Excel gives its parts no time either."""
_AT_ONCE = 1 << 16


class PartedWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """A workbook that `write_to` writes; its own file is never used."""

    def __init__(self) -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        super().__init__(io.BytesIO(), options)
        self._parts: _Parts | None = None

    def write_to(self, file: IO[bytes]) -> None:
        """Write everything into `file`; raises OSError where the disk says no."""
        self._parts = parts = _Parts(file)
        try:
            self.close()
            if parts.failed is not None:
                raise parts.failed
            parts.finish()
        finally:
            parts.abandon()

    def _get_packager(self) -> Packager:
        if self._parts is None:
            raise RuntimeError("only write_to writes this workbook")
        return _PartPackager(self._parts)


class _Parts:
    """A file of parts; one after the other is written into it. `failed`: why it was not written to its end."""

    def __init__(self, file: IO[bytes]) -> None:
        self.failed: BaseException | None = None
        self._zip = ZipFile(file, "w", compression=ZIP_DEFLATED)
        self._open: _Part | None = None

    def begin(self, name: str) -> _Part:
        """A part that is written as it comes; the one before is ended."""
        self.end()
        self._open = _Part(self._zip.open(_entry(name), mode="w"))
        return self._open

    def add(self, name: str, content: bytes) -> None:
        """A part that is there whole."""
        self._zip.writestr(_entry(name), content)

    def end(self) -> None:
        """End the part that is being written."""
        if self._open is not None:
            self._open.end()
            self._open = None

    def finish(self) -> None:
        """Write the list of parts."""
        self.end()
        self._zip.close()

    def abandon(self) -> None:
        """Let go of what could not be written; nothing is left to do where it was."""
        if self._open is not None:
            with suppress(OSError, ValueError):
                self._open.end()
        with suppress(OSError, ValueError):
            self._zip.close()


def _entry(name: str) -> ZipInfo:
    made = ZipInfo(name, _DAY)
    made.compress_type = ZIP_DEFLATED
    return made


class _Part(io.StringIO):
    """What XlsxWriter writes a sheet into."""

    def __init__(self, handle: IO[bytes]) -> None:
        super().__init__()
        self._handle = handle
        self._held: list[str] = []
        self._length = 0

    def write(self, text: str) -> int:
        """Take a piece; enough of them go on together."""
        self._held.append(text)
        self._length += len(text)
        if self._length >= _AT_ONCE:
            self._pass_on()
        return len(text)

    def end(self) -> None:
        """Nothing else comes."""
        try:
            self._pass_on()
        finally:
            self._handle.close()

    def _pass_on(self) -> None:
        held, self._held, self._length = self._held, [], 0
        self._handle.write("".join(held).encode("utf-8"))


class _PartPackager(Packager):  # type: ignore[misc]  # XlsxWriter has no types
    """Hands each part on when the next one begins."""

    def __init__(self, parts: _Parts) -> None:
        super().__init__()
        self._parts = parts

    def _filename(self, xml_filename: str) -> Any:
        self._hand_on()
        return self._parts.begin(xml_filename) if xml_filename.startswith(_SHEETS) else super()._filename(xml_filename)

    def _create_package(self) -> list[Any]:
        try:
            super()._create_package()
            self._hand_on()
        except (OSError, SystemExit, KeyboardInterrupt) as error:
            self._parts.failed = error  # XlsxWriter closes what it has opened only where nothing comes out of here
        return []

    def _hand_on(self) -> None:
        self._parts.end()
        for content, name, is_binary in self.filenames:
            self._parts.add(name, content.getvalue() if is_binary else content.getvalue().encode("utf-8"))
        self.filenames.clear()
