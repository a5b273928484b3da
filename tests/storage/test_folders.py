"""A ledger folder appears whole or not at all, also where somebody already stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.errors import StorageError
from storage.folders import new_folder


def fill(folder) -> None:
    with new_folder(folder) as temporary:
        (temporary / "slots.json").write_text("s")
        (temporary / "ledger.db").write_text("d")


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_folder_in_which_one_stands_is_filled_where_it_is(tmp_path, monkeypatch):
    """cd moi; init ."""
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    fill(Path())
    assert (names(tmp_path), tmp_path.stat().st_ino) == (["ledger.db", "slots.json"], before)


def test_a_new_folder_is_made_with_those_above_it(tmp_path):
    fill(tmp_path / "mot" / "hai")
    assert names(tmp_path / "mot" / "hai") == ["ledger.db", "slots.json"]
    assert names(tmp_path / "mot") == ["hai"]


def test_what_fails_while_it_is_filled_leaves_the_folder_empty(tmp_path):
    with pytest.raises(FileNotFoundError), new_folder(tmp_path) as temporary:
        (temporary / "khong-co" / "ledger.db").touch()
    assert names(tmp_path) == []


def test_what_fails_while_it_is_put_in_place_is_taken_back(tmp_path, monkeypatch):
    """The second of two moves meets a full disk."""
    moves = []

    def replace(source, target):
        moves.append(target)
        if len(moves) == 2:
            raise OSError(28, "full")
        Path(source).rename(target)

    monkeypatch.setattr("storage.files.os.replace", replace)
    with pytest.raises(StorageError) as caught:
        fill(tmp_path)
    assert (caught.value.code, names(tmp_path)) == ("DISK_FULL", [])


def test_a_file_on_the_way_is_told(tmp_path):
    (tmp_path / "tep").write_text("x")
    with pytest.raises(StorageError) as caught:
        fill(tmp_path / "tep" / "so")
    assert caught.value.code == "FOLDER_MISSING"
