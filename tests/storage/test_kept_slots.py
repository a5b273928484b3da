"""slots.json can be changed by anybody who may write in the folder; what counts is the ledger's own copy, and the journal's line
and the change of a slot stand or fall together."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.power_cut import Disk, content_of, put
from benchmarks.syscalls import Renamed, Resized, Said, Synced, can_watch, watched
from forms.errors import StorageError
from forms.model.office import PersonRole
from storage import kept_slots, slot_file
from storage.engine import open_file
from storage.failures import refusal
from storage.slot_file import Slots
from tests import inside
from tests.storage.conftest import HUNG, LAN

SECOND = "mật khẩu thứ hai"


def code_of(action) -> str:
    with pytest.raises(StorageError) as caught:
        action()
    return caught.value.code


def edit(folder: Path, place: int, **fields) -> None:
    """Write into a slot of the file: place 0 is the recovery slot, 1 Lan's, 2 Hùng's."""
    file = folder / slot_file.NAME
    content = json.loads(file.read_bytes())
    content["slots"][place].update(fields)
    file.write_text(json.dumps(content))


def persons(ledger) -> dict[str, tuple[str, str]]:
    with ledger.begin() as work:
        return {one.name: (one.title, one.role.value) for one in work.office.persons()}


def kinds(ledger) -> list[str]:
    with inside.connection(ledger) as connection:
        return [
            json.loads(event)["kind"] for (event,) in connection.execute("SELECT event FROM journal ORDER BY number")
        ]


@pytest.fixture
def of_an_earlier_program(house, folder):
    """Before the ledger kept a copy of the slots."""
    key = slot_file.read(folder / slot_file.NAME).unlock(LAN.password, LAN.name).database_key
    with closing(open_file(folder / "ledger.db", key)) as connection:
        connection.execute("DELETE FROM setting WHERE name = ?", (kept_slots.SETTING,))
    return folder


FORGERIES = pytest.mark.parametrize(
    "fields",
    [
        {"name": "Trần Văn Hưng"},
        {"title": "Phó Chủ tịch"},
        {"role": "preparer"},
    ],
)


@FORGERIES
@pytest.mark.parametrize("made_by", ["this program", "an earlier one"])
def test_a_changed_letter_in_somebody_elses_slot_reaches_nothing(house, folder, request, fields, made_by):
    """Lan opens; Hùng's name, title or role was changed in the file. The ledger still knows them, and mends the file."""
    if made_by == "an earlier one":
        request.getfixturevalue("of_an_earlier_program")
    edit(folder, 2, **fields)
    ledger = house.open(folder, LAN.password)
    assert persons(ledger)[HUNG.name] == (HUNG.title, HUNG.role.value)
    assert any("slots.json" in notice for notice in ledger.notices)
    ledger.close()
    ledger = house.open(folder, HUNG.password)  # the file opens for him again
    assert (ledger.person.name, ledger.notices) == (HUNG.name, ())
    ledger.close()


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "00" * 8},
        {"salt": "00" * 16},
        {"kdf": {"memory_kib": 19 << 10, "passes": 3, "lanes": 1}},
        {"public_key": "11" * 32},
    ],
)
def test_every_field_of_every_slot_is_held_together(house, folder, fields):
    edit(folder, 2, **fields)
    before = slot_file.read(folder / slot_file.NAME)
    ledger = house.open(folder, LAN.password)
    assert any("slots.json" in notice for notice in ledger.notices)
    ledger.close()
    assert slot_file.read(folder / slot_file.NAME) != before
    house.open(folder, HUNG.password).close()


def test_a_slot_that_was_added_to_the_file_is_nobodys(house, folder, tmp_path):
    """Copied from another ledger, or made up."""
    other, _ = house.create(tmp_path / "other", _office(house, folder), [_newcomer("Kẻ Lạ")])
    other.close()
    content = json.loads((folder / slot_file.NAME).read_bytes())
    strange = json.loads((tmp_path / "other" / slot_file.NAME).read_bytes())["slots"][1]
    (folder / slot_file.NAME).write_text(json.dumps(content | {"slots": [*content["slots"], strange]}))
    ledger = house.open(folder, LAN.password)
    assert set(persons(ledger)) == {LAN.name, HUNG.name}
    ledger.close()
    assert {name for _, name, _ in house.people(folder)} == {LAN.name, HUNG.name}


