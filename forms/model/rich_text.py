"""The plain rich text of a report: text with a few marks that reads well without any program.

    **đậm**   *nghiêng*   a line that begins with "- " or "1. " is an item of a list   a blank line parts paragraphs

An asterisk is a mark only where it opens before a word and another one closes after a word; every other one is just an
asterisk: 2 * 3, 12 tháng*2 người, (*) Ghi chú. Where one would be taken for a mark, `\\*` writes it; elsewhere that is
a backslash and an asterisk. So every text is some prose, and `parse(text).marked == text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from itertools import groupby
from operator import or_

from forms.model.text import fold

Letters = list[tuple[str, int]]  # characters, each with the bits of its look

_ITALIC, _BOLD = 1, 2  # bits, and how many asterisks switch them
_STARS = re.compile(r"(\\*)(\*+)")
_WORD = re.compile(r"[^\W_]+")
_ITEM = re.compile(r"(?:-|([1-9][0-9]{0,2})\.) ")
# A mark neither opens before these nor closes after those.
_NO_START = frozenset(")]}”’»,.;:!?…*\\")
_NO_END = frozenset("([{“‘«*\\")
_NONE = re.compile(
    r"(?:khong|chua)(?: (?:co|phat sinh|ghi nhan))*"
    r"(?:,? (?:gi|nao|them|khac|va|noi dung|y kien|de xuat|kien nghi|de nghi|kho khan|vuong mac|han che|ton tai"
    r"|truong hop|vu viec|phat sinh|trong ky|trong thang|trong quy|trong nam))*"
)


class LineKind(StrEnum):
    """What a line of the text is."""

    PLAIN = "plain"
    BULLET = "bullet"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words of one look, without a line break."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line. `number` is that of an item of a numbered list, else 0."""

    runs: Runs = ()
    kind: LineKind = LineKind.PLAIN
    number: int = 0

    @property
    def words(self) -> str:
        """Without looks and without the sign of a list."""
        return "".join(run.text for run in self.runs)

    @property
    def sign(self) -> str:
        """What stands before an item of a list."""
        if self.kind is LineKind.PLAIN:
            return ""
        return "- " if self.kind is LineKind.BULLET else f"{self.number}. "


