"""The package format as the services see it (forms.ports.Codec): reports and keys in, bytes out, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from exports.package.bundle import read_bundle, write_bundle
from exports.package.container import member_of, statement_of
from exports.package.enrolment import read_enrolment, write_enrolment
from exports.package.manifest import BUNDLE, REPORT, Statement, UnitRef
from exports.package.payload import beside_figures, from_payload, read_payload, to_payload
from exports.package.reader import Attachment, Package, finish, prepare, read
from exports.package.recognise import is_pdf, unwrapped
from exports.package.seal import Mark, signed_bytes
from exports.package.strict_json import dumps
from exports.package.supply import read_supply, write_supply
from forms.exchange.bundle import BundleContent, OpenedBundle
from forms.exchange.statements import EnrolmentRequest, Envelope, OpenedPackage, Prepared, ReportKey, Sealed
from forms.model.form import Form
from forms.model.news_item import Evidence
from forms.model.office import Office, Person
from forms.model.period import Basis
from forms.model.report import Report
from forms.ports import Register, Signer
from forms.programmes.pack import Pack, SupplyOpened


class PackageCodec:
    """Format 1 of `docs/package-format.md`."""

    def prepare(
        self, report: Report, envelope: Envelope, people: Sequence[Person], files: Mapping[str, bytes]
    ) -> Prepared:
        """The bytes to be sealed. Raises ExportError REPORT_TOO_BIG, EVIDENCE_TOO_MUCH, PackageRefused for what no
        reader accepts."""
        names = {file.digest: file.name for item in report.news for file in item.files}
        attachments = [Attachment(names[digest], files[digest]) for digest in sorted(names)]
        form = report.form
        statement = Statement(
            package_id=envelope.package_id,
            unit=UnitRef(report.unit.code, report.unit.valid_from, envelope.unit_name),
            programme=form.programme,
            programme_version=form.programme_version,
            programme_sha256=form.programme_sha256,
            form=form.id,
            form_version=form.version,
            period=report.period.label,
            basis=report.period.basis.value,
            revision=report.revision,
            supersedes=report.supersedes,
            seq=envelope.seq,
            audit_head=envelope.audit_head,
            audit_count=envelope.audit_count,
            created_claimed=_moment(envelope.created),
            app_version=envelope.app_version,
            practice=envelope.practice,
        )
        return prepare(statement, to_payload(report), people, attachments)

    def finish(self, prepared: Prepared, marks: Sequence[tuple[str, bytes]]) -> Sealed:
        """The package around (keyid, signature) of everybody who was to seal it, read back."""
        raw = finish(prepared, tuple(Mark(keyid, signature) for keyid, signature in marks))
        return Sealed(prepared.digest, prepared.digits, raw)

    def read(self, data: bytes, register: Register | None) -> OpenedPackage:
        """A verified package, or the one that a PDF carries. Raises PackageRefused."""
        return _opened(read(unwrapped(data), register), in_pdf=is_pdf(data))

    def claimed_digest(self, data: bytes) -> str | None:
        """The digest by which this file would be known if it were sound; None where it is no package of ours."""
        statement = statement_of(data)
        return None if statement is None else hashlib.sha256(signed_bytes(REPORT.type, statement)).hexdigest()

    def report(self, opened: OpenedPackage, form: Form) -> Report:
        """The payload as a Report under this form. Raises PackageRefused for names the form does not know."""
        return from_payload(opened.payload, opened, form)

    def beside_figures(self, raw: bytes) -> bytes:
        """Cut out of the stored bytes: thousands are compared, and none is parsed for it."""
        return beside_figures(member_of(raw, "payload.json"))

    def evidence(self, data: bytes) -> dict[str, bytes]:
        """The contents of the attached files by digest. Raises PackageRefused."""
        package = read(unwrapped(data), None)
        return {package.manifest.files[name].sha256: content for name, content in package.attachments.items()}

    def payload(self, report: Report) -> bytes:
        """What a package of this report would say; evidence stays where it is. Raises PackageRefused."""
        data = dumps(to_payload(replace(report, news=tuple(replace(item, files=()) for item in report.news))))
        read_payload(data)
        return data

    def is_bundle(self, data: bytes) -> bool:
        """Whether a file says that it is a bundle; nothing is checked."""
        statement = statement_of(data)
        return statement is not None and BUNDLE.type.encode() in statement

    def write_bundle(self, content: BundleContent, envelope: Envelope, office: Office, signer: Signer) -> Sealed:
        """Raises ExportError BUNDLE_TOO_BIG, PackageRefused."""
        key = content.key
        statement = Statement(
            package_id=envelope.package_id,
            unit=UnitRef(office.unit.code, office.unit.valid_from, envelope.unit_name),
            programme=key.programme,
            programme_version=content.programme_version,
            programme_sha256=content.programme_sha256,
            form=key.form,
            form_version=content.form_version,
            period=key.period,
            basis=key.basis.value,
            revision=content.revision,
            supersedes=content.supersedes,
            seq=envelope.seq,
            audit_head=envelope.audit_head,
            audit_count=envelope.audit_count,
            created_claimed=_moment(envelope.created),
            app_version=envelope.app_version,
            practice=envelope.practice,
        )
        return write_bundle(statement, content, signer)

    def read_bundle(self, data: bytes, register: Register | None) -> OpenedBundle:
        """Raises PackageRefused."""
        return read_bundle(data, register)

    def write_enrolment(self, office: Office, signer: Signer, created: datetime, app_version: str) -> bytes:
        return write_enrolment(_unit(office), signer, _moment(created), app_version)

    def read_enrolment(self, data: bytes) -> EnrolmentRequest:
        """Raises PackageRefused."""
        return read_enrolment(data)

    def write_supply(
        self, packs: Sequence[Pack], office: Office, signer: Signer, created: datetime, app_version: str
    ) -> bytes:
        """Raises ExportError SUPPLY_TOO_BIG, PackageRefused."""
        return write_supply(packs, _unit(office), signer, _moment(created), app_version, practice=office.practice)

    def read_supply(self, data: bytes, register: Register) -> SupplyOpened:
        """Raises PackageRefused."""
        return read_supply(data, register)


def _unit(office: Office) -> UnitRef:
    return UnitRef(office.unit.code, office.unit.valid_from, office.name)


def _opened(package: Package, *, in_pdf: bool) -> OpenedPackage:
    said = package.manifest
    return OpenedPackage(
        digest=package.digest,
        digits=package.digits,
        unit=said.unit.key,
        unit_name=said.unit.name,
        key=ReportKey(said.programme, said.form, said.period, Basis(said.basis)),
        programme_version=said.programme_version,
        programme_sha256=said.programme_sha256,
        form_version=said.form_version,
        revision=said.revision,
        supersedes=said.supersedes,
        seq=said.seq,
        practice=said.practice,
        seals=package.seals,
        app_version=said.app_version,
        payload=package.payload,
        raw=package.raw,
        files=tuple(Evidence(f.sha256, f.name, f.size) for n, f in said.files.items() if n in package.attachments),
        in_pdf=in_pdf,
    )


def _moment(moment: datetime) -> str:
    """RFC 3339 to the second. A moment without a zone is a mistake of the caller."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
