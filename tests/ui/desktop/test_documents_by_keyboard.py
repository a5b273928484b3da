"""The product's own documents by keys only, on real ledgers: Word, an issued report, its paper, reminder letters."""

from __future__ import annotations

from datetime import date

import pytest

from exports.lint import measure
from exports.package.recognise import unwrapped
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from tests.ui.desktop.keyboard import FolderAsk, Hands, Key, at_the_keyboard
from tests.ui.desktop.test_by_keyboard import HUNG, LAN, office
from tests.ui.desktop.test_printing_keys import dialog, said

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Q4 = Period("2025-Q4")


@pytest.fixture
def ask(tmp_path):
    stick = tmp_path / "usb"
    stick.mkdir()
    return FolderAsk(stick)


def sign_in(hands: Hands, page: str) -> None:
    hands.type(LAN)
    hands.press(Key.Key_Return)
    hands.visit(page)
    hands.settle()


def test_a_sealed_quarter_is_issued_numbered_and_found_again_by_its_paper(qtbot, tmp_path, ask):
    desk = office(tmp_path / "xa", "19753")
    for day in (3, 9, 20, 25):
        desk.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("loudspeaker",)))
    people = zip(desk.enrolment.people(), (LAN, HUNG), strict=True)
    sealed = desk.sealing.seal("nq28_hue", Q4, [desk.ledger.signer(who.keyid, word) for who, word in people])[1]
    desk.ledger.close()
    hands = at_the_keyboard(qtbot, tmp_path / "xa", ask)
    sign_in(hands, "printing")
    hands.push("Lưu Word…")
    assert ask.place.joinpath("19753_2025-Q4_nq28_hue_bao-cao.docx").read_bytes().startswith(b"PK")

    hands.go_to("Phát hành…")
    hands.answer(lambda: hands.press(Key.Key_Space), Key.Key_Left, Key.Key_Return)
    assert hands.here == "Bản đã phát hành"
    hands.push("Ghi số, ngày, người ký…", Key.Key_Backtab)
    for text in ("12", "5/1/2026", "Tran Van Hung"):
        hands.type(text)
        hands.press(Key.Key_Return)
    hands.go_to("Bản đã phát hành")
    hands.press(Key.Key_Return)
    hands.settle()
    hands.push("Lưu PDF…", Key.Key_Backtab)
    (issued,) = ask.place.glob("*phat-hanh*.pdf")
    assert issued.name.endswith("_so-12.pdf")
    assert measure(issued.read_bytes()) == ()
    assert unwrapped(issued.read_bytes()) == sealed.raw

    hands.push("Tra mã trên giấy…")
    hands.type(sealed.digits)
    hands.press(Key.Key_Return)
    told = said(dialog())
    assert "Có gói mang mã này" in told
    assert "Lần gửi mới nhất" in told
    assert "In ở chân bản phát hành nội bộ ngày 30/12/2025, số 12" in told
    hands.press(Key.Key_Escape)
    hands.window.close()


def test_letters_to_those_who_have_not_sent_are_real_documents(qtbot, tmp_path, ask):
    office(tmp_path / "so", "46", collates=True).ledger.close()
    hands = at_the_keyboard(qtbot, tmp_path / "so", ask)
    sign_in(hands, "receiving")
    hands.push("Công văn đôn đốc…")
    hands.press(Key.Key_Down)
    hands.push("Ghi vào thư mục…")
    hands.settle()
    (letter,) = ask.place.glob("don-doc_*_tat_ca.docx")
    assert measure(letter.read_bytes()) == ()
    assert hands.here == "Mở thư mục"
    hands.press(Key.Key_Space)
    assert ask.opened == [ask.place]
    hands.press(Key.Key_Escape)
    hands.window.close()
