"""What both kinds of file are measured by: which element of the decree a line is, by what it says and where it comes in the order
of reading; its letters, words, numerals, dates; and the refusals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.document import END_MARK, roman
from exports.nd30 import ABOUT, ADDRESSEES, MOTTO, NATIONAL_NAME, RECIPIENTS, STYLES
from forms.errors import InputRefused
from forms.model.layout_deviation import Deviation, MeasuredItem

KINDS = frozenset(
    ["BÁO CÁO", "KẾ HOẠCH", "TỜ TRÌNH", "THÔNG BÁO", "CHƯƠNG TRÌNH", "PHƯƠNG ÁN", "ĐỀ ÁN", "BIÊN BẢN", "HƯỚNG DẪN"]
)
CIRCULATION = frozenset({"LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"})
NUMBER = re.compile(r"Số:")
DAY = re.compile(r".{1,80}, ngày\s.*tháng\s.*năm\s.*")
ANNEX = re.compile(r"Phụ lục(?: ([IVXLC]+))?")
AUTHORITY = re.compile(r"(TM|Q|KT|TL|TUQ)\. ")
_HEADINGS = (
    ("heading_1", re.compile(r"[IVXLC]+\. ")),
    ("heading_2", re.compile(r"\d+\. ")),
    ("heading_3", re.compile(r"[a-zđ]\) ")),
)


@dataclass(frozen=True)
class LaidOutWords:
    """Words of one look with their letters; `page` from 1, 0 where a file has no pages; `at` is its place in its list."""

    text: str
    face: str
    size: float
    bold: bool
    italic: bool
    page: int = 0
    at: int = 0

    @property
    def start(self) -> str:
        """Its first words, to find it by."""
        return self.text if len(self.text) <= 40 else f"{self.text[:40]}…"


class Reader:
    """Goes through the lines in reading order and names each one; "" is what no element of the decree is."""

    def __init__(self) -> None:
        self._state = "head"
        self._seen: set[str] = set()

    def named(self, pieces: Sequence[LaidOutWords]) -> Iterator[tuple[LaidOutWords, str]]:
        """Every piece with the name of its element in `nd30.STYLES`."""
        # How many lines stand before the national name: who issues.
        head = next((at for at, piece in enumerate(pieces[:12]) if piece.text.upper() == NATIONAL_NAME), 0)
        for at, piece in enumerate(pieces):
            if at < head:
                yield piece, _of_issuer(pieces, at, head)
            else:
                name = self._name(piece)
                self._seen.add(name)
                yield piece, name

    def _name(self, piece: LaidOutWords) -> str:
        text = piece.text
        if ANNEX.fullmatch(text):
            self._state = "annex"
            return "annex_label"
        if self._state in ("annex", "reference"):
            if self._state == "reference" or text.startswith("(Kèm theo"):
                self._state = "inside" if text.endswith(")") else "reference"
                return "annex_reference"
            return "annex_title"
        if self._state == "inside":
            return ""
        if text == RECIPIENTS:
            self._state = "foot"
            return "recipients_title"
        return {"head": self._of_head, "title": self._of_title, "to": self._of_addressees, "body": _of_body}.get(
            self._state, self._of_foot
        )(piece)

    def _of_head(self, piece: LaidOutWords) -> str:
        text = piece.text
        if text.upper() == NATIONAL_NAME:
            return "national_name"
        if text.casefold() == MOTTO.casefold():
            return "motto"
        if NUMBER.match(text):
            return "number_sign"
        if text.startswith(f"{ABOUT} "):
            return "letter_subject"
        if DAY.fullmatch(text):
            return "place_date"
        if text.upper() in CIRCULATION:
            return "circulation"
        if text.upper() in KINDS:
            self._state = "title"
            return "kind"
        if text.startswith(ADDRESSEES):
            self._state = "to"
            return "addressees"
        if {"place_date", "letter_subject"} <= self._seen and len(text) > 60:
            self._state = "body"
            return _of_body(piece)
        return "letter_subject" if "letter_subject" in self._seen else ""

    def _of_title(self, piece: LaidOutWords) -> str:
        if piece.text.startswith(ADDRESSEES):
            self._state = "to"
            return "addressees"
        if "subject" not in self._seen or (piece.bold and not _heading(piece)):
            return "subject"
        self._state = "body"
        return _of_body(piece)

    def _of_addressees(self, piece: LaidOutWords) -> str:
        if piece.text.startswith("- ") and not self._seen & {"body", "heading_1"}:
            return "addressees"
        self._state = "body"
        return _of_body(piece)

    def _of_foot(self, piece: LaidOutWords) -> str:
        capital = piece.text.upper() == piece.text and not piece.text.startswith("-")
        if (capital or AUTHORITY.match(piece.text)) and "signer" not in self._seen:
            return "capacity"
        return "signer" if "capacity" in self._seen else "recipients"


def _of_issuer(pieces: Sequence[LaidOutWords], at: int, end: int) -> str:
    """The bold lines, or the last one, are the issuer; what stands before them is who is above it."""
    issuer = [place for place in range(end) if pieces[place].bold] or [end - 1]
    return "issuer" if at >= issuer[0] else "superior"


def _heading(piece: LaidOutWords) -> str:
    return next((name for name, form in _HEADINGS if form.match(piece.text)), "")


def _of_body(piece: LaidOutWords) -> str:
    """A numbered line is a heading if it is bold; an item of a list may be numbered, too."""
    name = _heading(piece)
    return name if name and (piece.bold or name == "heading_1") else "body"


Named = Sequence[tuple[LaidOutWords, str]]
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
        if not FACES.fullmatch(piece.face.partition("-")[0] or "?"):
            yield Deviation(MeasuredItem.TYPEFACE, piece.start, piece.face or "không rõ", "Times New Roman")
        if name:
            yield from _letters(piece, name)
    yield from _dates(named)
    yield from _annexes(named)
    if any(name == "recipients_title" for _, name in named):
        body = [piece for piece, name in named if name in BODY]
        if not body or not body[-1].text.endswith(END_MARK):
            yield Deviation(MeasuredItem.END_MARK, body[-1].text[-40:] if body else "nội dung", "không có", END_MARK)
        # Each name on a line of its own after a hyphen; the last one is where a copy is kept.
        lines = [piece.text for piece, name in named if name == "recipients"]
        if not any(re.match(r"- Lưu: ", line) for line in lines):
            yield Deviation(MeasuredItem.RECIPIENTS, "Nơi nhận", lines[-1] if lines else "không có", "- Lưu: VT, …")
        if lines and not lines[-1].endswith("."):
            yield Deviation(MeasuredItem.RECIPIENTS, lines[-1], "không có dấu chấm", "kết thúc bằng dấu chấm")
        if lines and not lines[0].startswith("-"):
            yield Deviation(MeasuredItem.RECIPIENTS, lines[0], "không có gạch đầu dòng", "gạch đầu dòng")
    yield from _addressees(named)


def _present(named: Named) -> Iterator[Deviation]:
    """Only of a document with a national name: a statistical form has none."""
    names = {name for _, name in named}
    if not names & {"national_name", "motto", "number_sign"}:
        return
    for name, title in _TITLES.items():
        if name not in names:
            yield Deviation(MeasuredItem.PRESENT, title, "không có", "phải có")
    if not names & {"kind", "letter_subject"}:
        yield Deviation(MeasuredItem.PRESENT, "Tên loại hoặc “V/v”", "không có", "phải có")


def _letters(piece: LaidOutWords, name: str) -> Iterator[Deviation]:
    style = STYLES[name]
    least, most = style.allowed
    if not least - _HALF <= piece.size <= most + _HALF:
        allowed = f"{least:g}" if least == most else f"{least:g} đến {most:g}"
        yield Deviation(MeasuredItem.SIZE, piece.start, f"{piece.size:g}", allowed)
    if name != "body" and (piece.bold, piece.italic) != (style.bold, style.italic):
        found, allowed = _look(piece.bold, piece.italic), _look(style.bold, style.italic)
        if name != "letter_subject" or piece.italic:
            yield Deviation(MeasuredItem.WEIGHT, piece.start, found, allowed)
    if style.upper and name != "heading_1" and piece.text != piece.text.upper():
        yield Deviation(MeasuredItem.CAPITALS, piece.start, "chữ thường", "in hoa")


def _look(bold: bool, italic: bool) -> str:
    return f"{'nghiêng' if italic else 'đứng'}, {'đậm' if bold else 'không đậm'}"


def _dates(named: Named) -> Iterator[Deviation]:
    for piece, _ in named:
        for found in _DATE.finditer(piece.text.replace("\u00a0", " ")):
            day, month = found.groups()
            right = f"{int(day):02d}", f"{int(month):02d}" if int(month) <= 2 else str(int(month))
            if (day, month) != right:
                allowed = f"ngày {right[0]} tháng {right[1]}"
                yield Deviation(MeasuredItem.DATES, piece.start, f"ngày {day} tháng {month}", allowed)


def _annexes(named: Named) -> Iterator[Deviation]:
    labels = [piece for piece, name in named if name == "annex_label"]
    for number, piece in enumerate(labels, start=1):
        found = ANNEX.fullmatch(piece.text)
        wanted = f"Phụ lục {roman(number)}" if len(labels) > 1 else "Phụ lục"
        if found and piece.text != wanted:
            yield Deviation(MeasuredItem.ANNEX, piece.start, piece.text, wanted)


def _addressees(named: Named) -> Iterator[Deviation]:
    """Several names each begin with a hyphen and end with ";", the last one with a full stop."""
    lines = [piece for piece, name in named if name == "addressees"]
    names = [piece for piece in lines if piece.text.startswith("- ")]
    if names and not names[-1].text.endswith("."):
        yield Deviation(
            MeasuredItem.ADDRESSEES, names[-1].start, "không có dấu chấm", "tên cuối kết thúc bằng dấu chấm"
        )
    if names and lines[0].text != "Kính gửi:":
        yield Deviation(MeasuredItem.ADDRESSEES, lines[0].start, lines[0].text, "“Kính gửi:” ở một dòng riêng")


LARGEST = 64 << 20  # bytes of the file
MOST_PAGES = 500


def another_kind() -> InputRefused:
    return InputRefused(
        "LINT_KIND", "Tệp này không phải PDF hay Word (.docx). Chọn tệp .pdf hoặc .docx rồi kiểm tra lại."
    )


def too_large() -> InputRefused:
    return InputRefused(
        "LINT_SIZE",
        f"Tệp quá lớn để kiểm tra thể thức (hơn {LARGEST >> 20} MiB, hơn {MOST_PAGES} trang, hoặc giải nén ra quá lớn). Tách "
        "phụ lục thành tệp riêng rồi kiểm tra lại.",
    )


def damaged() -> InputRefused:
    return InputRefused(
        "LINT_DAMAGED",
        "Tệp hỏng, có mật khẩu hoặc không đúng dạng. Mở bằng Word, cất lại thành tệp mới rồi kiểm tra lại.",
    )
