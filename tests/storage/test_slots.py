"""Every way into a ledger, and none beside them."""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.errors import StorageError
from forms.model.office import PersonRole
from storage import slot_file
from storage.slot_file import Slots, Unlocked
from storage.wrapping import LIGHT, Kdf
from tests.storage.conftest import HUNG, KEY, LAN

LEDGER = "0f" * 16


class CountingKdf(Kdf):
    """Counts how often a password is really tried."""

    runs = 0

    def derive(self, password, salt):
        CountingKdf.runs += 1
        return super().derive(password, salt)


@pytest.fixture(scope="module")
def slots():
    return Slots(LEDGER).with_person(LAN, KEY, LIGHT)[0].with_person(HUNG, KEY, LIGHT)[0]


def code_of(action) -> str:
    with pytest.raises(StorageError) as caught:
        action()
    return caught.value.code


def test_each_password_opens_the_same_database_and_its_own_key(slots):
    lan, hung = slots.unlock(LAN.password), slots.unlock(HUNG.password)
    assert lan.database_key == hung.database_key == KEY
    assert (lan.signer.person.name, hung.signer.person.name) == (LAN.name, HUNG.name)
    assert lan.signer.person.keyid != hung.signer.person.keyid


def test_a_seal_made_with_the_unlocked_key_fits_the_public_key(slots):
    signer = slots.unlock(LAN.password).signer
    Ed25519PublicKey.from_public_bytes(signer.person.public_key).verify(signer.sign(b"bytes"), b"bytes")


@pytest.mark.parametrize("password", ["sai mật khẩu", LAN.password + " ", LAN.password.upper()])
def test_a_wrong_password_opens_nothing(slots, password):
    assert code_of(lambda: slots.unlock(password)) == "PASSWORD_WRONG"


def test_anothers_password_does_not_open_my_slot(slots):
    assert code_of(lambda: slots.unlock(HUNG.password, LAN.name)) == "PASSWORD_WRONG"
    keyid = slots.people[1].keyid
    assert slots.unlock(HUNG.password, keyid).signer.person.name == HUNG.name


def test_a_name_that_has_no_slot_is_said_so(slots):
    assert code_of(lambda: slots.unlock(LAN.password, "Ai đó")) == "PERSON_UNKNOWN"


def test_the_two_unicode_forms_of_a_password_are_one(slots):
    """Two Vietnamese input methods type the same letters differently."""
    assert unicodedata.normalize("NFD", LAN.password) != LAN.password
    assert slots.unlock(unicodedata.normalize("NFD", LAN.password)).database_key == KEY


@pytest.mark.parametrize("password", ["", "một\ndòng", "a\x00b", "x" * 2000])
def test_a_password_that_cannot_be_typed_again_is_refused(password):
    newcomer = replace(LAN, password=password)
    assert code_of(lambda: Slots(LEDGER).with_person(newcomer, KEY, LIGHT)) == "PASSWORD_UNFIT"


def test_unlocking_by_name_costs_one_argon2_for_both_keys():
    cost = CountingKdf(LIGHT.memory_kib, LIGHT.passes, LIGHT.lanes)
    slots = Slots(LEDGER).with_person(LAN, KEY, cost)[0].with_person(HUNG, KEY, cost)[0]
    CountingKdf.runs = 0
    slots.unlock(HUNG.password, HUNG.name)
    assert CountingKdf.runs == 1


def test_a_new_password_keeps_the_sealing_key(slots):
    before = slots.unlock(LAN.password)
    changed = slots.with_password(before, "mật khẩu mới tinh", LIGHT)
    assert changed.unlock("mật khẩu mới tinh").signer.person == before.signer.person
    assert code_of(lambda: changed.unlock(LAN.password)) == "PASSWORD_WRONG"
    assert changed.unlock(HUNG.password).database_key == KEY


def test_who_leaves_opens_nothing_any_more_and_the_last_one_stays(slots):
    lan, hung = slots.people
    left = slots.without(lan.keyid)
    assert code_of(lambda: left.unlock(LAN.password)) == "PASSWORD_WRONG"
    assert code_of(lambda: left.without(hung.keyid)) == "SLOT_LAST"
    with_code, _ = left.with_recovery(KEY)  # a paper in the safe is nobody who signs in
    assert code_of(lambda: with_code.without(hung.keyid)) == "SLOT_LAST"


