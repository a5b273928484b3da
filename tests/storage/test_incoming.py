"""Reading what people bring: bounded, in a steady order, one bad file never in the way of another."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from storage import incoming
from storage.incoming import read_files


def carries(data: bytes) -> bool:
    return b"bdg" in data


def found(*paths: Path) -> list[str]:
    return [file.data.decode() for file in read_files(paths, carries)]


def codes(*paths: Path) -> list[str]:
    return [file.problem.code if file.problem else "" for file in read_files(paths, carries)]


def test_a_folder_is_searched_for_packages_in_the_order_of_their_names(tmp_path):
    """
    b.bdg
    a.BDG
    thu-muc/c.bdg
    ghi-chu.txt        not a package
    .an.bdg            hidden, half a download
    """
    (tmp_path / "thu-muc").mkdir()
    for name in ("b.bdg", "a.BDG", "thu-muc/c.bdg", "ghi-chu.txt", ".an.bdg"):
        (tmp_path / name).write_text(name)
    assert found(tmp_path) == ["a.BDG", "b.bdg", "thu-muc/c.bdg"]


def test_a_pdf_in_a_folder_counts_when_it_carries_a_package(tmp_path):
    """
    bao-cao.PDF        as the program printed it
    thu-moi.pdf        a scanned letter: no reason to trouble anybody
    """
    (tmp_path / "bao-cao.PDF").write_text("PDF với .bdg")
    (tmp_path / "thu-moi.pdf").write_text("PDF")
    assert found(tmp_path) == ["PDF với .bdg"]
    assert found(tmp_path / "thu-moi.pdf") == ["PDF"]
    (tmp_path / "bao-cao.PDF").unlink()
    assert codes(tmp_path) == ["FOLDER_EMPTY"]


def test_a_file_that_is_named_is_read_whatever_it_is_called_and_once(tmp_path):
    file = tmp_path / "bao cao.dat"
    file.write_bytes(b"x")
    assert [(one.path, one.data) for one in read_files([file, file], carries)] == [(str(file), b"x")]


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
