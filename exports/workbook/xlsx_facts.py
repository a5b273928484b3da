"""Facts of an .xlsx: its XML streamed through expat, cell by cell; and how many percent signs a number format multiplies by.
Runs in the child process.

A format has up to four sections (`positive;negative;zero;text`) or sections with conditions (`[>=1]0;0%`). Only a `%` that
stands for itself in the section in force multiplies by 100; one in quotes, behind a backslash, in brackets, or used as
room or filling (`_%`, `*%`) is a mere letter.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from xml.parsers import expat

from exports.workbook.archive import Archive, guard, parse, refused
from exports.workbook.facts import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Facts, Size, hide, too_big
from forms.workbooks.sheets import UNCLEAR, Spot, column_of

_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_MOST = 3  # sections for numbers


@dataclass(frozen=True, slots=True)
class _Section:
    percents: int = 0
    condition: tuple[str, Decimal] | None = None
    is_text: bool = False
    is_odd: bool = False  # a percent sign that programs read differently

    def takes(self, amount: Decimal) -> bool:
        return self.condition is not None and _HOLDS[self.condition[0]](amount, self.condition[1])


_GENERAL = _Section()


def percents(code: str, amount: Decimal) -> int:
    """How many times the amount is shown multiplied by 100; UNCLEAR where programs differ on that."""
    if "%" not in code:
        return 0
    found = {UNCLEAR if section.is_odd else section.percents for section in _in_force(_sections(code), amount)}
    return found.pop() if len(found) == 1 else UNCLEAR


def _in_force(sections: Sequence[_Section], amount: Decimal) -> Sequence[_Section]:
    """The section by which the amount is shown; several where programs differ."""
    numbers = [section for section in sections if not section.is_text][:_MOST]
    if not numbers:
        return (_GENERAL,)
    if not any(section.condition for section in numbers[:2]):
        return (numbers[_by_sign(len(numbers), amount)],)
    first, *rest = numbers
    if first.condition is None:  # the second alone has one: some take the first for what is above nought
        return numbers
    if first.takes(amount):
        return (first,)
    if not rest:
        return first, _GENERAL
    if rest[0].condition is None:
        return rest[:1] if len(rest) == 1 or amount < 0 else rest
    if rest[0].takes(amount):
        return rest[:1]
    return rest[1:] or (rest[0], _GENERAL)


def _by_sign(count: int, amount: Decimal) -> int:
    if amount < 0:
        return min(1, count - 1)
    return 2 if count == _MOST and not amount else 0


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    made: list[_Section] = []
    count, condition, is_text, is_odd = 0, None, False, False
    at = 0
    while at < len(code):
        sign = code[at]
        if sign == ";":
            made.append(_Section(count, condition, is_text, is_odd))
            count, condition, is_text, is_odd = 0, None, False, False
        elif sign == '"':
            at = _end(code, at, '"')
        elif sign == "[":
            close = _end(code, at, "]")
            said = _CONDITION.fullmatch(code[at + 1 : close].strip())
            condition = (said[1], Decimal(said[2])) if said else condition
            at = close
        elif sign in "\\_*":
            at += 1
        elif sign == "!" and code[at + 1 : at + 2] == "%":
            is_odd = True  # an escape in Excels of East Asia
            at += 1
        elif sign == "%":
            count += 1
        elif sign == "@":
            is_text = True
        at += 1
    return (*made, _Section(count, condition, is_text, is_odd))


def _end(code: str, start: int, sign: str) -> int:
    found = code.find(sign, start + 1)
    return len(code) if found < 0 else found


BOOK, BOOK_LINKS, STYLES, TYPES = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "[Content_Types].xml",
)
_PERCENTS = {"9": "0%", "10": "0.00%"}  # of the formats that Excel knows by number
_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]


def facts_of(archive: Archive) -> tuple[list[Facts], bool]:
    """The sheets in the workbook's order, and whether days count from 1904. Raises InputRefused."""
    if b"macroEnabled" in archive.read(TYPES):
        raise refused("WORKBOOK_MACRO")
    book = _Book(archive)
    formats = _percent_styles(archive)
    size = Size()
    for facts, part in book.sheets:
        if part in archive.names:
            _Sheet(facts, formats, size).read(archive, part)
    return [facts for facts, _ in book.sheets], book.epoch_1904


