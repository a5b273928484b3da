"""Fakes that behave: a ledger in memory with real transactions, a clock that is a function, keys that only label.

Used instead of mocks wherever a service or presenter is tested without disk, crypto or window.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from forms.errors import NotAllowed, PackageRefused, StorageError
from forms.exchange.bundle import BundleContent, OpenedBundle
from forms.exchange.statements import Envelope, OpenedPackage, Prepared, Seal, Sealed
from forms.model.office import Office, Person, PersonRole
from forms.model.report import Report
from forms.services.drafts import report_key
from tests.fake_stores import FakeState, FakeWork

TODAY = datetime(2025, 12, 31, 10, 32, tzinfo=UTC)
SINCE = date(2025, 7, 1)


def clock() -> datetime:
    return TODAY


def ids() -> Any:
    numbers = count(1)
    return lambda: f"{next(numbers):032x}"


class FakeLedger:
    """A ledger in memory. Leaving `begin` normally keeps what was done; an exception forgets it. What the stores hold never
    changes, so a copy of each store is a copy of all."""

    def __init__(self, office: Office, people: tuple[Person, ...] = ()) -> None:
        code = office.unit.code
        founders = (person(f"P{code}", PersonRole.PREPARER), person(f"H{code}", PersonRole.HEAD))
        self.state = FakeState(office, people or founders)
        self.folder = Path("/nowhere")
        self.notices: tuple[str, ...] = ()

    @property
    def person(self) -> Person:
        return self.state.people[0]

    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        trial = replace(
            self.state, **{part.name: copy.copy(getattr(self.state, part.name)) for part in fields(FakeState)}
        )
        yield FakeWork(trial)
        self.state = trial

    def signer(self, keyid: str, password: str) -> FakeSigner:
        if password != "đúng mật khẩu":
            raise StorageError("PASSWORD_WRONG", "Mật khẩu không đúng. Gõ lại.")
        return FakeSigner(next(p for p in self.state.people if p.keyid == keyid))

    def own_signer(self) -> FakeSigner:
        return FakeSigner(self.person)

    def signers(self) -> tuple[FakeSigner, ...]:
        return tuple(FakeSigner(p) for p in self.state.people)

    def switch(self, keyid: str, password: str) -> None:
        chosen = self.signer(keyid, password).person
        self.state.people = (chosen, *(one for one in self.state.people if one.keyid != keyid))

    def add_person(self, name: str, title: str, role: PersonRole, password: str) -> Person:
        newcomer = replace(person(name, role), name=name, title=title)
        self.state.people = (*self.state.people, newcomer)
        return newcomer

    def change_password(self, password: str) -> None:
        self.changed_to = password

    def backup(self, target: Path) -> Path:
        return target

    def automatic_backup(self) -> Path:
        return self.folder / "backups"

    def close(self) -> None:
        pass


def person(mark: str, role: PersonRole) -> Person:
    keyid = hashlib.sha256(mark.encode()).hexdigest()[:32]
    return Person(keyid, hashlib.sha256(mark.encode()).digest(), f"Người {mark}", "Công chức", role)


@dataclass(frozen=True)
class FakeSigner:
    person: Person

    def sign(self, data: bytes) -> bytes:
        return hashlib.sha512(self.person.public_key + data).digest()


class FakeCodec:
    """Packages without bytes: the "file" is a token, the content is kept here. Refuses what it never wrote. `opened` counts
    the packages that were opened."""

    def __init__(self) -> None:
        self.opened = 0
        self._made: dict[bytes, OpenedPackage] = {}
        self._prepared: dict[bytes, OpenedPackage] = {}
        self._bundles: dict[bytes, OpenedBundle] = {}
        self._payloads: dict[str, Report] = {}

    def prepare(self, report: Report, envelope: Envelope, people, files) -> Prepared:
        digest = hashlib.sha256(f"{envelope.package_id}{report.cells}{report.revision}".encode()).hexdigest()
        seals = tuple(Seal(one.keyid, one.role, True) for one in people)
        key = report_key(report)
        raw = digest.encode()
        evidence = {file.digest: file for item in report.news for file in item.files}
        assert set(files) == set(evidence)
        self._prepared[raw] = OpenedPackage(
            digest,
            "12345 " * 6,
            report.unit,
            envelope.unit_name,
            key,
            report.form.programme_version,
            report.form.programme_sha256,
            report.form.version,
            report.revision,
            report.supersedes,
            envelope.seq,
            envelope.practice,
            seals,
            envelope.app_version,
            {"report": report, "role": report.role.value},
            raw,
            tuple(evidence.values()),
        )
        return Prepared(digest, "12345 " * 6, raw, {"raw": raw})

    def finish(self, prepared: Prepared, marks) -> Sealed:
        raw = prepared.to_sign
        assert {keyid for keyid, _ in marks} == {seal.keyid for seal in self._prepared[raw].seals}
        self._made[raw] = self._prepared[raw]
        return Sealed(prepared.digest, prepared.digits, raw)

    def forget(self, data: bytes) -> None:
        """This package can no longer be read."""
        del self._made[data]

    def read(self, data: bytes, register) -> OpenedPackage:
        self.opened += 1
        if data not in self._made:
            raise PackageRefused("CONTAINER", "Tệp hỏng. Chép lại từ đơn vị gửi.")
        opened = self._made[data]
        if register is not None and any(register.get(seal.keyid) is None for seal in opened.seals):
            raise PackageRefused("KEY_UNKNOWN", "Khóa chưa đăng ký.")
        if register is not None and any(register.get(seal.keyid).revoked for seal in opened.seals):
            raise PackageRefused("KEY_REVOKED", "Khóa đã thu hồi.")
        return opened

    def beside_figures(self, raw: bytes) -> bytes:
        report = self._made[raw].payload["report"]
        said = [(item.title, item.date) for item in report.news], report.narratives, report.tasks, report.nominations
        return repr(said).encode() if any(said) else b""

    def claimed_digest(self, data: bytes) -> str | None:
        return data.decode("ascii", "replace")

    def report(self, opened: OpenedPackage, form) -> Report:
        report = self._payloads[opened.payload["token"]] if "token" in opened.payload else opened.payload["report"]
        assert isinstance(report, Report)
        known = {*form.count_of_cell, *form.tasks, *(spec.id for spec in form.narratives)}
        if strange := {*report.cells, *(task.id for task in report.tasks), *report.narratives} - known:
            raise PackageRefused("JSON_VALUE", "Một mục trong gói có giá trị không hợp lệ.", min(strange))
        return replace(report, form=form)

    def payload(self, report: Report) -> bytes:
        token = hashlib.sha256(repr((report.cells, report.news, report.narratives, report.tasks)).encode()).hexdigest()
        self._payloads[token] = report
        return json.dumps({"token": token}).encode()

    def is_bundle(self, data: bytes) -> bool:
        return data in self._bundles

    def write_bundle(self, content: BundleContent, envelope: Envelope, office: Office, signer) -> Sealed:
        digest = hashlib.sha256(f"{envelope.package_id}{content.key}{content.revision}".encode()).hexdigest()
        seals, raw = (Seal(signer.person.keyid, signer.person.role, True),), digest.encode()
        self._bundles[raw] = OpenedBundle(
            digest, "12345 " * 6, office.unit, envelope.unit_name, content, envelope.seq, envelope.practice, envelope.created,
            seals, raw,
        )  # fmt: skip
        return Sealed(digest, "12345 " * 6, raw)

    def read_bundle(self, data: bytes, register) -> OpenedBundle:
        opened = self._bundles[data]
        if register is not None and any(seal.keyid not in register for seal in opened.seals):
            raise PackageRefused("KEY_UNKNOWN", "Khóa chưa đăng ký.")
        return opened

    def write_enrolment(self, office, signer, created, app_version) -> bytes:
        raise NotAllowed("FAKE", "Không dùng ở đây.")

    def read_enrolment(self, data):
        raise PackageRefused("CONTAINER", "Tệp hỏng.")
