"""Figures and names in sentences, the way administrative Vietnamese writes them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from exports.document import Bullet, Cell, Figure, Para, Run, Text
from forms.model.expression import Lack, Quantity
from forms.model.number import format_number
from forms.model.rich_text import LineKind, TextLine, parse
from forms.prose.wording import KIND_WORDS, SIGNS

SIGNS_EXPLAINED = "“-”: không phát sinh; “…”: không thu thập; “x”: không áp dụng; ô trống: chưa có số liệu."
UNVERIFIED = "(*)"
UNVERIFIED_EXPLAINED = "(*) Định nghĩa hoặc mốc chưa đối chiếu với văn bản gốc."
WITHHELD = "***"
WITHHELD_EXPLAINED = (
    "*** Không công bố: số liệu nhạy cảm từ 1 đến 4, và số liệu mà từ đó có thể tính ra số ấy; số 0 vẫn công bố."
)
LISTED_AT_MOST = 15
_DASHES = "-–+• "


def share(part: int, whole: int) -> str:
    """A share of units in per cent with one decimal: 38 of 40 → “95,0%”. Of nothing: “-”."""
    return f"{format_number(Decimal(100 * part) / whole, 1)}%" if whole else "-"


def figure(quantity: Quantity, decimals: int | None = None) -> Cell:
    """A quantity as a table cell: the number, or the sign of what is lacking."""
    return SIGNS[quantity] if isinstance(quantity, Lack) else Figure(quantity, decimals)


def listed(names: Sequence[str], elsewhere: str) -> str:
    """Names in a sentence; more than LISTED_AT_MOST are left to the annex that `elsewhere` names."""
    if len(names) > LISTED_AT_MOST:
        return f"danh sách tại {elsewhere}"
    return "; ".join(names)


def bare(name: str) -> str:
    """The name without its kind: “Xã Bình Điền” → “Bình Điền”; “Phường 1” keeps it."""
    word = next((word for word in KIND_WORDS if name.startswith(f"{word} ")), "")
    rest = name[len(word) :].strip()
    return name if not rest or rest[0].isdigit() else rest


def prose(text: str) -> list[Para | Bullet]:
    """What people wrote, line by line, with its bold and italic; lists and lines that begin with a dash or plus stay
    enumerations."""
    return [_line(line) for line in parse(text).lines if line.words.strip()]


def _line(line: TextLine) -> Para | Bullet:
    words = line.words.strip()
    if line.kind is LineKind.NUMBER:
        return Bullet(_looks(line), f"{line.number}.")
    if line.kind is LineKind.BULLET:
        return Bullet(_looks(line))
    return Bullet(words.lstrip(_DASHES)) if words[0] in _DASHES.strip() else Para(_looks(line))


def _looks(line: TextLine) -> Text:
    """Plain words where nothing is bold or italic."""
    runs = tuple(Run(run.text, run.bold, run.italic) for run in line.runs)
    return runs if any(run.bold or run.italic for run in runs) else line.words.strip()