class _Book:
    """The list of sheets, each with the part that holds it."""

    def __init__(self, archive: Archive) -> None:
        self.epoch_1904 = False
        self._parts: dict[str, str] = {}
        self._listed: list[tuple[Facts, str]] = []
        _stream(archive, BOOK_LINKS, self._link)
        _stream(archive, BOOK, self._start)
        if not self._listed:
            raise refused("WORKBOOK_DAMAGED")
        if len(self._listed) > MOST_SHEETS:
            raise too_big("có quá nhiều sheet")
        self.sheets = [(facts, self._parts.get(id, "")) for facts, id in self._listed]

    def _link(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            self._parts[attributes.get("Id", "")] = (
                target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            )

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            self.epoch_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            facts = Facts(attributes.get("name", ""), attributes.get("state", "visible") != "visible")
            self._listed.append((facts, attributes.get("id", "")))


class _Sheet:
    """One sheet's XML. A cell without an address follows the one before."""

    def __init__(self, facts: Facts, formats: Mapping[int, str], size: Size) -> None:
        self._facts, self._formats, self._size = facts, formats, size
        self._row = self._column = -1
        self._attributes: Attributes = {}
        self._has_formula = False
        self._value = ""

    def read(self, archive: Archive, part: str) -> None:
        parser = _made(self._start)
        parser.EndElementHandler = self._end
        self._parser = parser
        parse(archive.chunks(part), parser)

    def _start(self, name: str, attributes: Attributes) -> None:
        name = _local(name)
        if name == "c":
            self._attributes, self._has_formula, self._value = attributes, False, ""
            self._row, self._column = self._place(attributes.get("r"))
        elif name == "f":
            self._has_formula = True
        elif name in ("v", "t"):
            self._parser.CharacterDataHandler = self._text
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first = _number(attributes.get("min"), 1) - 1
            hide(self._facts.hidden_columns, first, _number(attributes.get("max"), 1) - first, MOST_COLUMNS)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _begin_row(self, attributes: Attributes) -> None:
        self._row, self._column = _number(attributes.get("r"), self._row + 2) - 1, -1
        if attributes.get("hidden") in ("1", "true"):
            hide(self._facts.hidden_rows, self._row, 1, MOST_ROWS)

    def _text(self, text: str) -> None:
        if len(self._value) < 40:  # an error's name; of anything else only whether there is any
            self._value += text

    def _end(self, name: str) -> None:
        name = _local(name)
        if name in ("v", "t"):
            self._parser.CharacterDataHandler = None
        elif name == "c" and (self._value or self._has_formula):
            self._note((self._row, self._column))

    def _note(self, spot: Spot) -> None:
        facts, kind = self._facts, self._attributes.get("t")
        self._size.add(facts.name, spot)
        if self._has_formula:
            (facts.formulas if self._value or kind == "str" else facts.pending).add(spot)
        if kind == "e":
            facts.errors[spot] = self._value
        code = self._formats.get(_number(self._attributes.get("s"), 0))
        if code and kind in (None, "n"):
            facts.percents[spot] = percents(code, _amount(self._value))

    def _place(self, reference: str | None) -> Spot:
        if reference is None:
            return self._row, self._column + 1
        return _spot(reference)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        self._facts.merged.append((*_spot(first), *_spot(last or first)))
        if len(self._facts.merged) > MOST_ROWS:
            raise too_big("có quá nhiều ô gộp")


def _percent_styles(archive: Archive) -> dict[int, str]:
    """Places in the list of cell styles whose number format has a percent sign, each with that format."""
    formats, found = dict(_PERCENTS), dict[int, str]()
    inside, place = False, -1

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside, place
        if name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            place += 1
            code = formats.get(attributes.get("numFmtId", ""), "")
            if "%" in code:
                found[place] = code

    if STYLES in archive.names:
        _stream(archive, STYLES, start)
    return found


def _stream(archive: Archive, part: str, start: Start) -> None:
    def plain(name: str, attributes: Attributes) -> None:
        start(_local(name), {_local(key): value for key, value in attributes.items()})

    parse(archive.chunks(part), _made(plain))


def _made(start: Start) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    guard(parser)
    parser.buffer_text = True
    parser.StartElementHandler = start
    return parser


def _local(name: str) -> str:
    """Some programs write x:row for row."""
    return name.rpartition(":")[2] if ":" in name else name


def _spot(reference: str) -> Spot:
    found = _CELL.fullmatch(reference)
    if found is None:
        raise refused("WORKBOOK_DAMAGED")
    return int(found[2]) - 1, column_of(found[1])


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise refused("WORKBOOK_DAMAGED")
    return int(text)


def _amount(text: str) -> Decimal:
    """By its sign and size a section of its format is chosen; what is no number is refused elsewhere."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)
