"""Whether the ledger still says what was sealed: every figure that counts is compared with the package it came from.

The bytes of a package cannot be changed without breaking its seals; the rows beside them, which are added up, could be
by somebody who has the ledger's key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from forms.catalogue import Catalogue
from forms.cell import BLANK, Cell
from forms.errors import PackageRefused
from forms.ports import BeginWork, Codec, Work
from forms.report import OPEN_STATES, Report
from forms.services.drafts import of_key, report_key


class Inspection:
    """Reads; changes nothing."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, codec: Codec) -> None:
        self._begin, self._catalogue, self._codec = begin, catalogue, codec

    def inspect(self) -> tuple[int, tuple[str, ...]]:
        """How many packages were compared, and a sentence for each that does not agree."""
        with self._begin() as work:
            compared = [*self._received(work), *self._sent(work)]
            issued = [*_issued(work)]
        return len(compared), tuple(problem for problem in (*compared, *issued) if problem)

    def journal(self) -> tuple[str, int]:
        """The journal's head and how many lines it has."""
        with self._begin() as work:
            return work.journal.head()

    def _received(self, work: Work) -> Iterator[str]:
        for key in work.received.keys():  # noqa: SIM118 - a store is no dict
            for head in work.received.heads(key):
                where = f"Gói {key.period} của đơn vị {head.unit.code}, lần gửi {head.revision}"
                report = self._sealed(work.received.raw(head.digest), head.digest)
                said = report and (report_key(report), report.unit, report.revision, _figures(report.cells))
                yield "" if said == (key, head.unit, head.revision, _figures(head.cells)) else _changed(where)

    def _sent(self, work: Work) -> Iterator[str]:
        for key in work.reports.keys():  # noqa: SIM118
            sealed = work.sent.last(key)
            if sealed is None:
                continue
            ours = of_key(work, self._catalogue, key)
            report = self._sealed(sealed.raw, sealed.digest)
            where = f"Báo cáo {key.period} của đơn vị mình"
            if report is None or ours.state in OPEN_STATES:
                yield "" if report else _changed(where)
                continue
            said = report_key(report), report.revision, _figures(report.cells)
            yield "" if said == (key, ours.revision, _figures(ours.cells)) else _changed(where)

    def _sealed(self, raw: bytes | None, digest: str) -> Report | None:
        """The report in a stored package; None where the bytes are not those of that digest any more."""
        try:
            opened = self._codec.read(raw or b"", None)
            form = self._catalogue.find_form(opened.key.programme, opened.programme_version, opened.key.form)
            return self._codec.report(opened, form) if form and opened.digest == digest else None
        except PackageRefused:
            return None


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