def test_two_people_of_one_name_are_not_taken(slots):
    assert code_of(lambda: slots.with_person(LAN, KEY, LIGHT)) == "PERSON_KNOWN"


def test_the_recovery_code_opens_and_a_new_one_replaces_it(slots):
    first, old_code = slots.with_recovery(KEY)
    second, new_code = first.with_recovery(KEY)
    assert first.unlock_with_code(old_code) == second.unlock_with_code(new_code) == KEY
    assert code_of(lambda: second.unlock_with_code(old_code)) == "RECOVERY_WRONG"
    assert sum(slot.is_recovery for slot in second.slots) == 1


def test_the_key_is_never_shown():
    slots, signer = Slots(LEDGER).with_person(LAN, KEY, LIGHT)
    assert KEY.hex() not in repr(Unlocked(KEY, signer)) + repr(slots) + slot_file.to_bytes(slots).decode()
    assert repr(KEY) not in repr(Unlocked(KEY, signer))


def test_the_file_reads_back_as_it_was_written(slots, tmp_path):
    with_code = slots.with_recovery(KEY)[0]
    slot_file.write(with_code, tmp_path / "slots.json")
    assert slot_file.read(tmp_path / "slots.json") == with_code
    assert [entry.name for entry in tmp_path.iterdir()] == ["slots.json"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Kẻ khác"),
        ("role", "head_of_unit"),
        ("title", "Chủ tịch"),
        ("public_key", "11" * 32),
        ("id", "00" * 8),
        ("salt", "00" * 16),
    ],
)
def test_nothing_in_a_slot_can_be_swapped(slots, field, value):
    """A preparer who writes `head_of_unit` into the file only locks the slot."""
    content = json.loads(slot_file.to_bytes(slots))
    content["slots"][0][field] = value
    forged = slot_file.from_bytes(json.dumps(content).encode())
    assert code_of(lambda: forged.unlock(LAN.password)) == "PASSWORD_WRONG"


def test_the_slots_of_another_ledger_open_nothing_here(slots):
    """A slots.json copied from the ledger next door, with the same person and password."""
    assert code_of(lambda: replace(slots, ledger="ab" * 16).unlock(LAN.password)) == "PASSWORD_WRONG"


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 4 << 20, "passes": 3, "lanes": 1},  # 4 GiB: a memory bomb
        {"memory_kib": 64 << 10, "passes": 10**9, "lanes": 1},
        {"memory_kib": 8, "passes": 1, "lanes": 1},  # so cheap that it protects nothing
        {"memory_kib": 19 << 10, "passes": 1, "lanes": 1},
        {"memory_kib": True, "passes": 3, "lanes": 1},
        {"memory_kib": 65536.0, "passes": 3, "lanes": 1},
        {"memory_kib": 65536, "passes": 3, "lanes": 1, "more": 1},
    ],
)
def test_a_hostile_cost_is_refused_before_it_is_run(slots, cost):
    content = json.loads(slot_file.to_bytes(slots))
    content["slots"][0]["kdf"] = cost
    assert code_of(lambda: slot_file.from_bytes(json.dumps(content).encode())) == "SLOTS_DAMAGED"


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_any_other_bytes_are_refused_by_code(data):
    assert code_of(lambda: slot_file.from_bytes(data)) == "SLOTS_DAMAGED"


@settings(max_examples=40)
@given(st.data())
def test_one_changed_byte_is_refused_or_opens_nothing_wrong(slots, data):
    """Whatever byte of slots.json changes: a refusal, a closed slot, or exactly what was there before."""
    content = slot_file.to_bytes(slots)
    place = data.draw(st.integers(0, len(content) - 1))
    changed = content[:place] + bytes([content[place] ^ data.draw(st.integers(1, 255))]) + content[place + 1 :]
    with suppress(StorageError):
        opened = slot_file.from_bytes(changed).unlock(LAN.password)
        assert opened.database_key == KEY
        assert opened.signer.person == slots.people[0]
        assert opened.signer.person.role is PersonRole.PREPARER
