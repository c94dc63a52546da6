"""Yöntem: the published version and the draft side by side, and what the draft does to every area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.section_head import SectionHead, empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.method.editor import Editor
from kume_desktop.gui.method.effect_figure import EffectFigure, EffectLine
from kume_desktop.gui.method.halves import Halves
from kume_desktop.gui.method.preview import Preview
from kume_desktop.gui.method.versions_list import VersionsList
from kume_desktop.gui.page import Action, KeyHint, OpenWork, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import MethodRoute, Route
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, errors
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.method import Method
    from kume_desktop.services.method_versions import Effect, MethodVersion


class MethodPage(Page):
    """Every commit keeps the draft and asks the worker for its effect; Ctrl+Z takes a commit back."""

    def __init__(self, desk: Desk, route: MethodRoute) -> None:
        super().__init__(desk)
        from kume_desktop.services import companion, method_versions

        self._before: list[Method | None] = []
        self._published: Method
        known = method_versions.versions(desk.study)
        self._draft = next((one.method for one in known if one.state == method_versions.DRAFT), None)
        self._open = ""
        self._preview = Preview(desk, self)
        self._preview.found.connect(self._show_effect)
        self._preview.refused.connect(self.show_problems)
        self._preview.working.connect(self._tell_working)
        self._header = PageHeader(_(N_("Method")))
        self._presets = Picker(_(N_("Preset")), 300 if theme.is_compact() else theme.px(300))
        self._presets.picked.connect(self._take_preset)
        self._presets.hide()
        self._known_presets: tuple[Method, ...] = ()
        question = desk.companion.ask(self, companion.PRESETS)
        question.answered.connect(lambda answer: self._offer_presets(companion.presets(answer)))
        question.refused.connect(self.show_problems)
        self._drop = Button(_(N_("Delete the draft")), Kind.QUIET)
        self._drop.clicked.connect(self.discard)
        self._publish = Button("", Kind.PRIMARY)
        self._publish.clicked.connect(self.publish)
        for tool in (self._presets, self._drop, self._publish):
            self._header.add_tool(tool)
        self._note = TextField(_(N_("Why it changes")), placeholder=_(N_("Why it changes (kept with the version)")))
        self._note.show_text(route.note)
        self._figure = EffectFigure()
        self._figure.hide()
        self._told = QVBoxLayout()
        self._versions = QVBoxLayout()
        self._notes = QVBoxLayout()
        self._read_versions(known)
        self._editor = Editor(self._published, self._draft or self._published)
        self._editor.changed.connect(self._keep)
        self._lay_out()

    def _lay_out(self) -> None:
        self.halves = Halves()
        self.halves.left.addWidget(self._editor)
        right = self.halves.right
        right.addLayout(self._notes)
        right.addWidget(SectionHead(_(N_("Effect on the areas"))))
        right.addWidget(self._figure)
        right.addLayout(self._told)
        right.addSpacing(8)
        right.addWidget(labelled(_(N_("Why it changes")), self._note))
        right.addSpacing(8)
        right.addWidget(SectionHead(_(N_("Versions"))))
        right.addLayout(self._versions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(Rule())
        column.addWidget(self.halves, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Method"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Walk, take back, restore, publish."""
        return (
            KeyHint("Up Down", _(N_("Indicator"))),
            KeyHint("R", _(N_("Back to published"))),
            KeyHint("Ctrl+Z", _(N_("Undo"))),
            KeyHint("F5", _(N_("Compute"))),
            KeyHint("Ctrl+Shift+P", _(N_("Publish"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Publish, discard, compute, undo."""
        return (
            Action("publish", _(N_("Publish the draft")), self.publish, "Ctrl+Shift+P"),
            Action("discard", _(N_("Delete the draft")), self.discard),
            Action("effect", _(N_("Compute the effect again")), self.retry, "F5", bound=False),
            Action("undo", _(N_("Take the last change back")), self.undo, "Ctrl+Z", bound=False),
        )

    def on_shown(self) -> None:
        """Begin at the first weight; tell what the draft does."""
        self._begin()
        self.retry()

    def _begin(self) -> None:
        """Where the weights come from experts their fields take no focus: begin at the source of the weights."""
        self._editor.take_focus()

    def leave(self) -> None:
        """Keep what is typed, drop what runs."""
        super().leave()
        self._preview.let_go()

    def here(self, route: Route) -> Route:
        """This page with the reason that is typed."""
        return replace(route, note=self._note.text()) if isinstance(route, MethodRoute) else route

    def retry(self) -> None:
        """Say what is wrong with the draft and ask for the effect again (F5)."""
        found = (self._draft or self._published).problems()
        self.show_problems(found)
        if errors(found):
            self._preview.let_go()
            self._hide_effect()
        else:
            self._preview.ask(self._draft or self._published)

    def cancel(self) -> bool:
        """Esc stops the computation before it leads back."""
        if not self._preview.is_working:
            return False
        self._preview.let_go()
        self._hide_effect()
        return True

    def undo(self) -> bool:
        """Take the last commit back."""
        if not self._before:
            return False
        before = self._before.pop()
        self._store(before)
        self._editor.show_method(self._published, before or self._published)
        return True

    def discard(self) -> None:
        """Drop the draft; the toast brings it back."""
        dropped = self._draft
        if dropped is None:
            return
        self._before.append(dropped)
        self._store(None)
        self._editor.show_method(self._published, self._published)
        self._begin()
        self.toast.emit(Toast(_(N_("The draft was deleted.")), self.undo))

    def publish(self) -> None:
        """Make the draft the method in force; it needs a reason."""
        from kume_desktop.services import method_versions

        self.leave_field()
        try:
            made = method_versions.publish(self.desk.study, self._note.text())
        except Refused as refused:
            self.show_problems(refused.problems)
            if any(one.code == "method.no-note" for one in refused.problems):
                self._note.set_refused(True)
                self._note.setFocus()
            return
        self._note.show_text("")
        self._note.set_refused(False)
        self._before = []
        self._draft, self._published = None, made.method
        self.show_problems(())
        self._read_versions()
        self._editor.show_method(self._published, self._published)
        self._begin()
        self.desk.tell_changed()
        self.retry()
        said = N_("Version {number} is published. Results are computed with it from now on.")
        self.toast.emit(Toast(tr(said, number=made.number)))

    def leave_field(self) -> None:
        """Commit what is being typed."""
        focused: object = QApplication.focusWidget()
        if isinstance(focused, QWidget) and self.isAncestorOf(focused):
            focused.clearFocus()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show a note for each problem in the place of those before."""
        empty(self._notes)
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=problem.is_error)
            self._notes.addWidget(note)
            note.say()

    def _keep(self, draft: Method) -> None:
        before = self._draft
        if self._store(draft):
            self._before.append(before)

    def _store(self, draft: Method | None) -> bool:
        """Keep or drop the draft in the study; False where the study refuses."""
        from kume_desktop.services import method_versions

        try:
            if draft is None:
                method_versions.discard_draft(self.desk.study)
            else:
                method_versions.save_draft(self.desk.study, draft)
        except Refused as refused:
            self.save_state.emit(SaveState(SaveKind.FAILED, text=" ".join(map(texts.say, refused.problems))))
            return False
        self._draft = draft
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self._read_versions()
        self.retry()
        return True

    def _offer_presets(self, found: tuple[Method, ...]) -> None:
        """The companion has read them from the forms."""
        self._known_presets = found
        self._presets.setVisible(bool(found))
        self._presets.set_items([(one.preset, words.said(one.name)) for one in found])
        self._presets.set_current((self._draft or self._published).preset)

    def _take_preset(self, code: str) -> None:
        preset = next((one for one in self._known_presets if one.preset == code), None)
        if preset is not None:
            self._keep(preset)
            self._editor.show_method(self._published, preset)

    def _read_versions(self, known: Sequence[MethodVersion] = ()) -> None:
        """Show the versions: those that were read already, else as the study has them now."""
        from kume_desktop.services import method_versions

        versions = known or method_versions.versions(self.desk.study)
        published = next(one for one in versions if one.state == method_versions.PUBLISHED)
        drafted = next((one for one in versions if one.state == method_versions.DRAFT), None)
        self._published = published.method
        self._offer_presets(self._known_presets)
        told = tr(N_("version {number} published"), number=published.number)
        if drafted is not None:
            told = f"{told}, {tr(N_('version {number} draft'), number=drafted.number)}"
        wave = self.desk.head.wave if self.desk.head is not None else ""
        self._header.set_facts(" · ".join(one for one in (_(N_("Settings")), wave, told) if one))
        self._publish.setText(tr(N_("Publish version {number}"), number=published.number + 1))
        for button in (self._publish, self._drop):
            button.setEnabled(drafted is not None)
            button.setToolTip("" if drafted is not None else _(N_("There is no draft: change something first.")))
        empty(self._versions)
        self._versions.addWidget(VersionsList(versions))

    def _show_effect(self, effects: Sequence[Effect]) -> None:
        draft = self._draft or self._published
        names = self._names()
        lines = [_line(one, names.get(one.area, one.area)) for one in effects]
        cuts, old_cuts = draft.cut_points, self._published.cut_points
        self._figure.show_lines(lines, draft.lowest, cuts, old_cuts, self._published.version)
        self._figure.setVisible(bool(lines))
        changed = [line for line in lines if line.changes_category]
        empty(self._told)
        for line in changed:
            for sentence in _sentences(line, draft):
                self._told.addWidget(Label(sentence, Role.BODY, Tone.WARN, wrap=True))
        if not changed:
            nothing = N_("No area changes its category.")
            without = N_("The study has no activity areas yet; they are added in the settings.")
            self._told.addWidget(Label(_(nothing if lines else without), Role.SECOND, Tone.TEXT2, wrap=True))
        if lines:
            self._told.addWidget(Label(_what_if(lines), Role.SECOND, Tone.TEXT2, wrap=True))
        said = tr(N_("{count} areas change their category"), count=len(changed))
        self.problem_shown.emit(OpenWork(said, "history") if changed else None)

    def _hide_effect(self) -> None:
        """What was computed for another draft is no effect of this one."""
        self._figure.hide()
        empty(self._told)
        self._told.addWidget(Label(_(N_("The effect of this draft is not computed.")), Role.SECOND, Tone.TEXT2))
        self.problem_shown.emit(None)

    def _names(self) -> dict[str, str]:
        english = texts.language() == "en"
        return {one.code: (one.name_en if english else "") or one.name_tr for one in self.desk.study.areas()}

    def _tell_working(self, works: bool) -> None:
        from kume_desktop.gui.page import Progress

        progress = Progress(0, 0, _(N_("Computing the effect"))) if works else None
        self._header.set_busy(progress)
        self.busy.emit(progress)


def _line(effect: Effect, name: str) -> EffectLine:
    after, likely = effect.category_after, effect.probability
    return EffectLine(
        name=name,
        before=effect.before,
        after=effect.after,
        published_before=effect.published_before,
        published_after=effect.published_after,
        category_before=effect.category_before,
        category_after=after,
        published_category_before=effect.published_category_before,
        published_category_after=effect.published_category_after,
        probability=likely[after - 1] if likely and after is not None else None,
        geometric_before=effect.geometric_before,
        geometric_after=effect.geometric_after,
        geometric_category=effect.geometric_category,
    )


def _what_if(lines: Sequence[EffectLine]) -> str:
    """What the geometric mean, in which a weak indicator is not made good by a strong one, would change."""
    others = [
        f"{line.name} ({words.short_category(line.geometric_category)})"
        for line in lines
        if line.geometric_differs and line.geometric_category is not None
    ]
    if not others:
        return _(N_("What if the draft took the geometric mean: every area keeps its category."))
    return tr(N_("What if the draft took the geometric mean: {areas}"), areas=", ".join(others))


def _sentences(line: EffectLine, draft: Method) -> list[str]:
    """What changes its category: the index, the published form, or both."""
    found = []
    index = (line.category_before, line.category_after)
    published = (line.published_category_before, line.published_category_after)
    if index[0] != index[1]:
        found.append(_sentence(line.name, *index, draft))
        if line.probability is not None:
            found[0] += f", {tr(N_('probability {share}'), share=texts.chance(line.probability))}"
    if published[0] != published[1] and published != index:
        found.append(_sentence(tr(N_("{name}, published form"), name=line.name), *published, draft))
    return found


def _sentence(name: str, old: int | None, new: int | None, draft: Method) -> str:
    """Lojistik: 2. Kategori → 3. Kategori – Potansiyel yoğunlaşma."""
    before = words.short_category(old) if old is not None else words.NOTHING
    return tr(N_("{name}: {before} → {after}"), name=name, before=before, after=words.category(draft, new))
