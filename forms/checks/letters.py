"""Letters that the printed page has not, and what may stand for them: they come out as □, on paper that is signed.

Word puts in signs that the embedded typeface lacks (a non-breaking hyphen, ☑, ①). The ranges are those that all four cuts
of the typeface have; tests/resources/test_printable.py makes them anew from the files and holds this page to them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from forms.model.finding import Finding
from forms.model.report import Report

# First and last code point of each run of letters, hexadecimal.
RANGES = """
    20-7e a0-36f 374-375 37a-37e 384-38a 38c 38e-3a1 3a3-3ce 3d0-513 51a-51d 591-5c7 5d0-5ea 5f0-5f4 1d00-1dca
    1dfe-1e9b 1e9e 1ea0-1ef9 1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d 1f80-1fb4
    1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2000-2010 2012-2022 2026 202a-2030 2032-2034 2039-203a
    203c 203e 2044 205e 206a-206f 2074-2079 207f-2089 2090-2094 20a0-20b5 20bf 20f0 2105 2113 2116-2117 2122 2126 212e
    214d-214e 2153-2154 215b-215e 2184 2190-2195 21a8 21d4 2202 2206 220f 2211-2212 2215 2219-221a 221e-221f 2229 222b
    2248 2260-2262 2264-2265 2302 2310 2320-2321 2500 2502 250c 2510 2514 2518 251c 2524 252c 2534 253c 2550-256c 2580
    2584 2588 258c 2590-2593 25a0-25a1 25aa-25ac 25b2 25ba 25bc 25c4 25ca-25cc 25cf-25d9 25e6 263a-263c 2640 2642 2660
    2663 2665-2666 2669-266c 266f 2c60-2c6d 2c71-2c77 2e17 a717-a721 a788-a78c f004 fb01-fb02 fb1d-fb36 fb38-fb3c fb3e
    fb40-fb41 fb43-fb44 fb46-fb4f fe20-fe23 fffc ffff
"""
_LIKE = {
    "\u2011": "-", "\u2043": "-", "\u2e3a": "–", "\u2e3b": "–",
    "☐": "[ ]", "☑": "[x]", "☒": "[x]", "🗹": "[x]", "✅": "[x]",
    "✓": "√", "✔": "√", "✗": "×", "✘": "×", "✕": "×", "✖": "×", "❌": "×",
    "★": "*", "☆": "*", "✱": "*", "✶": "*", "❖": "■", "◆": "■", "◇": "□", "◾": "■", "◼": "■", "⬛": "■", "◻": "□", "⬜": "□",
    "⇒": "→", "⇨": "→", "➔": "→", "➜": "→", "➢": "►", "➤": "►", "▶": "►", "⟶": "→", "⟹": "→", "⇐": "←", "⇔": "↔",
    "⚫": "●", "⬤": "●", "⚪": "○", "◉": "●", "❏": "□", "❑": "□", "☎": "ĐT", "✉": "Email",
    "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "∕": "/", "∶": ":", "∙": "·",
}  # fmt: skip
_CIRCLED = {0x2460: 1, 0x2474: 1, 0x2488: 1, 0x24F5: 1, 0x2776: 1, 0x2780: 1, 0x278A: 1}  # ① ⑴ ⒈ ⓵ ❶ ➀ ➊


@cache
def _unprinted() -> re.Pattern[str]:
    runs = (run.partition("-")[::2] for run in RANGES.split())
    inside = "".join(f"\\U{int(first, 16):08x}-\\U{int(last or first, 16):08x}" for first, last in runs)
    return re.compile(f"[^\\n{inside}]")


def unprinted(text: str) -> tuple[str, ...]:
    """The letters of the text that are printed as □, each once, in their order."""
    return tuple(dict.fromkeys(_unprinted().findall(text)))


def like(letter: str) -> str:
    """What is printed and means the same; empty where nothing is like it."""
    found = _LIKE.get(letter) or _numbered(letter) or unicodedata.normalize("NFKC", letter)
    if found == letter or unprinted(found):
        found = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return "" if found == letter or unprinted(found) else found.strip()


def printed(text: str) -> str:
    """The text with a like letter for each that would be □; what has none stays."""
    return _unprinted().sub(lambda found: like(found[0]) or found[0], text)


def _numbered(letter: str) -> str:
    """(1) for ① and its like; each row of them goes to ten, some to twenty."""
    code = ord(letter)
    start = max((first for first in _CIRCLED if first <= code < first + 20), default=None)
    if start is None or unicodedata.category(letter) != "No":
        return ""
    value = unicodedata.numeric(letter, None)
    return f"({value:g})" if value is not None else ""


_MOST = 5  # letters in one sentence
_SHORT = 60
_LONGEST = 140  # of the name of a finding, so that the reason for it is sealed


def letters(report: Report) -> Iterator[Finding]:
    for where, spot, called, text in _printed(report):
        if strange := unprinted(text):
            cells = () if spot or where not in report.form.count_of_cell else (where,)
            yield Finding("warning", f"letters:{where}", f"{called}: {_told(strange)}", cells, spot=spot)


def _told(strange: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{letter}”" for letter in strange[:_MOST])
    more = f" và {len(strange) - _MOST} ký tự nữa" if len(strange) > _MOST else ""
    offers = [f"{letter} → {offer}" for letter in strange[:_MOST] if (offer := like(letter))]
    instead = f"Thay bằng: {'; '.join(offers)}" if offers else "Bỏ đi"
    return f"có {shown}{more} mà chữ in không có, in ra thành □. {instead}, hoặc gõ lại; để nguyên thì ghi lý do."


def _printed(report: Report) -> Iterator[tuple[str, str, str, str]]:
    """Every text that is printed: what its finding is named by, its spot where that is no cell, how it is called, its
    words."""
    form = report.form
    for name, cell in report.cells.items():
        if cell.note and name in form.count_of_cell:
            yield name, "", f"Ghi chú của “{form.count_of_cell[name].label(name)}”", cell.note
    for spec in form.narratives:
        yield spec.id, f"text:{spec.id}", f"Mục “{spec.number}. {spec.title}”", report.narratives.get(spec.id, "")
    for task in report.tasks:
        called = form.tasks[task.id].number if task.id in form.tasks else task.id
        yield task.id, f"task:{task.id}", f"Nhiệm vụ {called}", f"{task.result}\n{task.product}\n{task.evidence}"
    for number, one in enumerate(report.nominations, 1):
        words = f"{one.name}\n{one.form}\n{one.ground}"
        yield f"nomination.{number}", f"nomination:{number}", f"Đề nghị khen thưởng thứ {number}", words
    for item in report.news:
        words = f"{item.title}\n{item.topic}\n{item.author}\n{item.evidence}\n{item.reason}"
        title = item.title if len(item.title) <= _SHORT else f"{item.title[: _SHORT - 1]}…"
        yield item.id, "", f"Tin “{title}” ngày {item.date:%d/%m/%Y}", words
    for check, reason in report.explanations.items():
        if not check.startswith("letters:"):
            yield f"reason.{check}"[:_LONGEST], "", "Một lý do đã ghi", reason
