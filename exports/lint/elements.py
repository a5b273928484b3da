"""Which element of the decree a line of text is, by what it says and where it comes in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.nd30 import ABOUT, ADDRESSEES, MOTTO, NATIONAL_NAME, RECIPIENTS

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
class Piece:
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

    def named(self, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, str]]:
        """Every piece with the name of its element in `nd30.STYLES`."""
        head = _head_end(pieces)
        for at, piece in enumerate(pieces):
            if at < head:
                yield piece, _of_issuer(pieces, at, head)
            else:
                name = self._name(piece)
                self._seen.add(name)
                yield piece, name

    def _name(self, piece: Piece) -> str:
        text = piece.text
        if ANNEX.fullmatch(text):
            self._state = "annex"
            return "annex_label"
        if self._state in ("annex", "reference"):
            return self._of_annex(text)
        if self._state == "inside":
            return ""
        if text == RECIPIENTS:
            self._state = "foot"
            return "recipients_title"
        return {"head": self._of_head, "title": self._of_title, "to": self._of_addressees, "body": _of_body}.get(
            self._state, self._of_foot
        )(piece)

    def _of_head(self, piece: Piece) -> str:
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

    def _of_title(self, piece: Piece) -> str:
        if piece.text.startswith(ADDRESSEES):
            self._state = "to"
            return "addressees"
        if "subject" not in self._seen or (piece.bold and not _heading(piece)):
            return "subject"
        self._state = "body"
        return _of_body(piece)

    def _of_addressees(self, piece: Piece) -> str:
        if piece.text.startswith("- ") and not self._seen & {"body", "heading_1"}:
            return "addressees"
        self._state = "body"
        return _of_body(piece)

    def _of_foot(self, piece: Piece) -> str:
        capital = piece.text.upper() == piece.text and not piece.text.startswith("-")
        if (capital or AUTHORITY.match(piece.text)) and "signer" not in self._seen:
            return "capacity"
        return "signer" if "capacity" in self._seen else "recipients"

    def _of_annex(self, text: str) -> str:
        if self._state == "reference" or text.startswith("(Kèm theo"):
            self._state = "inside" if text.endswith(")") else "reference"
            return "annex_reference"
        return "annex_title"


def body_of(pieces: Sequence[tuple[Piece, str]]) -> str:
    """The words of the body, to look for what is said in it."""
    return "\n".join(piece.text for piece, name in pieces if name in ("body", "heading_1", "heading_2", "heading_3"))


def _head_end(pieces: Sequence[Piece]) -> int:
    """How many lines stand before the national name: who issues."""
    return next((at for at, piece in enumerate(pieces[:12]) if piece.text.upper() == NATIONAL_NAME), 0)


def _of_issuer(pieces: Sequence[Piece], at: int, end: int) -> str:
    """The bold lines, or the last one, are the issuer; what stands before them is who is above it."""
    issuer = [place for place in range(end) if pieces[place].bold] or [end - 1]
    return "issuer" if at >= issuer[0] else "superior"


def _heading(piece: Piece) -> str:
    return next((name for name, form in _HEADINGS if form.match(piece.text)), "")


def _of_body(piece: Piece) -> str:
    """A numbered line is a heading if it is bold; an item of a list may be numbered, too."""
    name = _heading(piece)
    return name if name and (piece.bold or name == "heading_1") else "body"
