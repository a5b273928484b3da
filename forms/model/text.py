"""Vietnamese text: one form (NFC), folding for search, the order of a list, and what may be stored.

Official lists write Hoà and Hòa, ’ and ', – and - for the same thing, and Windows' own Vietnamese keyboard
types decomposed letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from forms.errors import InputRefused

CollationKey = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str]

# The order of the tone marks in a Vietnamese list (as ICU sorts "vi"): ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_VOWELS = "aăâeêioôơuưy"
# ð and ɖ are other nations' letters; their capitals Ð and Ɖ look like Đ and are typed and pasted for it.
_ALIKE = str.maketrans("’‘ʼʹ`´′“”„«»–—−‐‑‒―đðɖ", "'''''''\"\"\"\"\"-------ddd")
_LIKE_D = frozenset("ÐðƉɖ")
_DROPPED = frozenset({"Mn", "Me", "Cf"})
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SPACE, _SIGN, _NUMBER, _LETTER, _OTHER = range(5)
_RUNS = re.compile(r"[0-9]+|[^0-9]", re.DOTALL)
_MOST_MARKS = 2  # left over after NFC, which joins every mark of Vietnamese to its letter


def nfc(text: str) -> str:
    """The text in the one form that is stored, signed and printed."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """What a search compares: no marks, no case, đ as d, Hoà as Hòa, ’ as ', – as -, single spaces."""
    short = text.translate(_FOLDED)
    if not short.isascii():
        short = _without_marks(_without_marks(short).casefold()).translate(_ALIKE)
    return " ".join(short.lower().split())


def collation_key(text: str) -> CollationKey:
    """Sorts as a Vietnamese list: letters (a ă â … d đ), then tones, then lower before upper; 2 before 10."""
    primary: list[int] = []
    tones: list[int] = []
    cases: list[int] = []
    for run in _RUNS.findall(nfc(text)):
        if run.isascii() and run.isdigit():
            digits = run.lstrip("0")
            primary += (_NUMBER, len(digits), *map(ord, digits))
            tones.append(0)
            cases.append(0)
            continue
        for rank, tone, upper in _weights(run):
            primary += rank
            tones.append(tone)
            cases.append(upper)
    return tuple(primary), tuple(tones), tuple(cases), nfc(text)


def clean(text: str, *, limit: int, multiline: bool = False, where: str = "") -> str:
    """The text as it may be stored: NFC, plain spaces, trimmed, at most `limit` characters.

    InputRefused: TEXT_CHARACTER (control, format, private or unassigned characters; a line break may stand if
    `multiline`), TEXT_MARKS (a letter with more marks than Vietnamese has), TEXT_TOO_LONG.
    """
    text = nfc(text)
    if multiline:
        text = text.replace("\r\n", "\n")
    text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    text = text.strip(" \n" if multiline else " ")
    _refuse_characters(text, "\n" if multiline else "", where)
    if len(text) > limit:
        problem = f"Văn bản dài {len(text)} ký tự, nhiều nhất là {limit}. Hãy rút gọn."
        raise InputRefused("TEXT_TOO_LONG", problem, where)
    return text


def quoted(text: str, limit: int = 40) -> str:
    """Foreign text shown inside a message: in “…”, one line, hidden characters as ?, cut at `limit`."""
    shown = "".join(c if unicodedata.category(c) not in _FORBIDDEN else "?" for c in nfc(text[: limit + 1]))
    return f"“{shown[:limit]}…”" if len(text) > limit else f"“{shown}”"


def one_line(text: str) -> str:
    """Foreign text, such as the name of a file, where it must not begin a line of its own nor hide anything."""
    return "".join(c if c.isprintable() else "⏎" if c == "\n" else "�" for c in text)


def _refuse_characters(text: str, allowed: str, where: str) -> None:
    marks = 0
    for position, character in enumerate(text, 1):
        category = unicodedata.category(character)
        if category in _FORBIDDEN and character not in allowed:
            name = "dấu xuống dòng" if character in "\r\n" else f"ký tự ẩn hoặc không hợp lệ U+{ord(character):04X}"
            problem = f"Ở vị trí {position} có {name}. Hãy xóa ký tự đó hoặc gõ lại đoạn văn."
            raise InputRefused("TEXT_CHARACTER", problem, where)
        marks = marks + 1 if category == "Mn" else 0
        if marks > _MOST_MARKS:
            problem = f"Ở vị trí {position} có một chữ mang quá nhiều dấu. Hãy gõ lại chữ đó."
            raise InputRefused("TEXT_MARKS", problem, where)


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if unicodedata.category(c) not in _DROPPED)


def _weights(character: str) -> Iterator[tuple[tuple[int, int], int, int]]:
    """((class, rank), tone, upper) of one character; nothing for a tone mark alone."""
    parts = unicodedata.normalize("NFD", character)
    tone = next((_TONES[part] for part in reversed(parts) if part in _TONES), 0)
    letter = nfc("".join(part for part in parts if part not in _TONES))
    lower = "đ" if letter in _LIKE_D else letter.lower()
    if not letter:
        return
    if lower in _LETTERS:
        yield (_LETTER, _LETTERS[lower]), tone, int(letter != lower)
    else:
        kind = _SPACE if letter.isspace() else _OTHER if letter.isalnum() else _SIGN
        yield (kind, ord(letter[0])), tone, 0


def _folded_letters() -> dict[int, str]:
    """The common characters folded in advance: a name is then folded by one table."""
    letters = [nfc(v + tone) for v in _VOWELS for tone in ("", *_TONES)] + ["đ"]
    known = {ord(form): _without_marks(c).translate(_ALIKE) for c in letters for form in (c, c.upper())}
    known |= {ord(letter): "d" for letter in "ĐÐƉ"}
    return known | {key: chr(value) if isinstance(value, int) else value for key, value in _ALIKE.items()}


_FOLDED = _folded_letters()
