"""Verbs about what was issued: freeze, print as it was, fill in number and day, and hold against today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from forms.exchange.publication import Issue, IssueDetails, PublishedFigure
from forms.services.changes_since_issue import TURN_TITLES, ChangesSince, FigureChange, SourceChange
from ui.cli.command_context import Seat
from ui.cli.output import picked
from ui.cli.parsing import PROGRAM, UsageProblem
from ui.cli.summaries import format_must_be_known

_SHOWN = 40  # lines of each kind, for people; --json has all


def publish(seat: Seat) -> int:
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        made = desk.publishing.publish(programme, period, desk.ledger.person.name, is_public=seat.args.public)
    issue = made.issue
    sources = [{"unit": one.unit.code} | picked(one, "revision", "digest") for one in made.snapshot.sources]
    seat.out.give(_issue(issue) | {"withheld": sorted(made.withheld), "sources": sources})
    kind = "công khai" if issue.is_public else "nội bộ"
    seat.out.say(f"Đã chốt bản phát hành {kind} của {period.words}, từ {len(sources)} gói: {issue.id}")
    if issue.is_public:
        seat.out.say(f"Không công bố {len(made.withheld)} số liệu nhạy cảm hoặc tính ngược ra số liệu nhạy cảm.")
    return 0


def publications(seat: Seat) -> int:
    with seat.desk() as desk:
        issues = desk.publishing.every()
    seat.out.give({"publications": [_issue(issue) for issue in issues]})
    rows = [
        (
            issue.id,
            issue.key.programme,
            issue.key.period,
            "công khai" if issue.is_public else "nội bộ",
            f"{issue.at:%d/%m/%Y}",
            issue.filled.number,
        )
        for issue in issues
    ]
    seat.out.table(("Bản phát hành", "Chương trình", "Kỳ", "Loại", "Ngày chốt", "Số"), rows)
    return 0


def print_again(seat: Seat) -> int:
    """The document as it was issued, whatever has been merged since."""
    format_must_be_known(seat.args.format)
    with seat.desk() as desk:
        found, package = desk.publishing.get(seat.args.publication)
        data = seat.program.printed(found.document, seat.args.format, found.issue.filled, package)
        file = seat.program.write_file(seat.args.out, data)
        desk.publishing.printed(found.issue.id, str(file))
    seat.out.give({"file": str(file), "publication": found.issue.id, "document_sha256": found.issue.document_sha256})
    seat.out.say(f"Đã in bản phát hành ngày {found.issue.at:%d/%m/%Y}: {file}")
    return 0


def number(seat: Seat) -> int:
    args = seat.args
    told = IssueDetails(args.number, args.issued, args.signer)
    if told == IssueDetails():
        message = f"Dòng lệnh chưa đúng: ghi --number, --issued hoặc --signer. Xem “{PROGRAM} number --help”."
        raise UsageProblem("USAGE", message)
    with seat.desk() as desk:
        person = desk.ledger.person.name
        issue = desk.publishing.fill(args.publication, told, person, again=args.again, reason=args.reason)
    seat.out.give(_issue(issue))
    filled = issue.filled
    day = f"{filled.issued:%d/%m/%Y}" if filled.issued else "…"
    seat.out.say(f"Bản phát hành {issue.id}: số {filled.number or '…'}, ngày {day}, người ký {filled.signer or '…'}.")
    return 0


def changes(seat: Seat) -> int:
    with seat.desk() as desk:
        found = desk.publishing.changes(seat.args.publication)
    shown = {"figures": _figures(found.figures), "indicators": _figures(found.results), "texts": found.texts}
    seat.out.give({"units": [_source(one) for one in found.sources]} | shown)
    said = [f"{one.name}: {TURN_TITLES[one.turn]}, lần gửi {one.new_revision or '–'}" for one in found.sources]
    _some(seat, "Đơn vị có thay đổi", said)
    for title, figures in (("Số liệu đổi", found.figures), ("Chỉ tiêu đổi", found.results)):
        _some(seat, title, [f"{one.title}: {_told(one.old)} → {_told(one.new)}{_by(one)}" for one in figures])
    _some(seat, "Lời văn đổi", [one.title for one in found.texts])
    if found == ChangesSince():
        seat.out.say("Chưa có gì thay đổi từ khi phát hành.")
    return 0


def _some(seat: Seat, title: str, lines: list[str]) -> None:
    if lines:
        seat.out.say(f"{title}: {len(lines)}")
    for line in lines[:_SHOWN]:
        seat.out.say(f"  {line}")
    if len(lines) > _SHOWN:
        seat.out.say(f"  … và {len(lines) - _SHOWN} dòng nữa (thêm --json để xem hết).")


def _by(change: FigureChange) -> str:
    return f" ({'; '.join(change.units[:5])}{'; …' if len(change.units) > 5 else ''})" if change.units else ""


def _told(figure: PublishedFigure | None) -> str:
    return f"{figure.text} ({figure.reported}/{figure.expected})" if figure else "–"


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        **picked(
            issue,
            "programme_version",
            "digits",
            "document_sha256",
            "at",
            "person",
            publication="id",
            public="is_public",
        ),
        **picked(issue.key, "programme", "form", "period"),
        **picked(issue.filled, "number", "issued", "signer"),
    }


def _source(one: SourceChange) -> dict[str, Any]:
    revisions = {name: getattr(one, name) or None for name in ("old_revision", "new_revision", "digest")}
    return {"unit": one.unit.code, **picked(one, "cells", unit_name="name", change="turn"), **revisions}


def _figures(found: Iterable[FigureChange]) -> list[dict[str, Any]]:
    return [picked(one, "name", "title", "units") | {"old": _figure(one.old), "new": _figure(one.new)} for one in found]


def _figure(figure: PublishedFigure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return picked(figure, "text", "reported", "expected") | {"verdict": figure.verdict or None}
