"""What the units below wrote in one section, as rows of words: each paragraph once, with who wrote it."""

from __future__ import annotations

from forms.compiling import Compiled, Folded, named
from forms.services.gathering import Gathered
from ui.desktop.rows import Column, Item, Row, row

COLUMNS = (Column("Nội dung"), Column("Số đơn vị", 88, "right"), Column("Đơn vị", 250))


def ordered(made: Compiled) -> list[Folded]:
    """Those of most units first."""
    return sorted(made.paragraphs, key=lambda one: -len(one.units))


def rows(made: Compiled) -> list[Row]:
    return [
        row(str(at), one.text, f"{len(one.units)}", Item(named(one.units), "muted"), note=_note(one))
        for at, one in enumerate(ordered(made))
    ]


def counted(made: Compiled) -> str:
    """ "12 đơn vị viết · 3 ghi “không có” · 5 không viết" """
    told = [f"{made.told} đơn vị viết"]
    told += [f"{len(made.none)} ghi “không có”"] if made.none else []
    told += [f"{len(made.silent)} không viết"] if made.silent else []
    return " · ".join(told)


def advice(made: Compiled, gathered: Gathered) -> str:
    """What the list is, and what is not in it."""
    unread = f" Không đọc được gói của {named(gathered.unread)}." if gathered.unread else ""
    if not made.paragraphs:
        return "Chưa có đơn vị nào viết gì ở mục này." + unread
    return "Đoạn nhiều đơn vị viết giống nhau chỉ hiện một lần, ghi đủ nguồn; khác con số thì để riêng." + unread


def _note(one: Folded) -> str:
    """Everybody's own words, where they are not the very same."""
    if len({source.text for source in one.sources}) == 1:
        return "; ".join(one.units)
    return "\n".join(f"{source.unit}: {source.text}" for source in one.sources[:12])
