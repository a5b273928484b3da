"""When the window covers itself."""

from __future__ import annotations

import pytest

from forms.errors import InputRefused, NotAllowed
from forms.model.office import Office, PersonRole
from forms.model.org_unit import UnitKey
from forms.services.auto_lock import MOST, USUAL, Locking
from tests.fakes import SINCE, FakeLedger, person


def ledger(*people) -> FakeLedger:
    return FakeLedger(Office(UnitKey("19804", SINCE), "Phường Hương An"), people)


@pytest.fixture
def two():
    return ledger()


@pytest.fixture
def alone():
    return ledger(person("Lan", PersonRole.SOLE))


def test_ten_minutes_until_somebody_says_otherwise(two):
    locking = Locking(two.begin)
    assert locking.minutes() == USUAL == 10
    locking.set_minutes(MOST)
    assert locking.minutes() == 60
    assert two.state.journal[-1] == ("setting", {"name": "lock_minutes", "value": "60"})


@pytest.mark.parametrize("minutes", [0, -1, MOST + 1])
def test_more_than_an_hour_is_not_taken(two, minutes):
    with pytest.raises(InputRefused, match="từ 1 đến 60") as refused:
        Locking(two.begin).set_minutes(minutes)
    assert refused.value.code == "LOCK_MINUTES"


def test_where_two_seal_it_may_not_stay_open_for_good(two):
    locking = Locking(two.begin)
    assert not locking.may_be_never
    with pytest.raises(NotAllowed) as refused:
        locking.set_minutes(None)
    assert refused.value.code == "LOCK_NEEDED"
    assert locking.minutes() == USUAL


def test_a_sole_officer_may_and_a_second_person_ends_it(alone):
    locking = Locking(alone.begin)
    assert locking.may_be_never
    locking.set_minutes(None)
    assert locking.minutes() is None
    alone.add_person("Hùng", "Chủ tịch", PersonRole.HEAD, "mật khẩu của Hùng")
    assert locking.minutes() == USUAL
