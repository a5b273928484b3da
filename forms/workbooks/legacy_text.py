"""Text of the time before Unicode: TCVN3 (ABC, fonts .VnTime …) and VNI-Windows, recognised and converted.

Such text sits in old workbooks as Latin letters that only the right font made Vietnamese: “ñy ban nh©n d©n” is “ủy ban
nhân dân”, “UÛY BAN NHAÂN DAÂN” is “ỦY BAN NHÂN DÂN”. Which font a cell had is not known here, so the words decide: those
that are no Vietnamese syllables as they stand and are ones once converted. Proper Unicode is never converted, and what is
recognised is proposed, not taken.

TCVN3: as TCVN 5712 (VN3) has it, small letters with their tones and Ă Â Ê Ô Ơ Ư Đ; capitals with tones were made by
capital fonts (.VnTimeH) out of small letters, so they come back small. VNI-Windows: both cases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from forms.model.text import nfc
from forms.workbooks.sheets import PlainKind, Sheets

LEAST = 0.8  # the share of the words in question that must come out as syllables


class Encoding(StrEnum):
    """An old way to write Vietnamese."""

    TCVN3 = "tcvn3"
    VNI = "vni"


ENCODING_TITLES = {Encoding.TCVN3: "TCVN3 (ABC)", Encoding.VNI: "VNI-Windows"}


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text seems to be: `confidence` is the share of the words in question that come out as syllables, 0.8 … 1."""

    encoding: Encoding
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Conversion:
    """One text as it stands and as it would be taken, to be shown and agreed to. `doubtful`: it reads both ways, so it
    stays as it is."""

    where: str
    encoding: Encoding
    before: str
    after: str
    confidence: float
    doubtful: bool = False


_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TONED, _HATTED, _BREVED = "ùøûõï", "âáàåãä", "êéèúüë"  # after the letter: a tone; a hat and a tone; a breve and a tone
_VNI_MARKS = {"a": (_TONED, _HATTED, _BREVED), "e": (_TONED, _HATTED), "o": (_TONED, _HATTED), "u": (_TONED,)}
_VNI_RESULTS = {
    "a": ("áàảãạ", "âấầẩẫậ", "ăắằẳẵặ"),
    "e": ("éèẻẽẹ", "êếềểễệ"),
    "o": ("óòỏõọ", "ôốồổỗộ"),
    "u": ("úùủũụ",),
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_HORNED = {"ô": "ớờởỡợ", "ö": "ứừửữự", "y": "ýỳỷỹỵ"}


def _vni() -> dict[str, str]:
    made = dict(_VNI_ALONE)
    for letter, kinds in _VNI_MARKS.items():
        for marks, results in zip(kinds, _VNI_RESULTS[letter], strict=True):
            made |= {letter + mark: result for mark, result in zip(marks, results, strict=True)}
    for letter, results in _VNI_HORNED.items():
        made |= {letter + mark: result for mark, result in zip(_TONED, results, strict=True)}
    for written, meant in tuple(made.items()):
        made[written.upper()] = meant.upper()
        made[written[0].upper() + written[1:]] = meant.upper()
    return made


_TABLES = {Encoding.TCVN3: _TCVN3, Encoding.VNI: _vni()}
_WRITTEN = {
    encoding: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for encoding, table in _TABLES.items()
}
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~–—…“”‘’]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE = re.compile(
    "(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    "(?:uyê|uya|uyu|iêu|yêu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|yê|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|"
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
    "(?:ch|c|ng|nh|m|n|p|t)?"
)
_STOPPED = re.compile("(?:ch|c|p|t)$")  # such a syllable has sắc or nặng


def converted(text: str, encoding: Encoding) -> str:
    """The text read in that encoding, whatever it is."""
    table = _TABLES[encoding]
    return nfc(_WRITTEN[encoding].sub(lambda found: table[found.group()], text))


def recognised(text: str) -> Guess | None:
    """What the text was before Unicode; None where it is proper Unicode, or nothing is to be told from it."""
    if not _could_be(text):
        return None
    guesses = [guess for encoding in Encoding if (guess := _read_as(text, encoding))]
    return max(guesses, key=lambda guess: guess.confidence, default=None)


def proposed(sheets: Sheets) -> tuple[Conversion, ...]:
    """Every text of a workbook that is to be converted or at least looked at: one encoding for the whole workbook. Where some
    of it is Unicode, what reads both ways is taken for Unicode."""
    texts = [
        (sheet.where(*spot), cell.text)
        for sheet in sheets.sheets
        for spot, cell in sheet.cells.items()
        if cell.kind is PlainKind.TEXT
    ]
    guessed = {text: recognised(text) for text in {text for _, text in texts}}
    encoding = _commonest(guess for guess in guessed.values() if guess)
    if encoding is None:
        return ()
    mixed = any(_is_unicode(text) for text in guessed)
    found = []
    for where, text in texts:
        guess = guessed[text]
        if guess is not None and guess.encoding is encoding:
            found.append(Conversion(where, encoding, text, guess.text, guess.confidence))
        elif not mixed and _could_be(text) and (other := converted(text, encoding)) != text and _all_syllables(other):
            found.append(Conversion(where, encoding, text, other, 0.0, doubtful=True))
    return tuple(found)


def taken(sheets: Sheets, agreed: Iterable[Conversion]) -> Sheets:
    """The workbook with the conversions that were agreed to."""
    table = {one.before: one.after for one in agreed if not one.doubtful}
    return sheets.with_texts(lambda text: table.get(text, text))


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of a Vietnamese syllable, with at most one tone, one that its end allows."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in parts if mark in _TONES]
    plain = nfc("".join(mark for mark in parts if mark not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not (tones and _STOPPED.search(plain)) or tones[0] in "\u0301\u0323"


def _could_be(text: str) -> bool:
    """Not proper Vietnamese, but some letter beyond ASCII."""
    return not _is_unicode(text) and any(character > "\x7f" for character in text)


def _is_unicode(text: str) -> bool:
    """It has a letter beyond Latin-1, or a loose tone mark: the old fonts had neither."""
    return any(character > "\xff" and unicodedata.category(character)[0] in "LM" for character in text)


def _read_as(text: str, encoding: Encoding) -> Guess | None:
    words = [word for word in _WORD.findall(text) if not word.isascii() and (len(word) > 1 or word.isalpha())]
    changed = [(word, converted(word, encoding)) for word in words]
    changed = [(word, other) for word, other in changed if word != other]
    if not changed:
        return None
    good = sum(is_syllable(other) for _, other in changed) / len(words)
    as_it_is = sum(is_syllable(word) for word in words) / len(words)
    sound = good >= LEAST and as_it_is <= 0.5
    return Guess(encoding, converted(text, encoding), round(good, 2)) if sound else None


def _all_syllables(text: str) -> bool:
    return all(is_syllable(word) for word in _WORD.findall(text))


def _commonest(guesses: Iterable[Guess]) -> Encoding | None:
    seen = [guess.encoding for guess in guesses]
    return max(Encoding, key=seen.count) if seen else None
