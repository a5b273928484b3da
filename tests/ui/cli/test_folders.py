"""What lies in a folder or an archive: packages are known by what they hold, whatever they are called, and what is passed
over is said, with the reason and the way to take it all the same."""

from __future__ import annotations

import io
import os
import shutil
import zipfile

import pytest

from .conftest import SUMMING


def merged(cli, *words) -> dict:
    return cli("merge", "so", *words, "--dry-run", "--json", password=SUMMING).value


def told(cli, *words) -> str:
    return cli("merge", "so", *words, "--dry-run", password=SUMMING).text


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return file.getvalue()


@pytest.fixture
def box(stage, package):
    """An empty folder; the package is beside it, as bytes."""
    folder = stage / "hop"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", ["19804.bdg.txt", "19804", "goi.BDG", "goi.dat", "thu.pdf", "Gói quý IV (1)"])
def test_a_package_is_known_by_what_it_holds(cli, box, package, name):
    shutil.copy(package, box / name)
    answer = merged(cli, "hop")
    assert [(file["path"], file["class"]) for file in answer["files"]] == [(f"hop/{name}", "new")]
    assert (answer["looked_at"], answer["skipped"]) == (1, [])


@pytest.mark.parametrize("named", [False, True], ids=["in the folder", "named"])
def test_a_package_in_an_archive_is_taken_out_of_it(cli, box, package, named):
    """goi.zip: 19804.bdg, thu/ghi-chu.txt"""
    data = zipped(("19804.bdg", package.read_bytes()), ("thu/ghi-chu.txt", b"xin chao"))
    (box / "goi.zip").write_bytes(data)
    answer = merged(cli, "hop/goi.zip" if named else "hop")
    assert [(file["path"], file["class"]) for file in answer["files"]] == [("hop/goi.zip/19804.bdg", "new")]
    assert [(one["path"], one["code"]) for one in answer["skipped"]] == [
        ("hop/goi.zip/thu/ghi-chu.txt", "PKG_NOT_A_PACKAGE")
    ]
    assert "1 tệp nén" in told(cli, "hop")


def test_an_archive_in_an_archive_is_opened_too(cli, box, package):
    inner = zipped(("19804.bdg", package.read_bytes()))
    (box / "tinh.zip").write_bytes(zipped(("xa.zip", inner), ("xa.rar", b"Rar!\x1a\x07\x01\x00")))
    answer = merged(cli, "hop")
    assert [file["path"] for file in answer["files"]] == ["hop/tinh.zip/xa.zip/19804.bdg"]
    assert [(one["path"], one["code"]) for one in answer["skipped"]] == [("hop/tinh.zip/xa.rar", "ARCHIVE_UNREADABLE")]
    assert "giải nén" in told(cli, "hop").lower()


def test_a_package_that_a_mail_program_packed_and_left_its_name(cli, box, package):
    """19804.bdg is an archive that holds 19804.bdg"""
    (box / "19804.bdg").write_bytes(zipped(("19804.bdg", package.read_bytes())))
    assert [file["class"] for file in merged(cli, "hop")["files"]] == ["new"]


def test_a_file_that_says_it_is_a_package_and_is_none_is_a_refused_line(cli, box):
    (box / "a.bdg").write_bytes(zipped(("x.txt", b"x")))
    (box / "b.bdg").write_bytes(b"hong")
    assert [file["code"] for file in merged(cli, "hop")["files"]] == ["PKG_NOT_A_PACKAGE"] * 2


