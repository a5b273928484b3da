"""The files that show an item: attached, told with their limits, opened safely, taken away; each a step of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.exchange.brought_files import Incoming
from tests.ui.desktop.news_faces import KEPT, Screen
from ui.desktop.news.evidence_presenter import EvidencePresenter

PDF, PNG = b"%PDF-1.7 trang 5", b"\x89PNG\r\n\x1a\n anh"


class EvidenceFace:
    def __init__(self):
        self.refused, self.opened = "", []

    def show_files(self, page):
        self.heading, self.files, self.limits, self.full = page.heading, list(page.files), page.limits, page.full

    def refuse(self, words):
        self.refused = words

    def open_file(self, path):
        self.opened.append(path)


@pytest.fixture
def face():
    return EvidenceFace()


@pytest.fixture
def screen():
    made = Screen()
    made.desk.news.save(KEPT)
    made.news.start("2025-Q4")
    return made


@pytest.fixture
def files(screen, face):
    made = EvidencePresenter(face.show_files, face.refuse, face.open_file, screen.desk, screen.program, screen.news)
    made.show(screen.items()[0].id)
    return made


def test_limits_are_told_before_anything_is_attached(files, face):
    assert "0/5 tệp" in face.limits
    assert "PDF, JPEG, PNG" in face.limits
    assert "4 MB" in face.limits
    assert "0 KB trong 16 MB" in face.limits


def test_an_attached_file_is_listed_with_its_size_and_can_be_taken_back(files, face, screen):
    assert files.attach("trang 5.pdf", PDF.ljust(700 << 10))
    assert [words for _, words in face.files] == ["trang 5.pdf · 700 KB"]
    assert "1/5 tệp" in face.limits
    assert "700 KB trong 16 MB" in face.limits
    screen.stack.undo()
    assert screen.items()[0].files == ()
    screen.stack.redo()
    assert screen.desk.news.file(screen.items()[0].files[0].digest).startswith(PDF)


def test_a_file_taken_away_can_be_had_again_with_its_content(files, screen, face):
    files.attach("trang 5.pdf", PDF)
    digest = screen.items()[0].files[0].digest
    files.detach(digest)
    assert (screen.items()[0].files, face.files) == ((), [])
    screen.stack.undo()
    assert screen.desk.news.file(screen.items()[0].files[0].digest) == PDF


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"MZ\x90", b""])
def test_another_kind_of_file_is_refused_in_words_and_is_no_step(files, screen, data):
    assert not files.attach("báo cáo.docx", data)
    assert "PDF, JPEG hay PNG" in screen.face.refused
    assert screen.stack.done == []


def test_after_five_no_more_may_be_attached(files, face, screen):
    for number in range(5):
        assert files.attach(f"{number}.png", PNG + bytes([number]))
    assert face.full
    assert not files.attach("6.png", PNG + b"6")
    assert "nhiều nhất 5 tệp" in screen.face.refused


def test_files_are_read_one_by_one_until_one_cannot_be(files, face, screen, monkeypatch):
    def read(paths):
        (path,) = paths
        data = PDF + path.name.encode() if path.suffix == ".pdf" else b""
        return (Incoming(str(path), data),)

    monkeypatch.setattr(screen.program, "read_files", read)
    files.attach_files([Path("a.pdf"), Path("b.txt"), Path("c.pdf")])
    assert [words.partition(" ")[0] for _, words in face.files] == ["a.pdf"]


@pytest.mark.parametrize(
    ("name", "data", "ending"),
    [
        ("hóa đơn.pdf.exe", PDF, ".pdf"),
        ("CON", PNG, ".png"),
        ("../../x.bat", b"\xff\xd8\xff anh", ".jpg"),
        ("", PDF, ".pdf"),
    ],
)
def test_a_file_is_opened_under_an_ending_that_follows_from_its_content(files, face, screen, name, data, ending):
    """Whatever it was called: what the desktop opens is never a program, and stays in its own folder."""
    files.attach(name, data)
    files.open(screen.items()[0].files[0].digest)
    (path,) = face.opened
    assert path.suffix == ending
    assert path.parent.name.startswith("so-binh-dang-")
    assert "." not in path.stem
    assert screen.program.written[path] == data


def test_a_content_that_is_gone_is_told(files, face):
    files.open("0" * 64)
    assert "đính kèm lại" in face.refused
