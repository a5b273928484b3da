"""A province and the sticks that its communes bring: real services over fakes, for the screens that receive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from forms.all_services import Services
from forms.errors import InputRefused, PackageRefused, StorageError
from forms.exchange.brought_files import Brought, Incoming, Skipped
from forms.exchange.statements import EnrolmentRequest
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import EnrolledKey, PersonRole
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from tests import fakes
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of

Q4 = Period("2025-Q4")
HUE = "46"
DIGITS = "11111 22222 33333 44444 55555 66666"


class KeyCodec(fakes.FakeCodec):
    """Also knows one key file: b"key"."""

    def write_enrolment(self, office, signer, created, app_version) -> bytes:
        return b"key"

    def read_enrolment(self, data):
        if data != b"key":
            raise PackageRefused("CONTAINER", "Tệp hỏng. Chép lại từ đơn vị gửi.")
        person = fakes.person("mới", PersonRole.HEAD)
        unit = UnitKey("19804", date(2025, 7, 1))
        return EnrolmentRequest(
            person.keyid, person.public_key, DIGITS, unit, "Xã Bình Điền", "Lê Thị Mới", "Chủ tịch", PersonRole.HEAD
        )


@dataclass
class StickProgram(FakeProgram):
    """`stick` are the files there are; the printed report is what `paper` says, or `unprintable`."""

    codec: KeyCodec = field(default_factory=KeyCodec)
    stick: dict[Path, bytes] = field(default_factory=dict)
    paper: bytes = b"%PDF-"
    unprintable: InputRefused | None = None
    documents: list[tuple[str, str, str]] = field(default_factory=list)

    def read_files(self, paths: Iterable[Path]):
        return tuple(Incoming(str(path), data) for path, data in self.stick.items() if path in set(paths))

    def find_packages(self, paths: Iterable[Path], *, everything: bool = False) -> Brought:
        """Of a folder everything but what is hidden; `ghi chú.txt` is no package."""
        wanted = tuple(paths)
        inside = {path: data for path, data in self.stick.items() if set(path.parents) & set(wanted)}
        hidden = {path for path in inside if path.name.startswith(".") and not everything}
        files = [Incoming(str(p), d) for p, d in self.stick.items() if p in wanted or p in inside.keys() - hidden]
        if not files:
            files = [
                Incoming(str(wanted[0]), problem=StorageError("FOLDER_EMPTY", "Không có gói nào ở đây. Chọn lại."))
            ]
        skipped = [Skipped(str(path), "FILE_HIDDEN", "tệp ẩn", can_take=True) for path in sorted(hidden)]
        return Brought(tuple(files), tuple(skipped), len(inside), folders=int(bool(inside)))

    def document(self, summary, format: str, marks) -> bytes:
        self.documents.append((summary.status.period.label, format, marks.digits.strip()))
        if self.unprintable:
            raise self.unprintable
        return self.paper

    def sheet(self, summary, format: str, marks) -> bytes:
        self.documents.append((summary.status.period.label, f"sheet {format}", marks.digits.strip()))
        return self.paper

    def printed(self, document: bytes, format: str, filled, package: bytes = b"") -> bytes:
        """As `paper` where a PDF is wanted, since the window opens it; else with what was filled in."""
        self.documents.append((filled.number, f"kept {format}", filled.signer))
        return self.paper if format == "pdf" else document


@dataclass
class ChoosingAsk(FakeAsk):
    """Chooses these files when asked for some."""

    files: list[Path] = field(default_factory=list)

    def open_files(self, title, pattern, start=None):
        return self.files


def news(desk: Services, *days: int) -> None:
    for day in days:
        desk.news.save(NewsItem("", date(2025, 10, day), f"Tin ngày {day}", NewsKind.BRIEF, ("loudspeaker",)))


def commune(program: StickProgram, code: str, *days: int) -> Services:
    """A commune whose quarter has an item on each of these days of October."""
    desk = desk_of(program, code)
    news(desk, *days)
    return desk


def seal(desk: Services, reason: str = "Mất điện dài ngày") -> bytes:
    report = desk.entry.open("nq28_hue", Q4)
    if report.quantity("news_counted") != 4:
        desk.entry.explain(report, "enough_news", reason)
    return desk.sealing.seal("nq28_hue", Q4, desk.ledger.signers(), reason)[1].raw


def trust(office: Services, *communes: Services) -> None:
    with office.ledger.begin() as work:
        for desk in communes:
            for person in desk.ledger.state.people:
                work.register.add(
                    EnrolledKey(
                        person.keyid,
                        person.public_key,
                        desk.office.unit,
                        desk.office.name,
                        person.name,
                        person.title,
                        person.role,
                        datetime(2025, 7, 2),
                    )
                )


def bring(program: StickProgram, office: Services, **communes: int) -> list[Path]:
    """Sealed packages on the stick: `c19804=4` is commune 19804 with four items. The office trusts their keys."""
    paths = []
    for name, items in communes.items():
        desk = commune(program, name[1:], *range(1, items + 1))
        trust(office, desk)
        paths.append(Path(f"/stick/{name[1:]}.bdg"))
        program.stick[paths[-1]] = seal(desk)
    return paths
