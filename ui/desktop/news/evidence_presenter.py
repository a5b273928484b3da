"""Decides about the files that show an item: what is attached, how it is opened, what is told before. No Qt."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError, InputRefused
from forms.model.news_item import EVIDENCE_STARTS, MAX_EVIDENCE, MOST_EVIDENCE, MOST_FILES, NewsItem
from ui.desktop.news.presenter import NewsChange, NewsPresenter, called, size_words

PATTERN = "PDF, JPEG, PNG (*.pdf *.jpg *.jpeg *.png)"
_UNSAFE = re.compile(r"[^\w\- ]+")
_LONGEST = 60


@dataclass(frozen=True)
class FilesPage:
    """`files`: (digest, words) of each; `full`: no more may be attached."""

    heading: str
    files: Sequence[tuple[str, str]]
    limits: str
    full: bool


class EvidencePresenter:
    """Of one item at a time. `open_file` shows a file with the program that the desktop has for it."""

    def __init__(
        self,
        show: Callable[[FilesPage], None],
        refuse: Callable[[str], None],
        open_file: Callable[[Path], object],
        desk: Services,
        program: Application,
        screen: NewsPresenter,
    ) -> None:
        self._show, self._refuse, self._open_file = show, refuse, open_file
        self._desk, self._program, self._screen = desk, program, screen
        self._id = ""

    def show(self, id: str) -> None:
        self._id = id
        item = self._item
        if item is None:
            return
        limits = (
            f"{len(item.files)}/{MOST_FILES} tệp. Nhận PDF, JPEG, PNG, mỗi tệp nhiều nhất {MAX_EVIDENCE >> 20} MB. "
            f"Cả kỳ: {size_words(self._carried())} trong {MOST_EVIDENCE >> 20} MB mà một gói báo cáo chở được."
        )
        files = [(file.digest, f"{file.name} · {size_words(file.size)}") for file in item.files]
        self._show(FilesPage(f"Tệp minh chứng của {called(item)}", files, limits, len(files) >= MOST_FILES))

    def refresh(self) -> None:
        self.show(self._id)

    def attach_files(self, paths: Sequence[Path]) -> None:
        """One by one; the first that is refused ends it."""
        for path in paths:
            try:
                data = self._read(path)
            except AppError as error:
                self._refuse(error.message)
                return
            if not self.attach(path.name, data):
                return

    def attach(self, name: str, data: bytes) -> bool:
        """A file that was chosen, dropped or pasted; False when it was refused."""
        item = self._item
        return item is not None and self._change("đính kèm tệp", item, lambda: self._desk.news.attach(item, name, data))

    def detach(self, digest: str) -> None:
        item = self._item
        if item and any(file.digest == digest for file in item.files):
            self._change("bỏ tệp minh chứng", item, lambda: self._desk.news.detach(item, digest))

    def open(self, digest: str) -> None:
        """A copy in a place that goes away with the program; its ending follows from its content, whatever it is called."""
        item = self._item
        file = next((one for one in item.files if one.digest == digest), None) if item else None
        data = self._desk.news.file(digest)
        if file is None or not data:
            self._refuse("Sổ không có nội dung của tệp này. Bỏ tệp rồi đính kèm lại.")
            return
        kind = next(kind for start, kind in EVIDENCE_STARTS.items() if data.startswith(start))
        stem = _UNSAFE.sub("_", Path(file.name).stem)[:_LONGEST].strip() or "minh-chung"
        try:
            self._open_file(self._program.write_file(self._place / f"{digest[:8]}-{stem}.{kind}", data))
        except AppError as error:
            self._refuse(error.message)

    @cached_property
    def _place(self) -> Path:
        made = Path(tempfile.mkdtemp(prefix="so-binh-dang-"))
        weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
        return made

    def _carried(self) -> int:
        """Bytes of evidence that the report of this item carries so far; a file of several items once."""
        period = self._screen.reports[0].period if self._screen.reports else self._screen.period
        files = {file.digest: file.size for item in self._screen.book.items(period) for file in item.files}
        return sum(files.values())

    @property
    def _item(self) -> NewsItem | None:
        return self._screen.book.get(self._id)

    def _read(self, path: Path) -> bytes:
        file = self._program.read_files([path])[0]
        if file.problem and file.problem.code == "FILE_TOO_BIG":
            raise InputRefused(
                "EVIDENCE_TOO_BIG",
                f"“{path.name}” lớn hơn {MAX_EVIDENCE >> 20} MB. Chụp hoặc quét lại với cỡ nhỏ hơn.",
                "files",
            )
        if file.problem:
            raise file.problem
        return file.data

    def _change(self, words: str, item: NewsItem, act: Callable[[], NewsItem]) -> bool:
        def first() -> NewsChange:
            come = act()
            self._screen.book.keep((item,), (come,))
            return NewsChange(words, (item,), (come,))

        done = self._screen.commit(NewsChange(words, (item,), (item,)), first)
        if done:
            self.refresh()
        return done