def test_what_is_passed_over_is_told_with_its_reason(cli, box, package, stage):
    """
    goi.bdg           the package
    khoa.bdk          a key file            → enrol
    thu-moi.pdf       a scanned letter
    ke-hoach.docx     another file
    mat-khau.zip      an archive with a password
    .an.bdg           hidden
    """
    shutil.copy(package, box / "goi.bdg")
    shutil.copy(package, box / ".an.bdg")
    shutil.copy(next((stage / "khoa").iterdir()), box / "khoa.bdk")
    (box / "thu-moi.pdf").write_bytes(b"%PDF-1.4 scan")
    (box / "ke-hoach.docx").write_bytes(zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")))
    locked = bytearray(zipped(("19804.bdg", package.read_bytes()), method=zipfile.ZIP_STORED))
    at = locked.index(b"PK\x01\x02")
    locked[6], locked[at + 8] = 1, 1  # as a program that locks archives marks them
    (box / "mat-khau.zip").write_bytes(locked)
    answer = merged(cli, "hop")
    assert [file["path"] for file in answer["files"]] == ["hop/goi.bdg"]
    assert {one["path"].removeprefix("hop/"): (one["code"], one["can_take"]) for one in answer["skipped"]} == {
        ".an.bdg": ("FILE_HIDDEN", True),
        "khoa.bdk": ("TYPE_OTHER", False),
        "thu-moi.pdf": ("PDF_NO_PACKAGE", False),
        "ke-hoach.docx": ("PKG_NOT_A_PACKAGE", False),
        "mat-khau.zip/19804.bdg": ("ARCHIVE_UNREADABLE", False),
    }
    assert answer["looked_at"] == 7
    said = told(cli, "hop")
    for words in ("Đã xem 7 tệp", "khoa.bdk", "mật khẩu", "Sổ khóa", "--all"):
        assert words in said


def test_what_was_passed_over_is_taken_when_asked(cli, box, package):
    shutil.copy(package, box / ".an.bdg")
    assert [file["code"] for file in merged(cli, "hop")["files"]] == ["FOLDER_EMPTY"]
    answer = merged(cli, "hop", "--all")
    assert [(file["path"], file["class"]) for file in answer["files"]] == [("hop/.an.bdg", "new")]
    assert "--all" not in told(cli, "hop", "--all")


def test_a_linked_folder_is_said_and_taken_when_asked(cli, box, package, stage):
    """Even one that leads back to where it stands."""
    try:
        (box / "lien-ket").symlink_to(stage / "goi")
        (box / "vong").symlink_to(box)
    except OSError:
        pytest.skip("no links here")
    answer = merged(cli, "hop")
    assert {(one["code"], one["can_take"]) for one in answer["skipped"]} == {("FOLDER_LINKED", True)}
    taken = merged(cli, "hop", "--all")["files"]
    assert [(file["path"], file["class"]) for file in taken] == [(f"hop/lien-ket/{package.name}", "new")]


def test_a_folder_that_cannot_be_read_is_a_refused_line(cli, box, package, monkeypatch):
    """What lies in it may be somebody's report: the batch does not pass for a whole one."""
    (box / "xa-khac").mkdir()
    shutil.copy(package, box / "goi.bdg")
    honest = os.scandir

    def scandir(path="."):
        if os.fspath(path).endswith("xa-khac"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return honest(path)

    monkeypatch.setattr(os, "scandir", scandir)
    answer = cli("merge", "so", "hop", "--dry-run", "--json", password=SUMMING)
    assert [(file["path"], file["code"]) for file in answer.value["files"]] == [
        ("hop/goi.bdg", "NEW"),
        ("hop/xa-khac", "FOLDER_UNREADABLE"),
    ]
    assert answer.code == 1
    assert "xa-khac" in told(cli, "hop")


@pytest.mark.parametrize("error", [PermissionError(13, "no"), OSError(5, "I/O error")])
def test_a_file_that_cannot_be_read_is_told(cli, box, package, monkeypatch, error):
    """Of a .bdg a refused line; of a file that may be anything a word."""
    honest = os.open

    def opening(path, *more, **other):
        if os.fspath(path).endswith(("khong-doc.bdg", "khong-doc")):
            raise error
        return honest(path, *more, **other)

    monkeypatch.setattr(os, "open", opening)
    for name in ("khong-doc.bdg", "khong-doc"):
        (box / name).write_bytes(b"x")
    shutil.copy(package, box / "goi")
    answer = merged(cli, "hop")
    assert [(file["path"], file["code"]) for file in answer["files"]] == [
        ("hop/goi", "NEW"),
        ("hop/khong-doc.bdg", "FILE_UNREADABLE"),
    ]
    assert [(one["path"], one["code"]) for one in answer["skipped"]] == [("hop/khong-doc", "FILE_UNREADABLE")]


def test_verify_looks_into_folders_and_archives_too(cli, box, package):
    (box / "goi.zip").write_bytes(zipped(("19804", package.read_bytes()), ("a.txt", b"a")))
    answer = cli("verify", "hop", "--json")
    assert [(file["path"], file["ok"]) for file in answer.value["files"]] == [("hop/goi.zip/19804", True)]
    assert [one["code"] for one in answer.value["skipped"]] == ["PKG_NOT_A_PACKAGE"]
    assert "Bỏ qua" in cli("verify", "hop").text


def test_a_named_file_alone_is_no_search(cli, package):
    """Nothing was looked through, so nothing is said of it."""
    answer = merged(cli, package)
    assert (answer["looked_at"], answer["skipped"]) == (0, [])
    assert "Đã xem" not in told(cli, package)


@pytest.mark.parametrize(
    "data",
    [
        zipped(("a.bdg", b"PK\x03\x04" + bytes(60))),
        zipped(("a.bdg", b"")),
        zipped(("a", b"\0" * (33 << 20))),
        zipped(("a", b"x"))[:-9],
        zipped(("a", b"x")).replace(b"x", b"y"),
        zipped(*((f"{n}", b"x") for n in range(200))),
        zipped(("../../a.bdg", b"x"), ("C:\\a.bdg", b"x"), ("a\n.bdg", b"x")),
        b"PK\x05\x06" + bytes(18),
        b"PK\x03\x04",
        b"PK",
        b"7z\xbc\xaf\x27\x1c" + bytes(40),
    ],
    ids=range(11),
)
def test_an_odd_archive_ends_nothing(cli, box, package, data):
    (box / "la.zip").write_bytes(data)
    shutil.copy(package, box / "goi.bdg")
    answer = merged(cli, "hop")
    assert ("hop/goi.bdg", "new") in [(file["path"], file["class"]) for file in answer["files"]]
    assert {file["class"] for file in answer["files"]} <= {"new", "refused"}


def test_a_bomb_is_not_unpacked(cli, box, monkeypatch):
    """Sixty times thirty megabytes of noughts in 2 MB."""
    monkeypatch.setattr("storage.incoming.MAX_BATCH_BYTES", 40 << 20)
    (box / "bom.zip").write_bytes(zipped(*((f"{n}.bdg", b"\0" * (30 << 20)) for n in range(3))))
    assert {file["code"] for file in merged(cli, "hop")["files"]} <= {"PKG_NOT_A_PACKAGE", "BATCH_TOO_BIG"}


def test_a_folder_of_everything_is_not_read_to_its_end(cli, box, monkeypatch):
    monkeypatch.setattr("storage.incoming.MAX_FILES", 5)
    for number in range(9):
        (box / f"{number}.txt").write_bytes(b"x")
    answer = merged(cli, "hop")
    assert "FOLDER_TOO_BIG" in [file["code"] for file in answer["files"]]
    assert answer["looked_at"] == 5
