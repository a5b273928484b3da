"""Thirty digits from a printed page, answered in words: whose report they are the seal of, and whether it still stands.
No Qt."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from forms import digits
from forms.catalogue import Catalogue
from forms.errors import AppError
from forms.exchange import ARRIVAL_TITLES, MERGED
from forms.publication import Issue
from forms.services.paper_seal import Found, PaperSeal
from ui.desktop.rows import Item
from ui.desktop.screens.printing import issued

_UNKNOWN = (
    "Sổ này không có gói nào mang mã ấy: gõ nhầm, hoặc báo cáo được niêm phong ở sổ khác, hoặc bản giấy không đúng."
)
_ONLY_DIGITS = "Mã trên giấy là mã niêm phong của gói dưới đây. Chỉ tra mã; trang giấy có đúng không thì so từng số với bản in ra từ gói:"
_NEAR = "Có mã chỉ khác một chỗ; xem lại trên giấy rồi gõ lại:"


@dataclass(frozen=True, slots=True)
class Match:
    """One package with such a seal: whose, of which report, and whether it stands."""

    title: str
    standing: Item
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    verdict: Item
    words: str
    matches: tuple[Match, ...] = ()


def answer(look_up: Callable[[str], PaperSeal], catalogue: Catalogue, text: str) -> Answer:
    """To what was typed or scanned; what cannot be thirty digits is answered with what is wrong."""
    try:
        told = look_up(text)
    except AppError as error:
        return Answer(Item("Chưa tra được", "warning", "warning"), error.message)
    if told.found:
        matches = tuple(_match(one, catalogue) for one in told.found)
        return Answer(Item("Có gói mang mã này", "good", "done"), _ONLY_DIGITS, matches)
    near = tuple(_match(one, catalogue, nearly=True) for one in told.near)
    return Answer(Item("Không tìm thấy", "error", "error"), _NEAR if near else _UNKNOWN, near)


def counted(text: str) -> str:
    """How many digits stand there so far, as one types."""
    found = len(re.sub(r"\D", "", text.upper().replace(digits.QR_PREFIX, "")))
    if not found:
        return ""
    return f"{found} trong {digits.COUNT} chữ số" if found <= digits.COUNT else f"Thừa {found - digits.COUNT} chữ số"


def _match(one: Found, catalogue: Catalogue, *, nearly: bool = False) -> Match:
    package = one.package
    report = f"{issued.title_of(package.key, catalogue)}, {issued.period_of(package.key).words}"
    did = "Niêm phong" if package.arrival is None else "Nhận"
    parts = [f"Lần gửi {package.revision}", f"{did} ngày {package.at:%d/%m/%Y}", *map(_issued, one.issues)]
    if nearly:
        parts.append(f"Mã {one.digits}")
    return Match(f"{package.unit_name}: {report}", _standing(one), ". ".join(parts) + ".")


def _standing(one: Found) -> Item:
    """A package that was not added up counts for nothing, however new it is."""
    arrival = one.package.arrival
    if arrival is not None and arrival not in MERGED:
        return Item(f"Không được cộng: {ARRIVAL_TITLES[arrival].lower()}", "warning", "warning")
    return Item("Lần gửi mới nhất", "good") if one.is_newest else Item("Đã có lần gửi mới hơn", "warning", "warning")


def _issued(issue: Issue) -> str:
    number = f", số {issue.filled.number}" if issue.filled.number else ""
    return f"In ở chân bản phát hành {issued.kind_of(issue).lower()} ngày {issue.at:%d/%m/%Y}{number}"
