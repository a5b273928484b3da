"""Cells as they are typed and shown: a number, or a sign for why there is none."""

from __future__ import annotations

from decimal import Decimal

from forms.aggregate import Result
from forms.cell import STATE_SIGNS, Cell, CellState
from forms.count import Count
from forms.errors import InputRefused
from forms.expression import Lack, Quantity
from forms.indicator import Indicator
from forms.judgement import VERDICT_TITLES, Verdict
from forms.numbers import format_number, read_typed
from forms.spec import Form

TYPED_SIGNS = {
    "-": CellState.NONE,
    "–": CellState.NONE,
    "x": CellState.NOT_APPLICABLE,
    "X": CellState.NOT_APPLICABLE,
    "…": CellState.NOT_COLLECTED,
    "...": CellState.NOT_COLLECTED,
    ".": CellState.NOT_COLLECTED,
}
_LACK_SIGNS = {Lack.BLANK: "", Lack.NOT_ARISEN: "-", Lack.NOT_APPLICABLE: "x", Lack.NOT_COLLECTED: "…"}
KEYS = "Gõ số rồi Enter · “-” không phát sinh · “x” không áp dụng · “.” không thu thập · F1 giải thích · F7 lỗi kế tiếp · F8 ô trống"


def read_cell(text: str, note: str) -> tuple[Cell, str]:
    """What was typed into a cell, and how it was understood when the writing was unusual. Raises InputRefused."""
    plain = text.strip()
    if plain in TYPED_SIGNS:
        return Cell(TYPED_SIGNS[plain], note=note), ""
    typed = read_typed(plain)
    if typed is None:
        return Cell(note=note), ""
    return Cell(CellState.GIVEN, typed.amount, note), typed.echo


def cell_text(cell: Cell) -> str:
    return format_number(cell.amount) if cell.amount is not None else STATE_SIGNS[cell.state]


def quantity_text(quantity: Quantity, decimals: int | None = None) -> str:
    return format_number(quantity, decimals) if isinstance(quantity, Decimal) else _LACK_SIGNS[quantity]


def judged(result: Result) -> tuple[str, str]:
    """How an indicator stands against its target, in words, and the tone of those words."""
    target = result.target
    if target is None:
        return "", "muted"
    said = f"Mốc {target.year}: {target.words}"
    if not target.verified or not result.indicator.verified:
        said += " (chưa đối chiếu)"
    if result.verdict is Verdict.NOT_COMPARABLE and result.amount is None:
        return said, "muted"
    tone = {Verdict.MET: "good", Verdict.NOT_MET: "warning"}.get(result.verdict, "muted")
    return f"{VERDICT_TITLES[result.verdict]}{_lacking(result)} · {said}", tone


def _lacking(result: Result) -> str:
    if result.verdict is not Verdict.NOT_MET or not result.gap_count:
        return ""
    verb = "thiếu" if result.indicator.direction.value == "higher" else "vượt"
    return f", {verb} {result.gap_count} {result.indicator.gap_noun}".rstrip()


def sheet_of(form: Form, id: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """Title and parts of the sheet that explains a row; `id` is an indicator, a count or a cell of one."""
    row = form.indicators.get(id) or form.counts.get(id.partition(".")[0])
    return (f"{row.number}. {row.title}", sheet(row, form)) if row else None


def sheet(row: Count | Indicator, form: Form) -> tuple[tuple[str, str], ...]:
    """The explanation of one row (F1): (heading, text), what is not known left out."""
    checked = "Đã đối chiếu" if row.verified else "Chưa đối chiếu với văn bản gốc"
    if isinstance(row, Indicator):
        parts = [
            ("Định nghĩa", row.definition),
            ("Cách tính", _formula_words(row, form)),
            ("Cơ quan theo dõi", row.owner),
        ]
        parts += [(f"Mốc {t.year}", t.words + ("" if t.verified else " (chưa đối chiếu)")) for t in row.targets]
    else:
        parts = [("Hướng dẫn", row.help), ("Phân tổ", ", ".join(row.by.parts.values()) if row.by else "")]
        parts += [("Lấy từ", "sổ tin, bài của kỳ; chỉ gõ khi sổ không có mục nào" if row.from_news else "")]
        parts += [("Lưu ý", "Số liệu nhạy cảm: chỉ ghi số, không ghi tên hay câu chuyện." if row.sensitive else "")]
    parts += [("Đơn vị tính", row.measure), ("Nguồn", row.source), ("Đối chiếu", checked)]
    return tuple((head, text) for head, text in parts if text)


def _formula_words(indicator: Indicator, form: Form) -> str:
    """The formula with each id replaced by the number of its row: 100 × [6.1.1] ÷ [6.1.2]."""
    text = indicator.formula.text if indicator.formula else indicator.rule.text if indicator.rule else ""
    names = indicator.formula.names if indicator.formula else indicator.rule.names if indicator.rule else ()
    for name in sorted(names, key=len, reverse=True):
        count = form.counts.get(name.partition(".")[0])
        part = name.partition(".")[2]
        title = f"[{count.number}{f' {count.by.parts[part]}' if count.by and part else ''}]" if count else name
        text = text.replace(name, title)
    return text.replace("*", "×").replace("/", "÷").replace(">=", "≥").replace("<=", "≤").replace(" and ", " và ")


def refusal(error: InputRefused, name: str) -> str:
    return f"{name}: {error.message} Số vừa gõ chưa được cất."
