"""A block of cells as text, the way spreadsheet programs put it on the clipboard. No Qt.

Tabs between cells, line ends between rows; a cell that holds either is quoted and its own quotes are doubled. A quote
elsewhere is only a quote, so that 5" pipe arrives as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

Block = tuple[tuple[str, ...], ...]


def parse(text: str) -> Block:
    """The rows of cells; a line end at the very end begins no further row. Nothing is trimmed or read as a number."""
    rows: list[list[str]] = [[]]
    rest = text.replace("\r\n", "\n").replace("\r", "\n")
    at = 0
    while True:
        cell, at = _cell(rest, at)
        rows[-1].append(cell)
        if at >= len(rest):
            break
        if rest[at] == "\n":
            if at + 1 == len(rest):
                break
            rows.append([])
        at += 1
    return tuple(map(tuple, rows))


def write(block: Sequence[Sequence[str]]) -> str:
    """What `parse` gives back."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in block)


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins here, and where it ends."""
    if text.startswith('"', at) and (end := _closing(text, at + 1)) is not None:
        return text[at + 1 : end].replace('""', '"'), end + 1
    ends = [found for sign in "\t\n" if (found := text.find(sign, at)) >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _closing(text: str, at: int) -> int | None:
    """The quote that closes a quoted cell; None where what looks like one is only a quote."""
    while (found := text.find('"', at)) >= 0:
        if text.startswith('""', found):
            at = found + 2
            continue
        return found if text[found + 1 : found + 2] in ("", "\t", "\n") else None
    return None


def _quoted(cell: str) -> str:
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in plain or "\n" in plain or plain.startswith('"'):
        return '"' + plain.replace('"', '""') + '"'
    return plain