def test_in_a_ledger_of_an_earlier_program_a_stranger_is_told_and_not_taken(house, of_an_earlier_program, tmp_path):
    folder = of_an_earlier_program
    other, _ = house.create(tmp_path / "other", _office(house, folder), [_newcomer("Kẻ Lạ")])
    other.close()
    content = json.loads((folder / slot_file.NAME).read_bytes())
    strange = json.loads((tmp_path / "other" / slot_file.NAME).read_bytes())["slots"][1]
    (folder / slot_file.NAME).write_text(json.dumps(content | {"slots": [*content["slots"], strange]}))
    ledger = house.open(folder, LAN.password)
    assert set(persons(ledger)) == {LAN.name, HUNG.name}
    assert any("Kẻ Lạ" in notice for notice in ledger.notices)
    ledger.automatic_backup()
    with ledger.begin() as work:
        assert work.office.setting(kept_slots.SETTING) is None  # a copy with the stranger in it would vouch for them
    ledger.close()


def test_a_ledger_of_an_earlier_program_gets_its_copy_with_the_first_backup(house, of_an_earlier_program):
    """As the window makes one when it is closed; a change in the file is then noticed as in any other."""
    folder = of_an_earlier_program
    ledger = house.open(folder, LAN.password)
    ledger.automatic_backup()
    ledger.close()
    edit(folder, 2, salt="00" * 16)
    ledger = house.open(folder, LAN.password)
    assert any("slots.json" in notice for notice in ledger.notices)
    ledger.close()
    house.open(folder, HUNG.password).close()


def test_in_a_ledger_of_an_earlier_program_who_has_no_slot_any_more_is_forgotten_with_a_line(
    house, of_an_earlier_program
):
    """The slot was taken away, and the program cut off before it wrote that down."""
    folder = of_an_earlier_program
    file = folder / slot_file.NAME
    hung = next(keyid for keyid, name, _ in house.people(folder) if name == HUNG.name)
    slot_file.write(slot_file.read(file).without(hung), file)
    ledger = house.open(folder, LAN.password)
    assert set(persons(ledger)) == {LAN.name}
    assert kinds(ledger) == ["ledger_created", "people_settled"]
    ledger.close()


def test_an_older_slots_file_put_back_gives_no_old_password_a_second_life(house, folder):
    older = (folder / slot_file.NAME).read_bytes()
    ledger = house.open(folder, LAN.password)
    ledger.change_password(SECOND)
    ledger.close()
    (folder / slot_file.NAME).write_bytes(older)
    assert code_of(lambda: house.open(folder, LAN.password)) == "SLOTS_REPLACED"
    assert code_of(lambda: house.open(folder, LAN.password)) == "PASSWORD_WRONG"  # the file has been mended
    house.open(folder, SECOND).close()


def test_who_was_removed_does_not_come_back_with_an_older_slots_file(house, folder):
    older = (folder / slot_file.NAME).read_bytes()
    ledger = house.open(folder, LAN.password)
    ledger.remove_person(next(keyid for keyid, name, _ in house.people(folder) if name == HUNG.name))
    ledger.close()
    (folder / slot_file.NAME).write_bytes(older)
    assert code_of(lambda: house.open(folder, HUNG.password)) == "SLOTS_REPLACED"
    ledger = house.open(folder, LAN.password)
    assert set(persons(ledger)) == {LAN.name}
    ledger.close()


def test_an_old_paper_code_does_not_come_back_either(house, folder, recovery_code):
    older = (folder / slot_file.NAME).read_bytes()
    ledger = house.open(folder, LAN.password)
    code = ledger.new_recovery_code()
    ledger.close()
    (folder / slot_file.NAME).write_bytes(older)
    assert code_of(lambda: house.recover(folder, recovery_code, LAN.name, SECOND)) == "SLOTS_REPLACED"
    house.recover(folder, code, LAN.name, SECOND).close()


CHANGES = {
    "person_added": lambda house, folder, ledger: ledger.add_person("Lê Hòa", "Văn thư", PersonRole.PREPARER, SECOND),
    "person_removed": lambda house, folder, ledger: ledger.remove_person(
        next(keyid for keyid, name, _ in house.people(folder) if name == HUNG.name)
    ),
    "password_changed": lambda house, folder, ledger: ledger.change_password(SECOND),
    "recovery_renewed": lambda house, folder, ledger: ledger.new_recovery_code(),
}
CHANGED = pytest.mark.parametrize("kind", CHANGES)


@CHANGED
def test_a_change_whose_line_cannot_be_written_is_none(house, folder, monkeypatch, kind):
    """The disk is full in the middle of it."""
    ledger = house.open(folder, LAN.password)
    before, people = (folder / slot_file.NAME).read_bytes(), persons(ledger)

    def full(*_):
        raise refusal("DISK_FULL", folder)

    with monkeypatch.context() as failing:
        failing.setattr("storage.stores.journal.SqlJournal.append", full)
        assert code_of(lambda: CHANGES[kind](house, folder, ledger)) == "DISK_FULL"
    assert (persons(ledger), kinds(ledger)) == (people, ["ledger_created"])
    assert (folder / slot_file.NAME).read_bytes() == before
    ledger.close()
    for password in (LAN.password, HUNG.password):
        house.open(folder, password).close()


