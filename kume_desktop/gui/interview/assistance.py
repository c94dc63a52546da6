"""What the rows of an interview are given from outside: answers, searches, files, earlier waves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from kume_desktop.gui.interview.attaching import Copy
from kume_desktop.gui.interview.notes import Act
from kume_desktop.gui.interview.rows import Helpers
from kume_desktop.interview import page as model

if TYPE_CHECKING:
    from kume_desktop.gui.interview.course import Course
    from kume_desktop.services.earlier_answers import EarlierAnswer
    from kume_desktop.services.form_media import Shelf
    from kume_desktop.services.interviewing import Session


def helpers_of(
    session: Session, course: Course, act: Act, explain: Callable[[], object], copy: Copy, *, letters: bool
) -> Helpers:
    """The helpers of one interview page; files and earlier answers are read when a row first asks."""

    @cache
    def before() -> Mapping[str, EarlierAnswer]:
        from kume_desktop.services import earlier_answers

        return earlier_answers.earlier(session.study, session.record)

    def stored(name: str) -> bytes:
        from kume_desktop.services import attachments

        return attachments.content(session.study, name)

    @cache
    def shelf() -> Shelf:
        from kume_desktop.services.form_media import Shelf

        return Shelf(session.study, session.record.version_id)

    return Helpers(
        shown=course.shown,
        search=lambda path, typed: model.choices(course.interview, path, typed),
        stored=stored,
        act=act,
        explain=explain,
        copy=copy,
        letters=letters,
        media=lambda file: shelf().content(file),
        play=lambda file: _play(file, shelf().content(file)),
        earlier=lambda path: before().get(path),
        kept=lambda path: path in course.interview.hidden and bool(course.interview.values.get(path)),
    )


def _play(file: str, content: bytes) -> None:
    """Hand a sound or film to the system's player, as a file of its own that the next start clears away."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    from kume_desktop.services import form_media

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(form_media.unpacked(file, content))))
