"""Thirty digits from paper: in words, then by keys."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forms.exchange.statements import Arrival, Known, ReportKey
from forms.model.org_unit import UnitKey
from forms.model.period import Basis
from forms.services.verifying import FoundPaper, PaperSeal
from tests.ui.desktop.keyboard import Key
from tests.ui.desktop.parts import CATALOGUE
from tests.ui.desktop.sticks import HUE
from tests.ui.desktop.test_printing_keys import dialog, said, sit_down
from ui.desktop.printing.publications import answer, digits_counted

__all__ = ["sit_down"]  # a fixture
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
DIGITS = "12345 67890 12345 67890 12345 67890"


def found(*, revision: int = 1, newest: bool = True, arrival: Arrival | None = Arrival.NEW) -> FoundPaper:
    key = ReportKey("nq28_hue", "news_quarter", "2025-Q4", Basis.CALENDAR)
    unit = UnitKey("19804", date(2025, 7, 1))
    package = Known("d", unit, "Xã Bình Điền", key, revision, datetime(2025, 12, 31, tzinfo=UTC), arrival)
    return FoundPaper(DIGITS, package, newest)


def told(*exact: FoundPaper, near: tuple[FoundPaper, ...] = ()):
    return answer(lambda text: PaperSeal(text, exact, near), CATALOGUE, DIGITS)


def test_the_package_of_the_paper_is_named_with_its_report_and_sending():
    answered = told(found())
    (match,) = answered.matches
    assert answered.verdict.text == "Có gói mang mã này"
    assert match.title.startswith("Xã Bình Điền: ")
    assert match.title.endswith(", quý IV năm 2025")
    assert (match.standing.text, match.note) == ("Lần gửi mới nhất", "Lần gửi 1. Nhận ngày 31/12/2025.")


@pytest.mark.parametrize(
    ("one", "standing"),
    [
        (found(newest=False), "Đã có lần gửi mới hơn"),
        (found(arrival=Arrival.CONFLICT, newest=False), "Không được cộng: mâu thuẫn"),
        (found(arrival=None), "Lần gửi mới nhất"),
    ],
)
def test_whether_it_still_stands_is_told(one, standing):
    assert told(one).matches[0].standing.text == standing


def test_a_slip_of_the_finger_is_shown_with_the_digits_it_may_be():
    answered = told(near=(found(),))
    assert answered.verdict.text == "Không tìm thấy"
    assert answered.matches[0].note.endswith(f"Mã {DIGITS}.")


def test_a_seal_that_nobody_knows_may_be_of_another_ledger():
    answered = told()
    assert (answered.verdict.text, answered.matches) == ("Không tìm thấy", ())
    assert "sổ khác" in answered.words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("12345 6", "6 trong 30 chữ số"),
        (f"SBD1:{DIGITS}", "30 trong 30 chữ số"),
        (DIGITS + "1", "Thừa 1 chữ số"),
    ],
)
def test_the_digits_are_counted_while_one_types(text, words):
    assert digits_counted(text) == words


def seal_at_the_foot(hands) -> str:
    """As the page prints it."""
    desk = hands.window.workbench.desk
    with desk.ledger.begin() as work:
        (package,) = (*work.sent.known(), *work.received.known())
    return f"{int(package.digest, 16) % 10**30:030d}"


@pytest.mark.parametrize("code", ["19804", HUE])
def test_digits_are_typed_or_scanned_one_page_after_another(sit_down, code):
    """First a slip, then the QR code of the same page read by a scanner, which types and ends with Enter."""
    hands = sit_down(code)
    hands.push("Tra mã trên giấy…", Key.Key_Backtab)
    assert hands.here == "Mã niêm phong trên giấy"
    seal = seal_at_the_foot(hands)
    hands.type("12")
    hands.press(Key.Key_Return)
    assert "30 chữ số" in said(dialog())
    slip = f"{seal[:-1]}{(int(seal[-1]) + 1) % 10}"
    hands.type(slip)  # over what was there: it is chosen
    hands.press(Key.Key_Return)
    assert "Không tìm thấy" in said(dialog())
    assert "Có mã chỉ khác một chỗ" in said(dialog())
    hands.type(f"SBD1:{seal}")
    hands.press(Key.Key_Return)
    assert "Có gói mang mã này" in said(dialog())
    assert "Phường Hương An" in said(dialog())
    assert "quý IV năm 2025" in said(dialog())
    assert "Lần gửi mới nhất" in said(dialog())
    hands.press(Key.Key_Escape)
    assert hands.here == "Tra mã trên giấy…"
