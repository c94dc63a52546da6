"""What all pages of one window share: the open study, the settings, and signals of the whole house."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Companion
    from kume_desktop.gui.held_firms import HeldFirms
    from kume_desktop.problems import Problem
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import FirmRow, StudyHead
    from kume_desktop.settings import Settings


class Desk(QObject):
    """The open study (or none) and the settings in force."""

    study_changed = Signal()
    wave_changed = Signal()
    wave_came = Signal()
    data_changed = Signal()
    look_changed = Signal()
    lock_asked = Signal()
    alarms_changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None, *, is_lent: bool = False) -> None:
        """Begin with `settings`; `is_lent`: their language is that of this run alone (`--lang`), nobody chose it."""
        super().__init__(parent)
        self._settings = settings
        self._is_lent = is_lent
        self._study: Study | None = None
        self._behind: Study | None = None
        self._head: StudyHead | None = None
        self._held: HeldFirms | None = None
        self._companion: Companion | None = None
        self._alarms: tuple[Problem, ...] = ()
        self.last_setting = ""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def change_settings(self, wanted: Settings) -> None:
        """Keep other settings and put them in force at once; a language that is lent is not kept."""
        from kume_desktop import settings

        before, self._settings = self._settings, wanted
        self._is_lent = self._is_lent and wanted.language is before.language
        settings.save(replace(wanted, language=settings.load().language) if self._is_lent else wanted)
        if before != wanted:
            self.look_changed.emit()

    @property
    def study(self) -> Study:
        """The open study; a page that needs one is only shown while there is one."""
        if self._study is None:
            raise LookupError("no study is open")
        return self._study

    @property
    def has_study(self) -> bool:
        """Whether a study is open."""
        return self._study is not None

    @property
    def head(self) -> StudyHead | None:
        """Name, counts, person and role of the open study, as read last."""
        return self._head

    @property
    def alarms(self) -> tuple[Problem, ...]:
        """What is wrong with the drives that the study lies on; it stands on every page."""
        return self._alarms

    def tell_alarms(self, found: tuple[Problem, ...]) -> None:
        """Say what is wrong with the drives now."""
        before, self._alarms = self._alarms, found
        if before != found:
            self.alarms_changed.emit()

    @property
    def companion(self) -> Companion:
        """The worker that stays beside the open study."""
        if self._companion is None:
            from kume_desktop.gui.companion import Companion

            self._companion = Companion(self.study, self)
        return self._companion

    @property
    def held(self) -> HeldFirms:
        """The firms of the open study as the window holds them."""
        if self._held is None:
            from kume_desktop.gui.held_firms import HeldFirms

            self._held = HeldFirms(self)
        return self._held

    def firms(self) -> tuple[FirmRow, ...]:
        """The firms of the study in Turkish order, read here and now where something has changed."""
        return self.held.rows()

    def open(self, study: Study) -> None:
        """Make `study` the open one; the one before is closed."""
        self.close()
        self._study = study
        self._head = study.head()
        self.study_changed.emit()

    @property
    def is_practising(self) -> bool:
        """Whether a practice study is in front of the open one."""
        return self._behind is not None

    @property
    def study_behind(self) -> Study:
        """The open study itself, while one practises; else the one in front."""
        return self._behind or self.study

    def practise(self, practice: Study) -> None:
        """Practise: the open study stays open behind the practice until `end_practice`."""
        self._let_go()
        self._behind, self._study = self.study_behind, practice
        self._head = practice.head()
        self.study_changed.emit()

    def end_practice(self) -> None:
        """Go back to the study itself; the practice is closed."""
        if self._behind is None:
            return
        self._let_go()
        self.study.close()
        self._study, self._behind = self._behind, None
        self._head = self.study.head()
        self.study_changed.emit()

    def switch_wave(self, wave_id: str) -> None:
        """Work in another wave of the open study; Refused where there is no such wave."""
        from kume_desktop.services import waves

        waves.switch(self.study, wave_id)
        self.tell_wave()

    def tell_wave(self) -> None:
        """The study works in another wave: everything that was read of the one before is read anew."""
        self.held.forget()
        self._head = self.study.head()
        self.wave_changed.emit()

    def tell_taken(self) -> str:
        """A package was taken in: forms, waves, areas, firms and the person's own role may be others now.

        Returns the name of the wave that has come and is worked in from now on; '' for none.
        """
        from kume_desktop.services import people, waves

        study = self.study
        wave, role = waves.follow(study), people.role_of(study, study.person)
        if (wave or role != study.role) and self._companion is not None:
            self._companion.end()  # it goes on in the wave and the role of before
        study.role = role
        study.forget_forms()
        self.held.forget()
        self._tell()
        if wave:
            self.wave_came.emit()
        return wave

    def close(self) -> None:
        """Close the open study, if there is one, and what is practised in front of it."""
        self._let_go()
        for study in (self._study, self._behind):
            if study is not None:
                study.close()
        self._study, self._behind, self._head = None, None, None

    def _let_go(self) -> None:
        """Forget what was read of the study in front."""
        if self._held is not None:
            self._held.forget()
        if self._companion is not None:
            self._companion.end()
            self._companion.deleteLater()
            self._companion = None

    def tell_changed(self) -> None:
        """Something was stored: read the head again and tell the pages."""
        self.held.age()
        self._tell()

    def tell_firm(self, unit_id: str) -> None:
        """Something about one firm was stored: its row alone is read again, and no count of the head is another."""
        self.held.renew(unit_id)
        self.data_changed.emit()

    def _tell(self) -> None:
        if self._study is not None:
            self._head = self._study.head()
        self.data_changed.emit()