@CHANGED
def test_a_change_whose_file_cannot_be_written_is_done_and_told(house, folder, monkeypatch, kind):
    """The line stands, so the change stands; a scanner holds slots.json. The next opening writes the file."""
    ledger = house.open(folder, LAN.password)

    def held(*_):
        raise refusal("FILE_IN_USE", folder / slot_file.NAME)

    with monkeypatch.context() as failing:
        failing.setattr("storage.files.put_in_place", held)
        CHANGES[kind](house, folder, ledger)
    assert kinds(ledger)[-1] == kind
    assert any("tệp khóa" in notice for notice in ledger.notices)
    ledger.close()
    if kind == "password_changed":
        assert code_of(lambda: house.open(folder, LAN.password)) == "SLOTS_REPLACED"
    else:
        house.open(folder, LAN.password).close()
    assert slot_file.to_bytes(ledger._held.slots) == (folder / slot_file.NAME).read_bytes()


def test_a_slot_that_does_not_open_takes_nobodys_place(house, folder, monkeypatch):
    """Whatever went wrong in making it: the new password is tried before it counts."""
    ledger = house.open(folder, LAN.password)
    whole = Slots.with_password

    def broken(slots, opened, password, cost):
        return whole(slots, opened, password + "?", cost)

    with monkeypatch.context() as wrong:
        wrong.setattr(Slots, "with_password", broken)
        assert code_of(lambda: ledger.change_password(SECOND)) == "PASSWORD_WRONG"
    ledger.close()
    house.open(folder, LAN.password).close()


def test_a_recovery_whose_line_cannot_be_written_is_none(house, folder, recovery_code, monkeypatch):
    before = (folder / slot_file.NAME).read_bytes()

    def full(*_):
        raise refusal("DISK_FULL", folder)

    with monkeypatch.context() as failing:
        failing.setattr("storage.stores.journal.SqlJournal.append", full)
        assert code_of(lambda: house.recover(folder, recovery_code, HUNG.name, SECOND)) == "DISK_FULL"
    assert (folder / slot_file.NAME).read_bytes() == before
    ledger = house.open(folder, HUNG.password)
    assert (ledger.person.name, kinds(ledger)) == (HUNG.name, ["ledger_created"])
    ledger.close()


@pytest.mark.skipif(bool(can_watch()), reason=can_watch())
@CHANGED
def test_killed_or_cut_anywhere_line_and_change_agree(house, folder, tmp_path, kind):
    """After each call that settles something: killed, and the power gone with all that was not synced. Whoever then opens the ledger, with
    whatever password lets them in, finds the line if and only if the change is in force."""
    start = content_of(folder)

    def change(say) -> None:
        ledger = house.open(folder, LAN.password)
        say(b"begins")
        CHANGES[kind](house, folder, ledger)

    recorded = watched(change, folder)
    assert recorded.status == 0
    disk, begun, outcomes = Disk(start, strict=True), False, set()
    for event in recorded.events:
        disk.see(event)
        begun = begun or isinstance(event, Said)
        changes = begun and isinstance(event, Renamed | Resized | Synced)
        for number, content in enumerate((disk.whole(), disk.at_worst()) if changes else ()):
            left = tmp_path / f"left-{number}"
            shutil.rmtree(left, ignore_errors=True)
            put(content, left)
            outcomes.add(_after(house, left, kind))
    assert outcomes == {False, True}


def _after(house, left: Path, kind: str) -> bool:
    """Whether the change is there; it must be so in every respect."""
    try:
        ledger = house.open(left, LAN.password, LAN.name)
    except StorageError:
        ledger = house.open(left, SECOND, LAN.name)
    is_done = kind in kinds(ledger)
    there = set(persons(ledger))
    ledger.close()
    assert (
        there == {LAN.name, HUNG.name} ^ {"person_added": {"Lê Hòa"}, "person_removed": {HUNG.name}}.get(kind, set())
        or not is_done
    )
    assert {name for _, name, _ in house.people(left)} == there
    if kind == "password_changed":
        assert code_of(lambda: house.open(left, LAN.password if is_done else SECOND, LAN.name)) == "PASSWORD_WRONG"
    return is_done


def _newcomer(name: str):
    return type(LAN)(name, "Không ai", PersonRole.SOLE, SECOND)


def _office(house, folder):
    with closing(house.open(folder, LAN.password)) as ledger, ledger.begin() as work:
        return work.office.get()
