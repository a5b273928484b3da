"""Sentences as words, and where they name a row of the form: what the check of numbers in prose reads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from forms.count import Count
from forms.fields import has_fields, parse
from forms.indicator import Indicator
from forms.spec import Form
from forms.text import fold

Row = Count | Indicator
_TOKEN = re.compile(r"[0-9]+(?:[.,/][0-9]+)*|[^\W\d_]+|%|◊")
_END = re.compile(r"(?<=[.!?…])\s+(?=[^\Wa-zà-ỹ0-9_]|[“\"(-])|\n|;\s")
_SPELLED = re.compile(r"(?<![\w.,/])([0-9][0-9.]*)\s*\(([^\W\d_]+(?: [^\W\d_]+){0,14})\)")
_PARTS = ("trong do", "chia theo")
_LEAST = 4  # words of a title's beginning that name it
_LIVE = "◊"  # a live number: always right, and no number of the text


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or the sign of percent; `folded` as it is compared."""

    text: str
    folded: str

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def is_year(self) -> bool:
        return len(self.text) == 4 and self.text.isdigit() and self.text[:2] in ("19", "20")


@dataclass(frozen=True)
class Said:
    """One sentence. `spelled` are its digits with words in brackets behind them, which the words leave out."""

    text: str
    words: tuple[Token, ...]
    spelled: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end` name a row; None where they might name several."""

    start: int
    end: int
    row: Row | None


def sentences(text: str) -> Iterator[Said]:
    """Those that hold a number; live numbers are none."""
    if has_fields(text):
        text = "".join(piece if isinstance(piece, str) else _LIVE for piece in parse(text))
    for part in _END.split(text):
        if any(letter.isdigit() for letter in part):
            spelled = tuple((found[1], found[2]) for found in _SPELLED.finditer(part))
            bare = _SPELLED.sub(r"\1", part) if spelled else part
            yield Said(part.strip(" -–•*"), tuple(_tokens(bare)), spelled)


@lru_cache(maxsize=64)
def unit_words(measure: str) -> list[str]:
    """What follows a number of that measure: of “bé trai/100 bé gái” its first part."""
    return [token.folded for token in _tokens(measure.partition("/")[0])]


def mentions(said: Said, form: Form) -> list[Mention]:
    """Rows in the order in which the sentence names them; none inside another."""
    titles, numbers = _titles(form), _numbers(form)
    words = [token.folded for token in said.words]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention = _titled(words, at, titles.get((words[at], *words[at + 1 : at + 2]), ()))
        if mention is None and words[at] == "chi":
            mention = _numbered(said.words, at, numbers)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at = mention.end
    return found


def _titled(words: Sequence[str], at: int, titles: Sequence[tuple[tuple[str, ...], Row]]) -> Mention | None:
    """The row whose title, or the beginning of it, stands there; the longest, a whole title before a part of one."""
    best: list[tuple[int, bool, Row]] = []
    for title, row in titles:
        length = _common(words, at, title)
        is_whole = length == len(title)
        if is_whole or length >= max(_LEAST, -(-6 * len(title) // 10)):
            best.append((length, is_whole, row))
    if not best:
        return None
    length = max(one[0] for one in best)
    longest = [one for one in best if one[0] == length]
    rows = [row for _, is_whole, row in longest if is_whole] or [row for _, _, row in longest]
    return Mention(at, at + length, rows[0] if len(rows) == 1 else None)


def _numbered(words: Sequence[Token], at: int, numbers: Mapping[str, Row]) -> Mention | None:
    """ "chỉ tiêu 6.1"; a number without a point may be one of the plan's own count."""
    named = [token.folded for token in words[at : at + 3]]
    if named[:2] != ["chi", "tieu"] or len(named) < 3 or "." not in named[2]:
        return None
    return Mention(at, at + 3, numbers.get(named[2]))


def _common(words: Sequence[str], at: int, title: Sequence[str]) -> int:
    length = 0
    while length < len(title) and at + length < len(words) and words[at + length] == title[length]:
        length += 1
    return length


@lru_cache(maxsize=16)
def _titles(form: Form) -> dict[tuple[str, ...], list[tuple[tuple[str, ...], Row]]]:
    """The titles of the rows by their first two words. A row that is a part of the one above has no title of its own."""
    found: dict[tuple[str, ...], list[tuple[tuple[str, ...], Row]]] = defaultdict(list)
    for row in (row for section in form.sections for row in section.rows):
        title = tuple(token.folded for token in _tokens(row.title))
        if len(title) > 2 and not " ".join(title).startswith(_PARTS):
            found[title[:2]].append((title, row))
    return found


@lru_cache(maxsize=16)
def _numbers(form: Form) -> dict[str, Row]:
    return {row.number: row for row in form.indicators.values()}


def _tokens(text: str) -> Iterator[Token]:
    return (Token(word, _folded(word)) for word in _TOKEN.findall(text))


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    if word[0].isdigit():
        return word.lstrip("0") or "0" if word.isdigit() else word
    return fold(word)
