"""Our own news items, by day of first publication. Items of a day whose report is sealed cannot change unnoticed.

The news ledger (sổ tin, bài): add, change, delete, bring back. Sealed quarters are closed.

Which days of the news ledger are closed: those of a report that was sealed with its news, whatever the programme.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from itertools import count

from forms.errors import InputRefused, ReportStateError
from forms.exchange.statements import ReportKey
from forms.model.news_item import EVIDENCE_STARTS, MAX_EVIDENCE, MAX_FILE_NAME, Evidence, NewsItem, checked, content_id
from forms.model.period import Period
from forms.model.report import ReportState
from forms.model.text import clean, quoted
from forms.ports import BeginWork, Work
from forms.programmes.catalogue import Catalogue


def must_be_open(work: Work, catalogue: Catalogue, days: Collection[date]) -> None:
    """Raises ReportStateError REPORT_SEALED for a day that is closed."""
    for key in work.reports.keys() if days else ():
        period = Period.parse(key.period, key.basis)
        inside = sorted(day for day in days if period.holds(day))
        if inside and _is_sealed_with_news(work, catalogue, key):
            raise ReportStateError(
                "REPORT_SEALED",
                f"Báo cáo {period.words} đã niêm phong nên không sửa được tin ngày "
                f"{inside[0]:%d/%m/%Y}. Mở bản thay thế của kỳ đó trước.",
                period.label,
            )


def _is_sealed_with_news(work: Work, catalogue: Catalogue, key: ReportKey) -> bool:
    """By the report alone: its items are not read for it."""
    version = work.reports.version(key)
    form = catalogue.find_form(key.programme, version, key.form) if version else None
    report = work.reports.get(key, form) if form is not None and form.has_news else None
    return report is not None and report.state is not ReportState.DRAFT


class NewsLedger:
    """Our own items, by day of first publication."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue) -> None:
        self._begin, self._catalogue = begin, catalogue

    def list(self, period: Period) -> tuple[NewsItem, ...]:
        with self._begin() as work:
            return work.news.within(period)

    def save(self, item: NewsItem) -> NewsItem:
        """A new item (empty id) or a changed one. Raises InputRefused with the field in `where`."""
        return self.exchange((), (item,))[0]

    def exchange(self, gone: Iterable[NewsItem], come: Iterable[NewsItem]) -> tuple[NewsItem, ...]:
        """These items in place of those, all or none; the same the other way round takes it back. An item without an
        id is a new one. Returns those that came, as they are kept. Raises as `save`."""
        leaving, sound = tuple(gone), [checked(item) for item in come]
        with self._begin() as work:
            stored = [old for item in leaving if (old := work.news.get(item.id))]
            must_be_open(work, self._catalogue, {item.date for item in (*leaving, *stored)})
            kept = tuple(self._put(work, item) for item in sound)
            for item in leaving:
                if item.id not in {one.id for one in kept}:
                    work.news.delete(item.id)
                    work.journal.append("news_delete", {"id": item.id, "title": item.title})
        return kept

    def attach(self, item: NewsItem, name: str, data: bytes) -> NewsItem:
        """With a file that shows it (PDF, JPEG or PNG). Raises InputRefused EVIDENCE_KIND, EVIDENCE_TOO_BIG,
        EVIDENCE_MANY, EVIDENCE_THERE."""
        evidence = _evidence(item, name, data)
        sound = checked(replace(item, files=(*item.files, evidence)))
        with self._begin() as work:
            kept = self._put(work, sound)
            work.news.put_file(evidence, data)
            work.journal.append("news_attach", {"id": kept.id, "file": evidence.name, "sha256": evidence.digest})
        return kept

    def file(self, digest: str) -> bytes:
        """The content of an attached file; empty where the ledger does not have it."""
        with self._begin() as work:
            return work.news.file(digest) or b""

    def detach(self, item: NewsItem, digest: str) -> NewsItem:
        """Without one of its files. The content stays until `sweep`, so that it can be taken back."""
        return self.save(replace(item, files=tuple(file for file in item.files if file.digest != digest)))

    def sweep(self) -> None:
        """Forget the files that no item names any more: nothing can be taken back from here on."""
        with self._begin() as work:
            work.news.sweep_files()

    def delete(self, item: NewsItem) -> None:
        """Gone from the ledger; `save` with the same value brings it back (undo)."""
        self.exchange((item,), ())

    def _put(self, work: Work, item: NewsItem) -> NewsItem:
        kept = item if item.id else replace(item, id=self._first_free(work, item))
        old = work.news.get(kept.id)
        must_be_open(work, self._catalogue, {one.date for one in (old, kept) if one})
        work.news.put(kept)
        work.journal.append(
            "news_edit" if old else "news_add", {"id": kept.id, "date": f"{kept.date}", "title": kept.title}
        )
        return kept

    def _first_free(self, work: Work, item: NewsItem) -> str:
        """The id of its content; of several alike the next one."""
        return next(id for earlier in count() if work.news.get(id := content_id(item, earlier)) is None)


def _evidence(item: NewsItem, name: str, data: bytes) -> Evidence:
    shown = clean(name, limit=MAX_FILE_NAME, where="files") or "minh chứng"
    if not data.startswith(tuple(EVIDENCE_STARTS)):
        problem = f"{quoted(shown)} không phải tệp PDF, JPEG hay PNG. Chọn tệp khác, hoặc lưu lại thành PDF."
        raise InputRefused("EVIDENCE_KIND", problem, "files")
    if len(data) > MAX_EVIDENCE:
        problem = f"{quoted(shown)} lớn hơn {MAX_EVIDENCE >> 20} MiB. Chụp hoặc quét lại với cỡ nhỏ hơn."
        raise InputRefused("EVIDENCE_TOO_BIG", problem, "files")
    digest = hashlib.sha256(data).hexdigest()
    if any(file.digest == digest for file in item.files):
        raise InputRefused("EVIDENCE_THERE", f"{quoted(shown)} đã được đính kèm tin này. Chọn tệp khác.", "files")
    return Evidence(digest, shown, len(data))
