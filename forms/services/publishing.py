"""Issuing reports: frozen in one transaction with all they were made of, printed again as they were, held against today."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from forms.errors import InputRefused, NotAllowed, StorageError
from forms.exchange.publication import Issue, IssueDetails, Publication, UnitSource, past_of
from forms.exchange.statements import PrintStamp, ReportKey
from forms.model.period import Period
from forms.model.report import OPEN_STATES
from forms.model.text import clean
from forms.ports import BeginWork, Clock, Codec, NewId, Work
from forms.programmes.catalogue import Catalogue
from forms.services.changes_since_issue import ChangesSince, changes, snapshot
from forms.services.drafts import key_of, report_key
from forms.services.sealing import marks_of
from forms.services.summary import Summaries, Summary
from forms.summary.disclosure import NO_PAST, PriorDisclosure, public

# The neutral document as text; with a past: what the public may read.
Draw = Callable[[Summary, PrintStamp, PriorDisclosure | None], bytes]
FIELDS = {"number": "số", "issued": "ngày", "signer": "người ký"}


class Publishing:
    """What the office issued. `draw` makes the document; it is kept and never made again."""

    def __init__(
        self,
        begin: BeginWork,
        catalogue: Catalogue,
        summaries: Summaries,
        codec: Codec,
        clock: Clock,
        new_id: NewId,
        draw: Draw,
    ) -> None:
        self._begin, self._catalogue, self._summaries, self._codec = begin, catalogue, summaries, codec
        self._clock, self._new_id, self._draw = clock, new_id, draw

    def publish(self, programme: str, period: Period, person: str, *, is_public: bool = False) -> Publication:
        """The report as it stands now. Raises InputRefused PROGRAMME_UNKNOWN, PERIOD_UNKNOWN."""
        with self._begin() as work:
            summary = self._summaries.summed(work, programme, period)
            marks, key = marks_of(work, summary.own), key_of(summary.status.form, period)
            past = _past(work, key) if is_public else None
            document = self._draw(summary, marks, past)
            form = summary.status.form
            issue = Issue(
                self._new_id(),
                key,
                form.programme_version,
                form.programme_sha256,
                is_public,
                marks.digits,
                marks.audit_head,
                hashlib.sha256(document).hexdigest(),
                self._clock(),
                person,
            )
            kept = public(form, summary.sums, past).withheld if past is not None else frozenset[str]()
            made = Publication(issue, snapshot(summary, _own_digest(work, summary)), kept, document)
            work.publications.add(made)
            work.journal.append(
                "publish",
                {"publication": issue.id, "report": "/".join(key), "document": issue.document_sha256},
            )
        return made

    def past(self, programme: str, period: Period) -> PriorDisclosure:
        """What the public was told of this report before."""
        with self._begin() as work:
            return _past(work, key_of(self._summaries.summed(work, programme, period).status.form, period))

    def every(self) -> tuple[Issue, ...]:
        """The newest first."""
        with self._begin() as work:
            return work.publications.all()

    def get(self, id: str) -> tuple[Publication, bytes]:
        """An issue as it was, and the package of our own report that its PDF carries: none for the public, who may not
        have its exact figures. Raises InputRefused PUBLICATION_UNKNOWN, StorageError PUBLICATION_DAMAGED."""
        with self._begin() as work:
            found = _found(work, id)
            digest = found.snapshot.own.digest
            package = work.sent.raw(digest) if digest and not found.issue.is_public else None
        return found, package or b""

    def fill(self, id: str, filled: IssueDetails, person: str, *, again: bool = False, reason: str = "") -> Issue:
        """What stands on the signed paper: number, day, who signed; what is empty is left. Each is filled once; `again`,
        with a reason, writes another over it. Raises NotAllowed PUBLICATION_FILLED, InputRefused PUBLICATION_REASON."""
        told = _texts(filled)
        why = clean(reason, limit=1000)
        if again and not why:
            raise InputRefused("PUBLICATION_REASON", "Ghi lại số, ngày hoặc người ký đã có thì phải nêu lý do.")
        with self._begin() as work:
            issue = _found(work, id).issue
            before = _texts(issue.filled)
            over = [name for name in told if before.get(name, told[name]) != told[name]]
            if over and not again:
                named = ", ".join(f"{FIELDS[name]} {before[name]}" for name in over)
                raise NotAllowed(
                    "PUBLICATION_FILLED",
                    f"Bản phát hành này đã ghi {named}. Muốn ghi lại thì chọn ghi lại và nêu lý do.",
                    id,
                )
            new = {name: text for name, text in told.items() if before.get(name) != text}
            if new:
                work.publications.fill(id, new, why, self._clock(), person)
                work.journal.append("number", {"publication": id, **new, "reason": why})
        day = filled.issued or issue.filled.issued
        now = IssueDetails(told.get("number", issue.filled.number), day, told.get("signer", issue.filled.signer))
        return replace(issue, filled=now)

    def changes(self, id: str) -> ChangesSince:
        """What would be otherwise if it were issued today. Raises as `get`."""
        with self._begin() as work:
            old = _found(work, id)
            key = old.issue.key
            summary = self._summaries.summed(work, key.programme, Period.parse(key.period, key.basis))
            now = snapshot(summary, _own_digest(work, summary))
            own = {change.cell: change.reason for change in summary.own.changes}
            chains = work.received.chains(key)

            def reasons(before: UnitSource, after: UnitSource) -> Mapping[str, str]:
                if after.unit == now.own.unit:
                    return own
                digests = [link.digest for link in chains.get(after.unit, ()) if link.revision > before.revision]
                return self._reasons(work, key, digests)

            return changes(summary.status.form, old.snapshot, now, reasons)

    def printed(self, id: str, file: str) -> None:
        """Remember that it left the ledger as a document."""
        with self._begin() as work:
            work.journal.append("print", {"publication": _found(work, id).issue.id, "file": file[-100:]})

    def _reasons(self, work: Work, key: ReportKey, digests: list[str]) -> dict[str, str]:
        """By cell why it was corrected last, as the packages say."""
        told: dict[str, str] = {}
        for digest in digests:
            opened = self._codec.read(work.received.raw(digest) or b"", None)
            form = self._catalogue.find_form(key.programme, opened.programme_version, key.form)
            report = self._codec.report(opened, form) if form else None
            told |= {change.cell: change.reason for change in (report.changes if report else ())}
        return told


def _past(work: Work, key: ReportKey) -> PriorDisclosure:
    ids = [issue.id for issue in work.publications.all() if issue.is_public and issue.key == key]
    return past_of([_found(work, id) for id in ids]) if ids else NO_PAST


def _found(work: Work, id: str) -> Publication:
    found = work.publications.get(id)
    if found is None:
        raise InputRefused(
            "PUBLICATION_UNKNOWN", f"Sổ không có bản phát hành {id[:40]}. Xem danh sách các bản đã phát hành.", id[:40]
        )
    if hashlib.sha256(found.document).hexdigest() != found.issue.document_sha256:
        raise StorageError(
            "PUBLICATION_DAMAGED",
            f"Bản phát hành {id[:40]} trong sổ không còn đúng như lúc phát hành. Phục hồi sổ từ bản sao lưu.",
            id[:40],
        )
    return found


def _own_digest(work: Work, summary: Summary) -> str:
    own = summary.own
    sealed = work.sent.last(report_key(own)) if own.state not in OPEN_STATES else None
    return sealed.digest if sealed else ""


def _texts(filled: IssueDetails) -> dict[str, str]:
    """What is filled, by field. Raises InputRefused TEXT_…"""
    texts = {
        "number": clean(filled.number, limit=40, where="number"),
        "issued": filled.issued.isoformat() if filled.issued else "",
        "signer": clean(filled.signer, limit=100, where="signer"),
    }
    return {name: text for name, text in texts.items() if text}
