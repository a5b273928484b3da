"""Whether the ledger still says what was sealed: every figure that counts is compared with the package it came from.

The bytes of a package cannot be changed without breaking its seals; the rows beside them, which are added up, could be
by somebody who has the ledger's key.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from forms.errors import InputRefused, PackageRefused
from forms.exchange.on_behalf import as_package, entry_digest
from forms.exchange.statements import Head, OpenedPackage, ReportKey
from forms.model.cell import BLANK, Cell
from forms.model.report import OPEN_STATES, Report
from forms.ports import BeginWork, Codec, Work
from forms.programmes.catalogue import Catalogue
from forms.services.drafts import of_key, report_key


@dataclass(frozen=True, slots=True)
class MissingPack:
    """A programme version that packages of the ledger were filled under and that cannot be read here: `packages` of them
    were not compared. `is_kept`: the ledger holds it, in a form that this version of the program does not read."""

    programme: str
    version: int
    sha256: str
    packages: int
    is_kept: bool

    @property
    def words(self) -> str:
        name = f"chương trình {self.programme} phiên bản {self.version}"
        why = (
            f"sổ giữ {name} nhưng phần mềm này không đọc được: cập nhật phần mềm"
            if self.is_kept
            else f"phần mềm này không có {name} (mã bắt đầu {self.sha256[:12]}): cài bản phần mềm có chương trình ấy, hoặc nhận lại "
            "tệp cấp phát của nơi ban hành"
        )
        return f"Chưa đối chiếu được {self.packages} gói vì {why}, rồi kiểm tra lại. Sổ không hỏng, không cần phục hồi từ bản sao lưu."


@dataclass(frozen=True, slots=True)
class Inspected:
    """`compared` packages agree with the figures or are told in `problems`; those of `missing` were not compared."""

    compared: int
    problems: tuple[str, ...]
    missing: tuple[MissingPack, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.problems and not self.missing


class _NoPack(Exception):
    """The programme version is not here."""


class Inspection:
    """Reads; changes nothing."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, codec: Codec) -> None:
        self._begin, self._catalogue, self._codec = begin, catalogue, codec

    def inspect(self) -> Inspected:
        """Every package that counts against the figures that are added up, and every document as it was issued."""
        told: list[str] = []
        lacking: Counter[tuple[str, int, str]] = Counter()
        with self._begin() as work:
            for compare, raw, digest in chain(self._received(work), self._sent(work)):
                opened = self._opened(raw, digest)
                try:
                    told.append(compare(opened))
                except _NoPack:
                    assert opened is not None
                    lacking[opened.key.programme, opened.programme_version, opened.programme_sha256] += 1
            kept = {(pack.id, pack.version) for pack in work.packs.all()} if lacking else set()
            issued = [*_issued(work), *self._entered(work)]
        missing = [
            MissingPack(id, version, sha256, count, (id, version) in kept)
            for (id, version, sha256), count in sorted(lacking.items())
        ]
        return Inspected(len(told), tuple(problem for problem in (*told, *issued) if problem), tuple(missing))

    def journal(self) -> tuple[str, int]:
        """The journal's head and how many lines it has."""
        with self._begin() as work:
            return work.journal.head()

    def _received(self, work: Work) -> Iterator[_Comparison]:
        for key in work.received.keys():  # noqa: SIM118 - a store is no dict
            for head in work.received.heads(key):
                yield partial(self._received_as, key, head), work.received.raw(head.digest), head.digest

    def _received_as(self, key: ReportKey, head: Head, opened: OpenedPackage | None) -> str:
        where = f"Gói {key.period} của đơn vị {head.unit.code}, lần gửi {head.revision}"
        report = self._report(opened)
        said = report and (report_key(report), report.unit, report.revision, _figures(report.cells))
        return "" if said == (key, head.unit, head.revision, _figures(head.cells)) else _changed(where)

    def _sent(self, work: Work) -> Iterator[_Comparison]:
        for key in work.reports.keys():  # noqa: SIM118
            sealed = work.sent.last(key)
            if sealed is not None:
                yield partial(self._sent_as, work, key), sealed.raw, sealed.digest

    def _sent_as(self, work: Work, key: ReportKey, opened: OpenedPackage | None) -> str:
        where = f"Báo cáo {key.period} của đơn vị mình"
        if opened is None:
            return _changed(where)
        try:
            ours = of_key(work, self._catalogue, key)
        except InputRefused as error:
            raise _NoPack from error
        if ours.state in OPEN_STATES:
            return ""
        report = self._report(opened)
        said = report and (report_key(report), report.revision, _figures(report.cells))
        return "" if said == (key, ours.revision, _figures(ours.cells)) else _changed(where)

    def _entered(self, work: Work) -> Iterator[str]:
        """What was entered for units against the report and the file that it came from."""
        for name in work.on_behalf.names():
            kept = work.on_behalf.get(name)
            assert kept is not None  # named just now
            entry = kept.entry
            form = self._catalogue.find_form(entry.key.programme, entry.programme_version, entry.key.form)
            try:
                said = self._codec.report(as_package(entry.unit, entry.key, entry.payload), form) if form else None
                same = said is None or _figures(said.cells) == _figures(kept.cells)
            except (PackageRefused, ValueError):
                same = False
            raw = hashlib.sha256(kept.raw).hexdigest() if kept.raw is not None else entry.file.sha256
            if not same or (raw, entry_digest(entry)) != (entry.file.sha256, name):
                yield (
                    f"Bản nhập thay {entry.key.period} của {entry.unit.name}: số liệu trong sổ không còn đúng với phiếu hoặc bản quét đã "
                    "nhập. Phục hồi từ bản sao lưu và báo người phụ trách."
                )

    def _opened(self, raw: bytes | None, digest: str) -> OpenedPackage | None:
        """The stored package; None where the bytes are not those of that digest any more."""
        try:
            opened = self._codec.read(raw or b"", None)
        except PackageRefused:
            return None
        return opened if opened.digest == digest else None

    def _report(self, opened: OpenedPackage | None) -> Report | None:
        """The report in it, under the very form that it was filled under. Raises _NoPack where that is not here."""
        if opened is None:
            return None
        form = self._catalogue.find_form(opened.key.programme, opened.programme_version, opened.key.form)
        if form is None or form.programme_sha256 != opened.programme_sha256:
            raise _NoPack
        try:
            return self._codec.report(opened, form)
        except PackageRefused:
            return None


_Comparison = tuple[Callable[[OpenedPackage | None], str], bytes | None, str]


def _figures(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Blank cells may or may not be listed."""
    return {name: cell for name, cell in cells.items() if cell != BLANK}


def _issued(work: Work) -> Iterator[str]:
    """Whether each document that was issued is still the one that was frozen."""
    for issue in work.publications.all():
        found = work.publications.get(issue.id)
        if found is None or hashlib.sha256(found.document).hexdigest() != issue.document_sha256:
            yield f"Bản phát hành {issue.id}: văn bản không còn đúng như lúc phát hành. Phục hồi từ bản sao lưu."


def _changed(where: str) -> str:
    return f"{where}: số liệu trong sổ không còn đúng với gói đã niêm phong. Phục hồi từ bản sao lưu và báo người phụ trách."