@dataclass(frozen=True, slots=True)
class TextParagraph:
    """Lines that belong together."""

    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list; `first` is the number of its first item, 0 where items have a dash."""

    items: tuple[Runs, ...]
    first: int = 0


@dataclass(frozen=True, slots=True)
class RichText:
    """A text, line by line as it was written."""

    lines: tuple[TextLine, ...] = ()

    @property
    def marked(self) -> str:
        """The text with its marks: what is stored. `parse` gives the same prose back."""
        return "\n".join(line.sign + _first_fitting(_settled(line.runs), _runs) for line in self.lines)

    @property
    def plain(self) -> str:
        """Without bold and italic, lists with their signs: for a workbook, or to be copied elsewhere."""
        return "\n".join(line.sign + line.words for line in self.lines)

    @property
    def word_count(self) -> int:
        """In tiếng, as Word counts Vietnamese; the signs of lists are none."""
        return sum(word_count(line.words) for line in self.lines)

    @property
    def says_none(self) -> bool:
        """It only says that there is nothing to say: an answer, other than an empty text."""
        return says_none(self.plain)

    @property
    def blocks(self) -> tuple[TextParagraph | Listed, ...]:
        """Paragraphs and lists as a document prints them; blank lines only part them."""
        return tuple(
            TextParagraph(tuple(line.runs for line in group))
            if group[0].kind is LineKind.PLAIN
            else Listed(tuple(line.runs for line in group), group[0].number)
            for group in _grouped(self.lines)
        )


def parse(text: str) -> RichText:
    """Nothing is refused and no letter is lost."""
    return RichText(tuple(map(_line, text.split("\n")))) if text else RichText()


def word_count(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split())


def says_none(text: str) -> bool:
    """ "Không có", "Không phát sinh.", "chưa có nội dung…", in any case and with or without marks."""
    return bool(_NONE.fullmatch(fold(text).strip(" .-!;,…")))


def settled(runs: Iterable[TextRun]) -> Runs:
    """The look as marks can write it: whole words, without the blanks and signs around them; like runs joined."""
    return _joined(_settled(runs))


def _line(text: str) -> TextLine:
    if item := _ITEM.match(text):
        kind = LineKind.NUMBER if item[1] else LineKind.BULLET
        return TextLine(_runs(text[item.end() :]), kind, int(item[1] or 0))
    return TextLine(_runs(text))


def _runs(text: str) -> Runs:
    """Marks as nobody but `_marked` would write them are no marks."""
    plain = (TextRun(text),) if text else ()
    if "*" not in text:
        return plain
    runs = _read_marks(text)
    return runs if _first_fitting(_settled(runs), _read_marks) == text else plain


def _read_marks(text: str) -> Runs:
    written, stars = _read(text)
    marks = _marks(written, stars)
    letters: Letters = []
    look = 0
    for place in range(len(written) + 1):
        if place in stars and place in marks:
            look ^= stars[place]
        elif place in stars:
            letters += [("*", look)] * stars[place]
        letters += [(written[place], look)] if place < len(written) else []
    return _joined(letters)


def _read(text: str) -> tuple[str, dict[int, int]]:
    """The text without the asterisks that may be marks, and where how many of them stood."""
    written, stars, done = "", {}, 0
    for found in _STARS.finditer(text):
        slashes, group = len(found[1]), len(found[2])
        written += text[done : found.start()] + "\\" * (slashes // 2)
        if slashes % 2:
            written, group = f"{written}*", group - 1
        if group:
            stars[len(written)] = group
        done = found.end()
    return written + text[done:], stars


def _marks(text: str, stars: dict[int, int]) -> set[int]:
    """Where the asterisks are marks: each switches its looks on before words, or off after them."""
    sides = {place: (text[place - 1 : place], text[place : place + 1]) for place in stars}
    last = {bit: max((p for p, n in stars.items() if _is(n, bit) and _ends(*sides[p])), default=-1) for bit in (1, 2)}
    dead: set[int] = set()
    while True:
        on: dict[int, int] = {}  # look → where it was switched on
        marks = set()
        for place, group in stars.items():
            bits = [bit for bit in (_ITALIC, _BOLD) if _is(group, bit)]
            opens, closes = _starts(*sides[place]), _ends(*sides[place])
            if place in dead or not bits or not all(closes if b in on else opens and place < last[b] for b in bits):
                continue
            marks.add(place)
            for bit in bits:
                if on.pop(bit, None) is None:
                    on[bit] = place
        if not on:
            return marks
        dead |= set(on.values())


def _is(stars: int, bit: int) -> bool:
    """Whether a group of so many asterisks switches that look; four are only a line of asterisks."""
    return stars <= _BOLD + _ITALIC and bool(stars & bit)


def _starts(before: str, after: str) -> bool:
    return not before.isalnum() and bool(after) and not after.isspace() and after not in _NO_START


def _ends(before: str, after: str) -> bool:
    return not after.isalnum() and bool(before) and not before.isspace() and before not in _NO_END


def _joined(letters: Iterable[tuple[str, int]]) -> Runs:
    return tuple(
        TextRun("".join(letter for letter, _ in group), bool(look & _BOLD), bool(look & _ITALIC))
        for look, group in groupby(letters, key=lambda one: one[1])
    )


def _settled(runs: Iterable[TextRun]) -> Letters:
    letters = [(c, _BOLD * run.bold | _ITALIC * run.italic) for run in runs for c in run.text]
    text, looks = "".join(c for c, _ in letters), [look for _, look in letters]
    for word in _WORD.finditer(text):
        inside = slice(*word.span())
        looks[inside] = [reduce(or_, looks[inside])] * len(word[0])
    for bit in (_ITALIC, _BOLD):
        _trim(text, looks, bit)
    return list(zip(text, looks, strict=True))


def _trim(text: str, looks: list[int], bit: int) -> None:
    """Take the look from the edges where its mark could not stand."""
    place = 0
    while place < len(text):
        end = place
        while end < len(text) and looks[end] & bit:
            end += 1
        first, after = place, end
        while first < after and not _starts(text[first - 1 : first] if first else "", text[first]):
            looks[first] ^= bit
            first += 1
        while first < after and not _ends(text[after - 1], text[after : after + 1]):
            looks[after - 1] ^= bit
            after -= 1
        place = end + 1


def _first_fitting(letters: Letters, read: Callable[[str], Runs]) -> str:
    """Written with asterisks as they are where they read back as that, else each with a guard."""
    text = _written(letters, guarded=False)
    return text if read(text) == _joined(letters) else _written(letters, guarded=True)


def _written(letters: Letters, *, guarded: bool) -> str:
    text, slashes, look = "", 0, 0
    for letter, wanted in [*letters, ("", 0)]:
        if look != wanted or (guarded and letter == "*"):
            text += "\\" * slashes if guarded else ""  # a backslash before an asterisk is written twice
        text += "*" * (look ^ wanted) + ("\\" if guarded and letter == "*" else "") + letter
        slashes, look = slashes + 1 if letter == "\\" else 0, wanted
    return text


def _grouped(lines: Iterable[TextLine]) -> Iterator[list[TextLine]]:
    """Lines that make one paragraph or one list."""
    group: list[TextLine] = []
    for line in lines:
        is_blank = not (line.sign or line.words.strip())
        goes_on = group and line.kind is group[-1].kind and line.number in (0, group[-1].number + 1)
        if group and (is_blank or not goes_on):
            yield group
            group = []
        group += [] if is_blank else [line]
    if group:
        yield group
