"""Who reported and who did not: a summary with missing reports always says so."""

from __future__ import annotations

from exports.document import Bullet, Para
from exports.reports.words import counted, inside_sentence, listed, share
from forms.services.summary import Status, Summary


def roll_call(status: Status, elsewhere: str) -> list[Para | Bullet]:
    """How many units were expected, how many reported, late or not at all, by name."""
    received, expected, missing = len(status.received), len(status.expected), status.missing
    said: list[Para | Bullet] = [
        Para(
            f"Tổng số xã, phường phải báo cáo: {counted(expected)}; đã gửi báo cáo: {counted(received)} "
            f"({share(received, expected)}); chưa gửi báo cáo: {counted(len(missing))}."
        )
    ]
    if missing:
        names = listed([inside_sentence(unit.full_name) for unit in missing], elsewhere)
        said.append(Bullet(f"Các đơn vị chưa gửi báo cáo: {names}."))
    if status.late:
        names = listed([inside_sentence(unit.full_name) for unit in status.late], elsewhere)
        said.append(Bullet(f"Các đơn vị gửi sau hạn {status.due:%d/%m/%Y}: {names}."))
    if missing:
        said.append(
            Para(
                "Số liệu tổng hợp trong báo cáo này chưa đầy đủ: các tổng số chỉ gồm số liệu của "
                f"{counted(received)} đơn vị đã gửi; đơn vị chưa gửi không được tính là số 0."
            )
        )
    return said


def data_day(summary: Summary) -> str:
    """As of when, and whether estimated; empty where the report does not say."""
    own = summary.own
    day = f"Số liệu tính đến ngày {own.as_of:%d/%m/%Y}" if own.as_of else ""
    if own.estimate:
        return f"{day or 'Số liệu'} là số ước thực hiện."
    return f"{day}." if day else ""
