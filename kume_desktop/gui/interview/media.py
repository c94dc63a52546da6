"""What labels show or play besides their words: pictures in sight, sounds and films through the system's player."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.inputs import ENTER
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import MediaView
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, say, tr

Media = Callable[[str], bytes]
"""The bytes of a file that lies with the form; Refused with the reason where it does not."""
Play = Callable[[str], object]
"""Hand a file of the form to the system's player."""

WIDTH, HEIGHT = 420, 220
IN_CHOICE = 72
PLAYED = {"audio": N_("Play the sound: {name}"), "video": N_("Show the film: {name}")}
_PICTURES = ("image", "big-image")


def picture(media: Sequence[MediaView], load: Media, width: int, height: int) -> QPixmap | None:
    """The first picture that can be shown, no larger than `width` x `height`; None where there is none."""
    for view in media:
        if view.kind in _PICTURES:
            try:
                drawn = QPixmap()
                if drawn.loadFromData(load(view.file)):
                    return _fitted(drawn, width, height)
            except Refused:
                continue
    return None


def _fitted(drawn: QPixmap, width: int, height: int) -> QPixmap:
    if drawn.width() <= width and drawn.height() <= height:
        return drawn
    fit, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return drawn.scaled(width, height, fit, smooth)


class _PlayButton(Button):
    """A button that leaves Enter to the row: Space plays."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the row."""
        if event.key() in ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)


class MediaStrip(QWidget):
    """The pictures, sounds and films of one label below each other; what is missing is said in words."""

    def __init__(self, media: Sequence[MediaView], alt: str, load: Media, play: Play, *, pictures: bool = True) -> None:
        super().__init__()
        self._load, self._play, self._alt = load, play, alt
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(6)
        for view in media:
            if view.kind not in _PICTURES:
                self._add_player(view)
            elif pictures:
                self._add_picture(view)

    def _add_picture(self, view: MediaView) -> None:
        try:
            content = self._load(view.file)
        except Refused as refusal:
            self._say(say(refusal.problems[0]))
            return
        drawn = QPixmap()
        if not drawn.loadFromData(content):
            self._say(tr(N_("The picture {file} cannot be shown."), file=view.file))
            return
        shown = QLabel()
        shown.setPixmap(_fitted(drawn, theme.px(WIDTH), theme.px(HEIGHT)))
        shown.setAccessibleName(tr(N_("Picture of the question: {title}"), title=self._alt))
        shown.setToolTip(self._alt)
        self._column.addWidget(shown, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_player(self, view: MediaView) -> None:
        try:
            self._load(view.file)
        except Refused as refusal:
            self._say(say(refusal.problems[0]))
            return
        button = _PlayButton(tr(PLAYED[view.kind], name=self._alt), Kind.QUIET, icon="play")
        button.setToolTip(tr(N_("Space plays {file}"), file=view.file))
        button.clicked.connect(lambda _checked=False: self._play(view.file))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _say(self, words: str) -> None:
        self._column.addWidget(Label(words, Role.SECOND, Tone.WARN, wrap=True))
