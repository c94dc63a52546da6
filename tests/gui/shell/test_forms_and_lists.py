"""What was refused is typed anew; what is typed into a list is no key of the page behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.form_page import FormFrame
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.problems import problem


def test_that_the_note_of_a_refused_field_goes_with_the_text_it_was_about(qtbot):
    form, name, other = FormFrame("Yeni", "", "Kaydet"), TextField("Ad"), TextField("Yer")
    for field in (name, other):
        form.column.addWidget(labelled(field.accessibleName(), field))
    qtbot.addWidget(form)
    form.show()
    fields = {"Ad": name, "Yer": other}
    problems = [problem("window.missing", field=each) for each in fields]
    form.refuse(problems, lambda one: fields[str(one.params["field"])])
    qtbot.waitUntil(lambda: len(form.shown_problems) == 2)
    QTest.keyClicks(name, "E")
    assert len(form.shown_problems) == 1
    assert not name.property("refused")
    assert other.property("refused")


def test_that_letters_typed_into_a_short_list_are_no_keys_of_the_page(qtbot):
    page, picker, pressed = QWidget(), Picker("Kim"), []
    QVBoxLayout(page).addWidget(picker)
    shortcut = QShortcut("E", page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(lambda: pressed.append("E"))
    picker.set_items([("", "kimse"), ("1", "Elif"), ("2", "Selin")])
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    picker.open_list()
    shown = picker._popup
    QTest.keyClick(shown._list, Qt.Key.Key_E)
    assert pressed == []
    with qtbot.waitSignal(picker.picked) as heard:
        QTest.keyClick(shown._list, Qt.Key.Key_Return)
    assert heard.args == ["1"]
