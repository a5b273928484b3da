"""Trusting the key of a unit below: its key file, and thirty digits typed from the stamped sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forms.errors import NotAllowed
from forms.exchange.bundle import VouchedKey
from forms.exchange.statements import EnrolmentRequest
from forms.model.office import EnrolledKey, Person
from forms.org_units.catalogue import OrgUnits
from forms.ports import BeginWork, Clock, Codec, Register, Signer


def keys_of(keys: Iterable[EnrolledKey]) -> Register:
    """The register: packages can be held against it without a transaction."""
    return {key.keyid: key for key in keys}


class Enrolment:
    """The register of keys (sổ khóa)."""

    def __init__(self, begin: BeginWork, units: OrgUnits, codec: Codec, clock: Clock, version: str) -> None:
        self._begin, self._units, self._codec, self._clock, self._version = begin, units, codec, clock, version

    def request(self, signer: Signer) -> tuple[bytes, str]:
        """Our own key file for the office above, and the fingerprint to print on paper."""
        with self._begin() as work:
            office = work.office.get()
            work.journal.append("enrol_request", {"keyid": signer.person.keyid})
        data = self._codec.write_enrolment(office, signer, self._clock(), self._version)
        return data, self._codec.read_enrolment(data).fingerprint

    def people(self) -> tuple[Person, ...]:
        """Who seals for this office."""
        with self._begin() as work:
            return work.office.persons()

    def read(self, data: bytes) -> EnrolmentRequest:
        return self._codec.read_enrolment(data)

    def enrol(self, data: bytes, typed_digits: str) -> EnrolledKey:
        """Raises PackageRefused for a bad file, NotAllowed FINGERPRINT_DIFFERS or KEY_KNOWN, InputRefused UNIT_UNKNOWN."""
        request = self._codec.read_enrolment(data)
        if re.sub(r"[\s.-]", "", typed_digits) != request.fingerprint.replace(" ", ""):
            raise NotAllowed(
                "FINGERPRINT_DIFFERS",
                "Ba mươi chữ số vừa gõ không khớp với tệp khóa. Gõ lại từ phiếu giấy có đóng dấu; "
                "nếu vẫn không khớp thì không nhận tệp này và gọi hỏi đơn vị.",
                request.keyid,
            )
        with self._begin() as work:
            unit = self._units.with_units(work.units.all()).by_key(request.unit)
            key = EnrolledKey(
                request.keyid,
                request.public_key,
                unit.key,
                unit.full_name,
                request.person,
                request.title,
                request.role,
                self._clock(),
            )
            self._must_be_new(work.register.find(request.keyid))
            work.register.add(key)
            work.journal.append("enrol", {"keyid": key.keyid, "unit": key.unit.code, "person": key.person})
        return key

    def revoke(self, keyid: str) -> EnrolledKey:
        """From now on nothing new sealed with this key is accepted; what was accepted stays."""
        with self._begin() as work:
            key = work.register.find(keyid)
            if key is None:
                raise NotAllowed(
                    "KEY_UNKNOWN", f"Sổ khóa không có khóa {keyid[:32]}. Xem danh sách khóa rồi thử lại.", keyid[:32]
                )
            work.register.revoke(keyid, self._clock())
            work.journal.append("revoke", {"keyid": keyid})
        return key

    def keys(self) -> tuple[EnrolledKey, ...]:
        """Every key that was ever enrolled, in that order."""
        with self._begin() as work:
            return work.register.all()

    def vouched(self) -> tuple[VouchedKey, ...]:
        """Keys that offices below vouch for, each once, but for those that are enrolled here."""
        with self._begin() as work:
            own = keys_of(work.register.all())
            return tuple(one for one in work.bundles.vouched() if one.key.keyid not in own)

    def register(self) -> Register:
        """The keys as they stand now."""
        return keys_of(self.keys())

    def _must_be_new(self, known: EnrolledKey | None) -> None:
        if known is not None:
            whose = f"{known.person}, {known.unit_name}"
            told = f"Khóa này đã đăng ký cho {whose}. Không cần đăng ký lại."
            if known.revoked:
                told = f"Khóa này của {whose} đã bị thu hồi. Đề nghị đơn vị gửi tệp đăng ký của khóa mới."
            raise NotAllowed("KEY_KNOWN", told, known.keyid)
