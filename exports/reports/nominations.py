"""Who is proposed for commendation: how many in the text, everybody in the annexes."""

from __future__ import annotations

from collections.abc import Sequence

from exports.document import Block, Column, HeadCell, Para, Row, Table
from forms.numerals import counted
from forms.services.summary import Summary
from forms.task import NOMINEE_TITLES, Nomination, Nominee


def nominated(summary: Summary, where: str) -> list[Block]:
    """ "Đề nghị khen thưởng 03 tập thể, 05 cá nhân (danh sách tại Phụ lục IV, Phụ lục V)."."""
    rows = summary.own.nominations
    told = ", ".join(
        f"{counted(number)} {NOMINEE_TITLES[kind].lower()}"
        for kind in Nominee
        if (number := sum(one.kind is kind for one in rows))
    )
    return [Para(f"Đề nghị khen thưởng {told} có thành tích (danh sách tại {where}).")]


def nomination_table(rows: Sequence[Nomination]) -> Table:
    """One kind of nominee, in the order in which they were proposed."""
    columns = (Column(10, "centre"), Column(60), Column(52), Column(120))
    head = (tuple(HeadCell(title) for title in ("TT", "Tên", "Hình thức khen thưởng", "Thành tích")),)
    lines = tuple(Row((str(n), one.name, one.form, one.ground)) for n, one in enumerate(rows, start=1))
    return Table(columns, head, lines)
