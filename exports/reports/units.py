"""The units in print: who reported and who did not (a summary with missing reports always says so), and what each one's own
figures give for every indicator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exports.document import Annex, Bullet, Cell, ColumnHead, Para, Row, Table, table_of
from exports.reports.indicators import outcome
from exports.reports.report_texts import SIGNS_EXPLAINED, figure, listed, share
from forms.exchange.adjustment import was_words
from forms.model.count import Role
from forms.model.form import Section
from forms.model.indicator import Direction, Indicator
from forms.model.number import counted
from forms.model.org_unit import OrgUnit
from forms.org_units.unit_words import by_tier, units_counted
from forms.prose.wording import inside_sentence, named
from forms.services.summary import Status, Summary
from forms.summary.ranking import FEWEST, Beside, ends, of_units
from forms.summary.totals import Result


def unit_annexes(summary: Summary) -> tuple[Annex, ...]:
    """For every objective the communes that reported, by the indicators that a commune computes for itself."""
    status = summary.status
    found = _beside(status)
    if len(found) < FEWEST:
        return ()
    made = ((section, _table(section, found)) for section in summary.status.form.sections)
    words = summary.status.period.words
    return tuple(
        Annex(f"Kết quả {words} của từng đơn vị: {section.title}", (table,), landscape=True)
        for section, table in made
        if table is not None
    )


def adjusted_annex(summary: Summary) -> tuple[Annex, ...]:
    """The figures that offices put beside those of the units: both, with the reason, by whom and when."""
    status = summary.status
    if not status.adjustments:
        return ()
    heads: list[ColumnHead] = [
        ("TT", 10, "centre"), ("Đơn vị", 45, "text"), ("Số liệu", 65, "text"), ("Đơn vị gửi", 22, "number"),
        ("Điều chỉnh", 22, "number"), ("Lý do", 55, "text"), ("Nơi điều chỉnh, ngày", 45, "text"),
    ]  # fmt: skip
    rows = [
        Row(
            (
                str(n), one.unit.name, status.form.count_of_cell[one.cell].label(one.cell), was_words(one),
                figure(one.amount), one.reason, f"{one.office.name}, {one.at:%d/%m/%Y}",
            )
        )
        for n, one in enumerate(status.adjustments, 1)
    ]  # fmt: skip
    note = "Các tổng số trong báo cáo tính theo số điều chỉnh; số đơn vị gửi được giữ nguyên."
    title = f"Điều chỉnh số liệu của đơn vị {status.period.words}"
    return (Annex(title, (table_of(heads, rows, note=note),), landscape=True),)


def extremes(summary: Summary) -> dict[str, str]:
    """ "; cao nhất: xã A (62,5%), thấp nhất: xã B (10%)" by indicator, where several units have a figure."""
    if summary.own.role is not Role.SUMMING:
        return {}
    status = summary.status
    beside = _beside(status)
    found = ((indicator, ends(indicator, beside)) for indicator in status.form.indicators.values())
    return {indicator.id: _told(indicator, *map(named, both)) for indicator, both in found if both is not None}


def called(status: Status, unit: OrgUnit) -> str:
    """Its name, marked where somebody else entered its figures."""
    head = status.heads.get(unit.key)
    return f"{unit.full_name} (nhập thay)" if head and head.is_on_behalf else unit.full_name


def _beside(status: Status) -> Beside:
    """The communes under the names by which they are printed."""
    told = [(replace(unit, full_name=called(status, unit)), cells) for unit, cells in status.communes]
    return of_units(status.form, status.period.year, told)


def _table(section: Section, found: Beside) -> Table | None:
    mine = [i for i in section.indicators if any(i.id in of for _, of in found)]
    if not mine:
        return None
    heads: list[ColumnHead] = [("TT", 10, "centre"), ("Đơn vị", 60, "text")]
    heads += [(f"{i.number} ({i.measure})", 30, "number") for i in mine]
    rows = tuple(
        Row((str(n), unit.full_name, *(_cell(of.get(i.id)) for i in mine))) for n, (unit, of) in enumerate(found, 1)
    )
    told = "; ".join(f"{indicator.number}: {indicator.title}" for indicator in mine)
    return table_of(heads, rows, note=f"{told}. {SIGNS_EXPLAINED}")


def _cell(result: Result | None) -> Cell:
    return "" if result is None else outcome(result, result.quantity)


def _told(indicator: Indicator, best: str, weakest: str) -> str:
    high, low = ("cao", "thấp") if indicator.direction is Direction.HIGHER else ("thấp", "cao")
    return f"; {high} nhất: {best}, {low} nhất: {weakest}"


def roll_call(status: Status, elsewhere: str) -> list[Para | Bullet]:
    """How many units were expected, how many reported, late or not at all, by name; districts, communes and agencies apart,
    and by what they are called."""
    missing = status.missing
    said: list[Para | Bullet] = [Para(_counted(status, one.units, one.noun)) for one in by_tier(status.expected)]
    if entered := status.on_behalf:
        names = listed([inside_sentence(unit.full_name) for unit in entered], elsewhere)
        who = ", ".join(sorted({status.heads[unit.key].by for unit in entered}))
        said.append(
            Bullet(
                f"Trong số đã gửi có {counted(len(entered))} đơn vị được nhập thay từ phiếu điền hoặc báo cáo giấy (người nhập: "
                f"{who}), chưa có gói niêm phong: {names}."
            )
        )
    if missing:
        names = listed([inside_sentence(unit.full_name) for unit in missing], elsewhere)
        said.append(Bullet(f"Các đơn vị chưa gửi báo cáo: {names}."))
    if status.late:
        names = listed([inside_sentence(unit.full_name) for unit in status.late], elsewhere)
        said.append(Bullet(f"Các đơn vị gửi sau hạn{_days(status)}: {names}."))
    for one in status.questions:
        names = listed([inside_sentence(unit.full_name) for unit in one.units], elsewhere)
        said.append(
            Bullet(
                f"Chưa chọn đơn vị trả lời thay {one.agency.title}: {names}. Ở đâu các đơn vị này trả lời khác nhau thì chưa dùng "
                "số của đơn vị nào."
            )
        )
    if missing:
        said.append(
            Para(
                "Số liệu tổng hợp trong báo cáo này chưa đầy đủ: các tổng số chỉ gồm số liệu của "
                f"{units_counted(status.received)} đã gửi; đơn vị chưa gửi không được tính là số 0."
            )
        )
    return said


def _counted(status: Status, units: Sequence[OrgUnit], noun: str) -> str:
    sent = sum(unit.key in status.heads for unit in units)
    return (
        f"Tổng số {noun} phải báo cáo: {counted(len(units))}; đã gửi báo cáo: {counted(sent)} "
        f"({share(sent, len(units))}); chưa gửi báo cáo: {counted(len(units) - sent)}."
    )


def _days(status: Status) -> str:
    """ " 31/01/2026", or both days where agencies have another one."""
    days = sorted({day for day in (status.due, status.agency_due if status.agencies else None) if day})
    return f" {', '.join(f'{day:%d/%m/%Y}' for day in days)}" if days else ""


def data_day(summary: Summary) -> str:
    """As of when, and whether estimated; empty where the report does not say."""
    own = summary.own
    day = f"Số liệu tính đến ngày {own.as_of:%d/%m/%Y}" if own.as_of else ""
    if own.estimate:
        return f"{day or 'Số liệu'} là số ước thực hiện."
    return f"{day}." if day else ""
