"""The table of indicators of a place in the tree, in words, and how a verdict on one unit is said. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from forms.model.cell import at
from forms.model.form import Form
from forms.summary.totals import Result
from ui.desktop.number_wording import (
    counted,
    gap_words,
    operand_words,
    part_gap_words,
    quantity_words,
    value_words,
    verdict_item,
)
from ui.desktop.rows import ListColumnHead, ListRow, heading, row

RESULT_COLUMNS = (
    ListColumnHead("Số", 52),
    ListColumnHead("Chỉ tiêu"),
    ListColumnHead("Tử số / mẫu số", 150, "right"),
    ListColumnHead("Kết quả", 88, "right"),
    ListColumnHead("Số đơn vị", 80, "right"),
    ListColumnHead("Mốc của chương trình", 170),
    ListColumnHead("Đánh giá", 130),
    ListColumnHead("Còn thiếu", 160),
)
_UNVERIFIED = "chưa đối chiếu"


def result_rows(form: Form, results: Sequence[Result]) -> tuple[ListRow, ...]:
    """Every indicator under its objective, in a form of years each year by itself."""
    rows: list[ListRow] = []
    for section in form.sections:
        mine = {indicator.id for indicator in section.indicators}
        found = [result for result in results if result.indicator.id in mine]
        if found:
            rows += [heading(f"{section.number}. {section.title}"), *_with_parts(found)]
    return tuple(rows)


def when(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y, %H:%M}"


def _with_parts(results: Iterable[Result]) -> Iterable[ListRow]:
    for result in results:
        indicator, target = result.indicator, result.target
        words = target.words if target else ""
        id, of_year = at(indicator.id, result.year), f", năm {result.year}" if result.year else ""
        marks = [] if indicator.verified and (target is None or target.verified) else [_UNVERIFIED]
        yield row(
            id,
            indicator.number,
            f"{indicator.title}{of_year}",
            operand_words(result),
            value_words(result),
            f"{counted(result.reported)}/{counted(result.expected)}",
            " – ".join([f"{target.year}: {words}" if target else "", *marks]).strip(" –"),
            verdict_item(result),
            gap_words(result),
            note=indicator.definition or indicator.title,
        )
        titles = indicator.each_part.parts if indicator.each_part else {}
        lacks = {part: part_gap_words(result, gap, count) for part, _, gap, count in result.judged_parts}
        for part, quantity in result.parts:
            value = quantity_words(quantity, indicator.decimals)
            yield row(id, "", f"– {titles[part]}{of_year}", "", value, "", "", "", lacks.get(part, ""))
