"""The field for prose: its document and back, Word's clipboard, keys, UniKey, and when a text is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.model.rich_text import LineKind, RichText, TextLine, TextRun, parse
from tests.forms.model.test_rich_text import texts
from tests.ui.desktop.keyboard import CTRL, SHIFT, Hands, Key, in_front_of, roll_over
from ui.desktop.widgets import prose_editor
from ui.desktop.widgets.prose_document import fill, pasted, prose_of, seen
from ui.desktop.widgets.prose_editor import ProseEditor

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:shapedefaults/></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Times New Roman",serif;} @page WordSection1 {size:612.0pt 792.0pt;} -->
</style></head><body lang=VI><!--StartFragment-->
<p class=MsoNormal><b><span style='font-size:14.0pt;color:red'>Kết quả: </span></b><i>đã tổ
chức</i> <u>03 lớp</u><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>-<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>Một
lớp cho <b>cán bộ</b></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='font-family:Symbol'>
<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp;&nbsp;</span></span></span><![endif]>Hai</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>
&nbsp;&nbsp;&nbsp; </span></span><![endif]>Ba<img src="file:///etc/hostname"></p>
<table><tr><td><p>Xã A</p></td><td><p>12</p></td></tr></table>
<!--EndFragment--></body></html>"""


def clipboard(text: str = "", html: str = "") -> QMimeData:
    made = QMimeData()
    if text:
        made.setText(text)
    if html:
        made.setHtml(html)
    return made


@given(texts)
def test_a_text_goes_through_qts_document_and_back(qapp, text):
    document = QTextDocument()
    fill(document, parse(text))
    kept = parse(text).marked.rstrip("\n")
    assert prose_of(document).marked.rstrip("\n -.0123456789") == kept.rstrip("\n -.0123456789")


def test_lists_keep_their_numbers(qapp):
    text = "1. một\n2. hai\n1. lại một\n\n5. năm\n- gạch\n- gạch\nhết"
    document = QTextDocument()
    fill(document, parse(text))
    assert prose_of(document).marked == text
    assert not document.isUndoAvailable()


def test_from_word_come_bold_italic_and_lists_and_nothing_else(qapp):
    found = pasted(clipboard("x", WORD))
    assert found.prose.marked == (
        "**Kết quả:** *đã tổ chức* 03 lớp\n\n- Một lớp cho **cán bộ**\n- Hai\n3. Ba\nXã A\n12"
    )
    assert found.left_out == "Đã dán, bỏ 1 hình."


def test_a_list_of_html_is_a_list(qapp):
    found = pasted(clipboard(html="<ul><li>một<li>hai</ul><ol start=4><li>bốn<li>năm</ol><p>hết</p>"))
    assert found.prose.marked == "- một\n- hai\n4. bốn\n5. năm\nhết"


def test_plain_text_is_taken_with_its_marks(qapp):
    assert pasted(clipboard("**a**\r\n- b\tc")).prose.marked == "**a**\n- b c"


def test_cells_of_a_workbook_stand_side_by_side(qapp):
    html = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>Xã A</td><td>12</td></tr></table>'
    assert pasted(clipboard("Xã A\t12\n", html)).prose.marked == "Xã A 12\n"


def test_hidden_characters_are_dropped_with_a_word(qapp):
    found = pasted(clipboard("bi\u0300nh\u200b đẳng\x00\u00a0giới\ufeff"))
    assert (found.prose.marked, found.left_out) == ("bình đẳng giới", "Đã dán, bỏ 3 ký tự ẩn.")


@given(st.text())
def test_whatever_is_pasted_may_be_kept(text):
    kept, _ = seen(text)
    assert seen(kept) == (kept, 0)


