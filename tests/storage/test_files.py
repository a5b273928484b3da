"""A file is put in place also where others hold files: what Windows refuses, told by its own numbers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from forms.errors import StorageError
from storage.failures import code_of
from storage.files import make_folder, write_whole
from storage.folders import new_folder


class RefusedByWindows(PermissionError):
    """As Windows raises it: one errno, and a number that says more."""

    def __init__(self, number: int) -> None:
        super().__init__(13, "Permission denied")
        self.winerror = number


@pytest.fixture
def held(monkeypatch):
    """Makes the next renames meet a file that somebody holds; remembers the pauses instead of taking them."""
    pauses: list[float] = []
    monkeypatch.setattr("storage.files.time.sleep", pauses.append)
    replace = os.replace

    def hold(times: int, number: int = 32) -> list[float]:
        left = [number] * times

        def refused(source, target):
            if left:
                raise RefusedByWindows(left.pop())
            replace(source, target)

        monkeypatch.setattr("storage.files.os.replace", refused)
        return pauses

    return hold


def test_a_scanner_that_looks_at_a_fresh_file_is_waited_for(tmp_path, held):
    pauses = held(2)
    write_whole(tmp_path / "bao-cao.pdf", b"moi")
    assert ((tmp_path / "bao-cao.pdf").read_bytes(), len(pauses)) == (b"moi", 2)


def test_a_fresh_ledger_folder_waits_too(tmp_path, held):
    held(1, number=5)
    with new_folder(tmp_path / "so") as temporary:
        (temporary / "slots.json").write_text("s")
    assert (tmp_path / "so" / "slots.json").is_file()


def test_a_report_that_is_open_in_excel_is_told_and_left_as_it_was(tmp_path, held):
    report = tmp_path / "bao-cao.xlsx"
    report.write_bytes(b"cu")
    pauses = held(99)
    with pytest.raises(StorageError) as caught:
        write_whole(report, b"moi")
    assert caught.value.code == "FILE_IN_USE"
    assert (report.read_bytes(), [entry.name for entry in tmp_path.iterdir()]) == (b"cu", [report.name])
    assert sum(pauses) < 1


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere an open file can be replaced")
def test_windows_itself_says_so(tmp_path):
    report = tmp_path / "bao-cao.xlsx"
    report.write_bytes(b"cu")
    with report.open("rb"), pytest.raises(StorageError) as caught:
        write_whole(report, b"moi")
    assert caught.value.code == "FILE_IN_USE"


def test_a_lack_of_rights_is_not_waited_out(tmp_path, monkeypatch, held):
    pauses = held(0)

    def refused(source, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("storage.files.os.replace", refused)
    with pytest.raises(StorageError) as caught:
        write_whole(tmp_path / "a", b"")
    assert (caught.value.code, pauses) == ("FOLDER_READONLY", [])


@pytest.mark.parametrize(
    ("number", "code"),
    [(21, "DISK_FAILED"), (32, "FILE_IN_USE"), (112, "DISK_FULL"), (123, "NAME_UNFIT"), (5, "FOLDER_READONLY")],
)
def test_a_number_of_windows_says_more_than_its_errno(number, code):
    assert code_of(RefusedByWindows(number), Path()) == code


def test_a_name_with_a_colon_is_refused_before_anything_is_written(tmp_path):
    """Windows would put the report into a part of the file “quý IV” that no folder shows."""
    with pytest.raises(StorageError) as caught:
        write_whole(tmp_path / "quý IV:2.pdf", b"x")
    assert (caught.value.code, list(tmp_path.iterdir())) == ("NAME_UNFIT", [])


@pytest.mark.parametrize(("drive", "code"), [(False, "FOLDER_MISSING"), (True, "NAME_UNFIT")])
def test_a_folder_that_windows_does_not_find_lacks_its_drive_or_lies_too_deep(tmp_path, monkeypatch, drive, code):
    def missing(self, **_):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "mkdir", missing)
    monkeypatch.setattr("storage.files.os.path.exists", lambda _anchor: drive)
    with pytest.raises(StorageError) as caught:
        make_folder(tmp_path / "a")
    assert caught.value.code == code
