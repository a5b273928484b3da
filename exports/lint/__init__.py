"""Measures a finished PDF or Word file against NĐ 30/2020/NĐ-CP: `measure(data)` gives what deviates.

A file of ours has no deviation. A file that an office has edited may have some: each says the item, where it is, what was
found and what the decree allows. The ranges are those of `exports/nd30.py`.
"""

from __future__ import annotations

from exports.lint import pdf_file, word_file
from exports.lint.elements import LARGEST, another_kind, too_large
from forms.model.layout_deviation import Deviation, MeasuredItem


def measure(data: bytes) -> tuple[Deviation, ...]:
    """Deviations in the order of `Item`. Raises InputRefused LINT_KIND, LINT_SIZE, LINT_DAMAGED."""
    if len(data) > LARGEST:
        raise too_large()
    if data.startswith(b"%PDF-"):
        found = pdf_file.measure(data)
    elif data.startswith(b"PK\x03\x04"):
        found = word_file.measure(data)
    else:
        raise another_kind()
    order = list(MeasuredItem)
    return tuple(sorted(found, key=lambda deviation: order.index(deviation.item)))


__all__ = ["Deviation", "MeasuredItem", "measure"]
