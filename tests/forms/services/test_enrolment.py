"""A key is trusted once, for the digits on paper, by the office that keeps the register."""

from __future__ import annotations

import pytest

from forms.errors import NotAllowed
from forms.exchange.statements import EnrolmentRequest
from forms.model.office import PersonRole
from forms.services.enrolment import Enrolment
from tests.fakes import clock

DIGITS = "12345 23456 34567 45678 56789 67890"


class FakeKeyFiles:
    """A codec whose every key file asks the same."""

    def __init__(self, request: EnrolmentRequest) -> None:
        self._request = request

    def read_enrolment(self, data: bytes) -> EnrolmentRequest:
        return self._request


@pytest.fixture
def request_(commune) -> EnrolmentRequest:
    unit = commune.ledger.state.office
    return EnrolmentRequest("aa" * 16, bytes(32), DIGITS, unit.unit, unit.name, "Lan", "Công chức", PersonRole.PREPARER)


@pytest.fixture
def enrolment(office, units, request_) -> Enrolment:
    return Enrolment(office.ledger.begin, units, FakeKeyFiles(request_), clock, "1.0.0")


@pytest.mark.parametrize("typed", [DIGITS, DIGITS.replace(" ", ""), DIGITS.replace(" ", "-")])
def test_a_key_is_trusted_for_its_digits(enrolment, request_, typed):
    key = enrolment.enrol(b"", typed)
    assert (key.keyid, key.unit, key.person) == (request_.keyid, request_.unit, "Lan")
    assert enrolment.register().get(request_.keyid) == key


def test_other_digits_let_nobody_in(enrolment, request_):
    with pytest.raises(NotAllowed) as refused:
        enrolment.enrol(b"", DIGITS[:-1] + "1")
    assert refused.value.code == "FINGERPRINT_DIFFERS"
    assert enrolment.register().get(request_.keyid) is None


def test_a_key_is_enrolled_once_and_never_again_after_it_was_revoked(enrolment, request_):
    key = enrolment.enrol(b"", DIGITS)
    with pytest.raises(NotAllowed) as known:
        enrolment.enrol(b"", DIGITS)
    enrolment.revoke(request_.keyid)
    with pytest.raises(NotAllowed) as revoked:
        enrolment.enrol(b"", DIGITS)
    assert known.value.code == revoked.value.code == "KEY_KNOWN"
    assert known.value.message != revoked.value.message
    assert key.unit_name in known.value.message


def test_a_key_that_nobody_enrolled_cannot_be_revoked(enrolment):
    with pytest.raises(NotAllowed) as refused:
        enrolment.revoke("bb" * 16)
    assert refused.value.code == "KEY_UNKNOWN"
