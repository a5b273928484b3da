"""What is measured alike in a PDF and in Word: letters, words, numerals, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exports.document import END_MARK, roman
from exports.lint.elements import ANNEX, Piece
from exports.nd30 import STYLES
from forms.deviation import Deviation, Item

Named = Sequence[tuple[Piece, str]]
FACES = re.compile(r"(?i)times ?new ?roman.*|liberation ?serif.*|timesnewroman.*")
BODY = ("body", "heading_1", "heading_2", "heading_3")
_TITLES = {
    "national_name": "Quốc hiệu",
    "motto": "Tiêu ngữ",
    "issuer": "Tên cơ quan ban hành",
    "number_sign": "Số, ký hiệu",
    "place_date": "Địa danh, thời gian",
    "recipients_title": "Nơi nhận",
    "capacity": "Quyền hạn, chức vụ người ký",
}
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm")
_HALF = 0.26  # points: how far a size may be off what is written in the file


def measured(named: Named) -> Iterator[Deviation]:
    """All that can be told from words and letters."""
    yield from _present(named)
    for piece, name in named:
        yield from _face(piece)
        if name:
            yield from _letters(piece, name)
    yield from _dates(named)
    yield from _annexes(named)
    if any(name == "recipients_title" for _, name in named):
        yield from _end_mark(named)
        yield from _recipients(named)
    yield from _addressees(named)


def _present(named: Named) -> Iterator[Deviation]:
    """Only of a document with a national name: a statistical form has none."""
    names = {name for _, name in named}
    if not names & {"national_name", "motto", "number_sign"}:
        return
    for name, title in _TITLES.items():
        if name not in names:
            yield Deviation(Item.PRESENT, title, "không có", "phải có")
    if not names & {"kind", "letter_subject"}:
        yield Deviation(Item.PRESENT, "Tên loại hoặc “V/v”", "không có", "phải có")


def _face(piece: Piece) -> Iterator[Deviation]:
    if not FACES.fullmatch(piece.face.partition("-")[0] or "?"):
        yield Deviation(Item.TYPEFACE, piece.start, piece.face or "không rõ", "Times New Roman")


def _letters(piece: Piece, name: str) -> Iterator[Deviation]:
    style = STYLES[name]
    least, most = style.allowed
    if not least - _HALF <= piece.size <= most + _HALF:
        allowed = f"{least:g}" if least == most else f"{least:g} đến {most:g}"
        yield Deviation(Item.SIZE, piece.start, f"{piece.size:g}", allowed)
    if name != "body" and (piece.bold, piece.italic) != (style.bold, style.italic):
        found, allowed = _look(piece.bold, piece.italic), _look(style.bold, style.italic)
        if name != "letter_subject" or piece.italic:
            yield Deviation(Item.WEIGHT, piece.start, found, allowed)
    if style.upper and name != "heading_1" and piece.text != piece.text.upper():
        yield Deviation(Item.CAPITALS, piece.start, "chữ thường", "in hoa")


def _look(bold: bool, italic: bool) -> str:
    return f"{'nghiêng' if italic else 'đứng'}, {'đậm' if bold else 'không đậm'}"


def _dates(named: Named) -> Iterator[Deviation]:
    for piece, _ in named:
        for found in _DATE.finditer(piece.text.replace("\u00a0", " ")):
            day, month = found.groups()
            right = f"{int(day):02d}", f"{int(month):02d}" if int(month) <= 2 else str(int(month))
            if (day, month) != right:
                allowed = f"ngày {right[0]} tháng {right[1]}"
                yield Deviation(Item.DATES, piece.start, f"ngày {day} tháng {month}", allowed)


def _annexes(named: Named) -> Iterator[Deviation]:
    labels = [piece for piece, name in named if name == "annex_label"]
    for number, piece in enumerate(labels, start=1):
        found = ANNEX.fullmatch(piece.text)
        wanted = f"Phụ lục {roman(number)}" if len(labels) > 1 else "Phụ lục"
        if found and piece.text != wanted:
            yield Deviation(Item.ANNEX, piece.start, piece.text, wanted)


def _end_mark(named: Named) -> Iterator[Deviation]:
    body = [piece for piece, name in named if name in BODY]
    if not body or not body[-1].text.endswith(END_MARK):
        yield Deviation(Item.END_MARK, body[-1].text[-40:] if body else "nội dung", "không có", END_MARK)


def _recipients(named: Named) -> Iterator[Deviation]:
    """Each name on a line of its own after a hyphen; the last one is where a copy is kept."""
    lines = [piece.text for piece, name in named if name == "recipients"]
    if not any(re.match(r"- Lưu: ", line) for line in lines):
        yield Deviation(Item.RECIPIENTS, "Nơi nhận", lines[-1] if lines else "không có", "- Lưu: VT, …")
    if lines and not lines[-1].endswith("."):
        yield Deviation(Item.RECIPIENTS, lines[-1], "không có dấu chấm", "kết thúc bằng dấu chấm")
    if lines and not lines[0].startswith("-"):
        yield Deviation(Item.RECIPIENTS, lines[0], "không có gạch đầu dòng", "gạch đầu dòng")


def _addressees(named: Named) -> Iterator[Deviation]:
    """Several names each begin with a hyphen and end with ";", the last one with a full stop."""
    lines = [piece for piece, name in named if name == "addressees"]
    names = [piece for piece in lines if piece.text.startswith("- ")]
    if names and not names[-1].text.endswith("."):
        yield Deviation(Item.ADDRESSEES, names[-1].start, "không có dấu chấm", "tên cuối kết thúc bằng dấu chấm")
    if names and lines[0].text != "Kính gửi:":
        yield Deviation(Item.ADDRESSEES, lines[0].start, lines[0].text, "“Kính gửi:” ở một dòng riêng")
