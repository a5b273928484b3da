"""Live numbers in prose (trường số liệu): a text holds `{{women_share}}` and says 61,7% wherever it is read.

    {{name}}            the figure itself: a count, a part of one (`reached.female`), an indicator; `@2015` in a form of years
    {{name|prev}}       the same figure in the period before, in a form of years in the year before
    {{name|diff}}       how it changed since then: “tăng 3,2 điểm phần trăm”, “giảm 05 người”, “không đổi”
    {{name|words}}      digits and words of a count: 06 (sáu)
    {{name|over}}       numerator and denominator of an indicator: 12/40
    {{name|target}}     what the plan asks: mốc năm 2025 “Đạt ít nhất 30%”
    {{name|gap}}        how it stands to that: “đạt”, “chưa đạt, thiếu 12 nữ”
    {{name|top}}        the best units of an office that sums up, {{name|bottom}} the weakest

The grammar is closed. What is nearly a field is none: it stays as it was typed, and the check of the text says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """Which side of a figure is told."""

    VALUE = ""
    PREV = "prev"
    DIFF = "diff"
    WORDS = "words"
    OVER = "over"
    TARGET = "target"
    GAP = "gap"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class LiveField:
    """One live number. `name` is a count, a part of one or an indicator; `year` one of a form of years."""

    name: str
    view: View = View.VALUE
    year: int | None = None

    @property
    def written(self) -> str:
        """As it stands in the text."""
        year = f"@{self.year}" if self.year else ""
        return f"{{{{{self.name}{year}{'|' if self.view else ''}{self.view}}}}}"


@dataclass(frozen=True, slots=True)
class Broken:
    """Braces that make no field: `{{ share }}`, `{{share|max}}`, `{{`, `}}`."""

    written: str


Piece = str | LiveField | Broken
_BRACES = re.compile(r"\{\{[^{}\n]*\}\}|\{\{|\}\}")
_FIELD = re.compile(r"\{\{([a-z][a-z0-9_]{0,59}(?:\.[a-z0-9_]{1,40})?)(?:@([12][0-9]{3}))?(?:\|([a-z]{1,10}))?\}\}")
_VIEWS = frozenset(View) - {View.VALUE}


def parse(text: str) -> tuple[Piece, ...]:
    """The text in pieces, in order; joined as they are written they give it back."""
    pieces: list[Piece] = []
    done = 0
    for braces in _BRACES.finditer(text):
        found = _FIELD.fullmatch(braces[0])
        is_field = found is not None and (found[3] is None or found[3] in _VIEWS)
        pieces += [text[done : braces.start()]] if braces.start() > done else []
        if found is not None and is_field:
            pieces.append(LiveField(found[1], View(found[3] or ""), int(found[2]) if found[2] else None))
        else:
            pieces.append(Broken(braces[0]))
        done = braces.end()
    return (*pieces, text[done:]) if done < len(text) else tuple(pieces)


def written(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece if isinstance(piece, str) else piece.written for piece in pieces)


def has_fields(text: str) -> bool:
    """Whether anything in it may be a field."""
    return "{{" in text and any(isinstance(piece, LiveField) for piece in parse(text))


def resolved(text: str, tell: Callable[[LiveField], str | None]) -> str:
    """The text with what `tell` says of each field in its place; a field of which it says nothing stays."""
    if "{{" not in text:
        return text
    told = ((piece, tell(piece) if isinstance(piece, LiveField) else None) for piece in parse(text))
    return "".join(written((piece,)) if said is None else said for piece, said in told)