class Desk(QWidget):
    """An editor between two other fields, and a ledger that remembers."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, str]] = []
        self.refuses = False
        self.editor = ProseEditor("Kết quả", self.write)
        column = QVBoxLayout(self)
        for one in (QLineEdit(self), self.editor, QLineEdit(self)):
            column.addWidget(one)

    def write(self, id: str, text: str) -> str | None:
        if self.refuses:
            return None
        self.kept.append((id, text))
        return text.strip()

    @property
    def text(self) -> str:
        return self.editor.prose.marked


@pytest.fixture
def desk(qtbot):
    made = Desk()
    made.editor.show_text("results", "")
    return made


@pytest.fixture
def hands(qtbot, desk) -> Hands:
    made = in_front_of(qtbot, desk)
    desk.editor.setFocus()
    return made


def test_words_are_typed_bold_and_italic_by_keys(desk, hands):
    hands.press(Key.Key_B, CTRL)
    hands.type("Kết quả:")
    hands.press(Key.Key_B, CTRL)
    hands.type(" rất ")
    hands.press(Key.Key_I, CTRL)
    hands.type("tốt")
    assert desk.text == "**Kết quả:** rất *tốt*"


def test_without_a_selection_the_word_one_stands_in_changes(desk, hands):
    hands.type("bình đẳng giới")
    hands.press(Key.Key_Left, times=6)
    hands.press(Key.Key_B, CTRL)
    assert desk.text == "bình **đẳng** giới"
    hands.press(Key.Key_B, CTRL)
    assert desk.text == "bình đẳng giới"


def test_a_line_typed_as_an_item_becomes_one_at_enter_and_an_empty_one_ends_the_list(desk, hands):
    hands.type("- một")
    hands.press(Key.Key_Return)
    assert (desk.editor.line_kind, desk.text) == (LineKind.BULLET, "- một")
    hands.type("hai")
    hands.press(Key.Key_Return, times=2)
    hands.type("hết")
    assert desk.text == "- một\n- hai\nhết"


def test_numbers_go_on_and_backspace_before_an_item_makes_it_plain(desk, hands):
    hands.type("3. ba")
    hands.press(Key.Key_Return)
    hands.type("bốn")
    assert desk.text == "3. ba\n4. bốn"
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Backspace)
    assert desk.text == "3. ba\nbốn"


def test_the_lines_chosen_become_a_list_and_plain_again(desk, hands):
    hands.type("một")
    hands.press(Key.Key_Return)
    hands.type("hai")
    hands.press(Key.Key_A, CTRL)
    desk.editor.turn_list(LineKind.BULLET)
    assert desk.text == "- một\n- hai"
    desk.editor.turn_list(LineKind.NUMBER)
    assert desk.text == "1. một\n2. hai"
    desk.editor.turn_list(LineKind.NUMBER)
    assert desk.text == "một\nhai"


def test_asterisks_that_were_typed_stay_asterisks(desk, hands):
    hands.type("*Ghi chu* 2 * 3")
    desk.editor.keep()
    assert desk.kept == [("results", "\\*Ghi chu\\* 2 \\* 3")]
    desk.editor.forget()
    desk.editor.show_text("results", desk.kept[-1][1])
    assert desk.editor.toPlainText() == "*Ghi chu* 2 * 3"


def test_unikey_types_by_taking_back(desk, hands):
    """Phu -> Phụ, nu -> nư -> nữ: every stroke takes back what the last one gave"""
    for strokes in (("P", "Ph", "Phu", "Phụ"), (" ",), ("n", "nu", "nư", "nữ"), (" ",), ("d", "đ", "đã", "đã")):
        hands.telex(*strokes)
    assert desk.text == "Phụ nữ đã"
    hands.press(Key.Key_Return)
    hands.telex("-", "- ", "- d", "- đ")
    hands.press(Key.Key_Return)
    assert desk.text == "Phụ nữ đã\n- đ"


def test_a_text_is_kept_when_the_field_is_left_and_once(desk, hands):
    hands.type("tot")
    assert desk.kept == []
    hands.press(Key.Key_Tab)
    hands.press(Key.Key_Tab, SHIFT)
    hands.press(Key.Key_Tab)
    assert desk.kept == [("results", "tot")]


def test_a_text_is_kept_when_typing_pauses(desk, hands, qtbot, monkeypatch):
    desk.editor._pause.short.setInterval(20)
    hands.type("tot")
    qtbot.waitUntil(lambda: desk.kept == [("results", "tot")])
    assert prose_editor.PAUSE_MS <= 2000


def test_somebody_who_never_pauses_is_kept_all_the_same(desk, hands, qtbot):
    desk.editor._pause.latest.setInterval(20)
    hands.type("t")
    qtbot.waitUntil(lambda: desk.kept != [])
    assert desk.editor._pause.short.interval() > 20


def test_what_was_refused_stays_and_is_handed_in_again(desk, hands):
    desk.refuses = True
    hands.type("tot")
    desk.editor.keep()
    desk.editor.show_text("results", "")
    assert desk.text == "tot"
    desk.refuses = False
    desk.editor.keep()
    assert desk.kept == [("results", "tot")]


def test_each_text_has_its_own_undo(desk, hands):
    hands.type("mot")
    desk.editor.show_text("limits", "hai")
    assert desk.kept == [("results", "mot")]
    hands.press(Key.Key_Z, CTRL)
    assert desk.text == "hai"
    desk.editor.show_text("results", "mot")
    hands.press(Key.Key_Z, CTRL)
    assert desk.text == ""
    hands.press(Key.Key_Y, CTRL)
    assert desk.text == "mot"


def test_what_the_ledger_got_elsewhere_is_shown(desk, hands):
    hands.type("mot")
    desk.editor.keep()
    desk.editor.show_text("results", "mot")
    assert desk.editor.document().isUndoAvailable(), "its own text is not filled in anew"
    desk.editor.show_text("results", "**hai**")
    assert desk.text == "**hai**"


def test_a_blank_at_the_end_while_typing_goes_on_is_not_taken_away(desk, hands):
    hands.type("bình ")
    desk.editor.keep()
    desk.editor.show_text("results", "bình")
    assert desk.editor.toPlainText() == "bình "


def test_pasting_is_one_step_back(desk, hands):
    hands.type("dau ")
    QGuiApplication.clipboard().setMimeData(clipboard("x", WORD))
    with_word = []
    desk.editor.told.connect(with_word.append)
    hands.press(Key.Key_V, CTRL)
    assert desk.text.startswith("dau **Kết quả:** *đã tổ chức* 03 lớp\n\n- Một lớp")
    assert with_word == ["Đã dán, bỏ 1 hình."]
    hands.press(Key.Key_Z, CTRL)
    assert desk.text in ("dau", "dau ")


def test_what_is_copied_has_the_signs_of_its_lists(desk, hands):
    desk.editor.show_text("results", "**a**\n- b\n2. c")
    hands.press(Key.Key_A, CTRL)
    hands.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "a\n- b\n2. c"
    desk.editor.show_text("limits", "")
    hands.press(Key.Key_V, CTRL)
    assert desk.text == "**a**\n- b\n2. c"


def test_lines_are_added_below_and_taken_back(desk, hands):
    hands.type("mot")
    desk.editor.add_lines(RichText((TextLine((TextRun("hai"),), LineKind.BULLET), TextLine((TextRun("ba"),)))))
    assert desk.text == "mot\n- hai\nba"
    hands.press(Key.Key_Z, CTRL)
    assert desk.text == "mot"


def test_a_closed_text_takes_no_key_and_no_list(desk, hands):
    desk.editor.show_text("results", "mot")
    desk.editor.setReadOnly(True)
    desk.editor.turn_list(LineKind.BULLET)
    desk.editor.put(parse("x"))
    hands.type("hai")
    hands.press(Key.Key_B, CTRL)
    desk.editor.keep()
    assert (desk.text, desk.kept) == ("mot", [])


def test_the_wheel_changes_nothing(desk, hands):
    hands.type("mot hai")
    size = desk.editor.font().pointSizeF()
    roll_over(desk.editor.viewport())
    assert (desk.text, desk.editor.font().pointSizeF()) == ("mot hai", size)


def test_what_is_chosen_can_be_taken_alone(desk, hands):
    desk.editor.show_text("results", "**mot** hai\n- ba")
    cursor = desk.editor.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(3, QTextCursor.MoveMode.KeepAnchor)
    desk.editor.setTextCursor(cursor)
    assert desk.editor.selected.marked == "**mot**"
