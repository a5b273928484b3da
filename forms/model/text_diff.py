"""Two versions of a text, word by word: what stayed, what went, what came. For the head who is to approve a change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\S+\s*|\s+")  # a word keeps the space after it, so that nothing is lost
_AROUND = 12  # words that are shown on either side of a change


class DiffOp(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    LEFT_OUT = "left_out"  # the same as before, and too far from any change to be shown


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A run of words with one fate, spaces and line breaks as they were."""

    fate: DiffOp
    text: str


def pieces(old: str, new: str) -> tuple[DiffPiece, ...]:
    """Without the new ones they read as the old text, without those gone as the new."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    made: list[tuple[DiffOp, list[str]]] = []
    for kind, start, end, first, last in found:
        is_same = kind == "equal"
        made.append((DiffOp.SAME if is_same else DiffOp.GONE, before[start:end]))
        made += [] if is_same else [(DiffOp.NEW, after[first:last])]
    return tuple(DiffPiece(fate, "".join(words)) for fate, words in made if words)


def near_changes(made: Iterable[DiffPiece]) -> tuple[DiffPiece, ...]:
    """The same pieces, of long unchanged runs only the words beside a change."""
    listed = tuple(made)
    return tuple(
        short
        for number, piece in enumerate(listed)
        for short in (_short(piece, number == 0, number == len(listed) - 1) if piece.fate is DiffOp.SAME else (piece,))
    )


def _short(piece: DiffPiece, is_first: bool, is_last: bool) -> Iterator[DiffPiece]:
    words = _WORDS.findall(piece.text)
    before = 0 if is_first else _AROUND  # follows a change
    after = 0 if is_last else _AROUND
    if len(words) <= before + after + 1:
        yield piece
        return
    if before:
        yield DiffPiece(DiffOp.SAME, "".join(words[:before]))
    yield DiffPiece(DiffOp.LEFT_OUT, "".join(words[before : len(words) - after]))
    if after:
        yield DiffPiece(DiffOp.SAME, "".join(words[len(words) - after :]))
