"""Qt brings no Vietnamese of its own: resources/translations/qt_vi.qm gives its buttons and menus their words."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QMessageBox, QTextEdit, QWizard

import resources

TEXTS = resources.path("translations/qt_vi.ts")
COMPILED = resources.path("translations/qt_vi.qm")
Button = QDialogButtonBox.StandardButton


@pytest.fixture
def vietnamese(qapp):
    translator = QTranslator()
    assert translator.load(str(COMPILED))
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)


@pytest.mark.parametrize(
    ("button", "text"),
    [
        (Button.Ok, "Đồng ý"),
        (Button.Cancel, "Hủy"),
        (Button.Save, "Lưu"),
        (Button.Discard, "Không lưu"),
        (Button.Yes, "&Có"),
        (Button.No, "&Không"),
        (Button.Close, "Đóng"),
        (Button.Retry, "Thử lại"),
    ],
)
def test_a_standard_button_speaks_vietnamese(vietnamese, qtbot, button, text):
    box = QDialogButtonBox(button)
    qtbot.addWidget(box)
    assert box.button(button).text() == text


def test_a_message_box_speaks_vietnamese(vietnamese, qtbot):
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
    box.setDetailedText("chi tiết")
    assert [button.text() for button in box.buttons()] == ["Đồng ý", "Hủy", "Xem chi tiết…"]


def test_a_wizard_speaks_vietnamese(vietnamese, qtbot):
    wizard = QWizard()
    qtbot.addWidget(wizard)
    wizard.setWizardStyle(QWizard.WizardStyle.ClassicStyle)
    wizard.show()
    named = {"next": QWizard.WizardButton.NextButton, "finish": QWizard.WizardButton.FinishButton}
    assert {name: wizard.buttonText(which) for name, which in named.items()} == {
        "next": "&Tiếp >",
        "finish": "&Hoàn tất",
    }


@pytest.mark.parametrize("widget", [QLineEdit, QTextEdit])
def test_the_menu_of_a_text_speaks_vietnamese(vietnamese, qtbot, widget):
    field = widget()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    menu.deleteLater()
    assert words == ["&Hoàn tác", "&Làm lại", "Cắ&t", "&Sao chép", "&Dán", "Xóa", "Chọn tất cả"]


def test_every_text_is_composed_and_keeps_its_places():
    for message in ET.parse(TEXTS).iter("message"):
        source, text = message.findtext("source", ""), message.findtext("translation", "")
        assert text == unicodedata.normalize("NFC", text), source
        assert {place for place in ("%1", "%2") if place in source} == {p for p in ("%1", "%2") if p in text}


def test_the_compiled_file_is_made_from_the_texts(tmp_path):
    lrelease = Path(sys.executable).with_name("pyside6-lrelease")
    fresh = tmp_path / "qt_vi.qm"
    subprocess.run([lrelease, "-silent", TEXTS, "-qm", fresh], check=True)
    assert fresh.read_bytes() == COMPILED.read_bytes()
