"""Reading what people bring: bounded, in a steady order, one bad file never in the way of another."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from forms.exchange.brought_files import FileContent
from storage import incoming
from storage.incoming import find_packages, read_files


def recognise(data: bytes) -> FileContent:
    """By plain words: what counts is what stands in the file."""
    kinds = {b"goi": FileContent.PACKAGE, b"khoa": FileContent.KEY, b"thu": FileContent.PAPER}
    return next((kind for word, kind in kinds.items() if data.startswith(word)), FileContent.OTHER)


def found(*paths: Path, everything: bool = False) -> list[str]:
    brought = find_packages(paths, recognise, everything=everything)
    return [Path(file.path).name for file in brought.files if not file.problem]


def codes(*paths: Path) -> list[str]:
    return [file.problem.code if file.problem else "" for file in find_packages(paths, recognise).files]


def skipped(*paths: Path) -> dict[str, str]:
    return {Path(one.path).name: one.code for one in find_packages(paths, recognise).skipped}


def test_a_folder_is_searched_for_packages_in_the_order_of_their_names(tmp_path):
    """
    b.bdg
    a.BDG
    khong-duoi         a package without a name for it
    thu-muc/c.bdg
    ghi-chu.txt        not a package
    .an.bdg            hidden, half a download
    """
    (tmp_path / "thu-muc").mkdir()
    for name in ("b.bdg", "a.BDG", "khong-duoi", "thu-muc/c.bdg", ".an.bdg"):
        (tmp_path / name).write_bytes(b"goi " + name.encode())
    (tmp_path / "ghi-chu.txt").write_bytes(b"ghi chu")
    assert found(tmp_path) == ["a.BDG", "b.bdg", "khong-duoi", "c.bdg"]
    assert skipped(tmp_path) == {".an.bdg": "FILE_HIDDEN", "ghi-chu.txt": "PKG_NOT_A_PACKAGE"}
    assert found(tmp_path, everything=True) == [".an.bdg", "a.BDG", "b.bdg", "khong-duoi", "c.bdg"]


def test_only_what_promises_a_package_is_read_to_its_end(tmp_path):
    """A film of two hours is known by its first bytes."""
    with (tmp_path / "phim.mp4").open("wb") as film:
        film.truncate(3 << 30)
    assert skipped(tmp_path) == {"phim.mp4": "PKG_NOT_A_PACKAGE"}
    assert codes(tmp_path / "phim.mp4") == ["FILE_TOO_BIG"]


def test_the_folders_of_the_system_are_left_alone(tmp_path):
    """What was thrown away is not received by mistake."""
    for folder in ("$RECYCLE.BIN", ".Trash-1000", "System Volume Information"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.bdg").write_bytes(b"goi")
    assert codes(tmp_path) == ["FOLDER_EMPTY"]
    assert set(skipped(tmp_path).values()) == {"FOLDER_HIDDEN"}
    assert found(tmp_path, everything=True) == ["a.bdg"] * 3


def test_a_file_that_was_named_and_lies_in_a_named_folder_is_read_once(tmp_path):
    (tmp_path / "a.bdg").write_bytes(b"goi")
    assert found(tmp_path / "a.bdg", tmp_path, tmp_path) == ["a.bdg"]


def test_a_file_that_is_named_is_read_whatever_it_is_called_and_once(tmp_path):
    file = tmp_path / "bao cao.dat"
    file.write_bytes(b"x")
    assert [(one.path, one.data) for one in read_files([file, file])] == [(str(file), b"x")]
    assert found(file, file) == ["bao cao.dat"]


def test_a_pattern_is_followed_where_the_shell_left_it(tmp_path):
    """merge so goi\\*.bdg, on Windows"""
    for name in ("b.bdg", "a.bdg", "thu.txt"):
        (tmp_path / name).write_text(name)
    assert found(tmp_path / "*.bdg") == ["a.bdg", "b.bdg"]
    assert codes(tmp_path / "*.bdk") == ["FILE_MISSING"]


@pytest.mark.skipif(sys.platform == "win32", reason="no file can be called so there")
def test_a_file_with_a_star_in_its_name_is_that_file(tmp_path):
    for name in ("a*.bdg", "ab.bdg"):
        (tmp_path / name).write_text(name)
    assert found(tmp_path / "a*.bdg") == ["a*.bdg"]


def test_what_cannot_be_read_has_a_code(tmp_path):
    (tmp_path / "trong").mkdir()
    (tmp_path / "tep").write_bytes(b"x")
    paths = tmp_path / "khong-co", tmp_path / "trong", tmp_path / "tep" / "duoi", Path("a\0b"), tmp_path / ("x" * 300)
    assert codes(*paths, tmp_path / "tep") == ["FILE_MISSING", "FOLDER_EMPTY", *["FILE_MISSING"] * 3, ""]


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes of this kind are POSIX")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "ong")
    assert codes(tmp_path / "ong") == ["FILE_NOT_PLAIN"]


def test_a_file_larger_than_any_package_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(incoming, "MAX_BYTES", 10)
    for size in (10, 11):
        (tmp_path / f"{size:02d}.bdg").write_bytes(b"x" * size)
    assert codes(tmp_path) == ["", "FILE_TOO_BIG"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_link_in_a_circle_ends(tmp_path):
    (tmp_path / "vong").symlink_to(tmp_path)
    (tmp_path / "a.bdg").write_bytes(b"x")
    assert len(found(tmp_path)) == 1


def test_a_stick_full_of_large_files_does_not_fill_the_memory(tmp_path, monkeypatch):
    """Ten bytes are left for 6 + 6 + 4: the second has to wait for another act."""
    monkeypatch.setattr(incoming, "MAX_BATCH_BYTES", 10)
    for name, size in (("a", 6), ("b", 6), ("c", 4)):
        (tmp_path / f"{name}.bdg").write_bytes(b"x" * size)
    assert codes(tmp_path) == ["", "BATCH_TOO_BIG", ""]
