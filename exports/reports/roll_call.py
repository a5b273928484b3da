"""Who reported and who did not: a summary with missing reports always says so."""

from __future__ import annotations

from collections.abc import Sequence

from exports.document import Bullet, Para
from exports.reports.words import listed, share
from forms.numerals import counted
from forms.org_unit import OrgUnit
from forms.services.summary import Status, Summary
from forms.wording import inside_sentence

COMMUNES, AGENCIES = "xã, phường", "sở, ban, ngành, đơn vị"


def roll_call(status: Status, elsewhere: str) -> list[Para | Bullet]:
    """How many units were expected, how many reported, late or not at all, by name; communes and agencies apart."""
    received, missing = len(status.received), status.missing
    communes = [unit for unit in status.expected if unit.key not in status.agencies]
    agencies = [unit for unit in status.expected if unit.key in status.agencies]
    said: list[Para | Bullet] = [
        Para(_counted(status, units, noun)) for units, noun in ((communes, COMMUNES), (agencies, AGENCIES)) if units
    ]
    if missing:
        names = listed([inside_sentence(unit.full_name) for unit in missing], elsewhere)
        said.append(Bullet(f"Các đơn vị chưa gửi báo cáo: {names}."))
    if status.late:
        names = listed([inside_sentence(unit.full_name) for unit in status.late], elsewhere)
        said.append(Bullet(f"Các đơn vị gửi sau hạn{_days(status)}: {names}."))
    if missing:
        said.append(
            Para(
                "Số liệu tổng hợp trong báo cáo này chưa đầy đủ: các tổng số chỉ gồm số liệu của "
                f"{counted(received)} đơn vị đã gửi; đơn vị chưa gửi không được tính là số 0."
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
