"""Reading what people bring: files, folders and ZIP archives from sticks and mail boxes, each bounded, each once.

Packages are known by what they hold, not by their names. What is passed over is told with its reason. Archives are looked
into in memory. Knows neither SQL nor the package format, so that `verify` stays small.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from forms.errors import AppError, StorageError
from forms.exchange.brought_files import Brought, FileContent, Incoming, Skipped
from forms.model.text import one_line

_log = logging.getLogger(__name__)
_SOUND = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")  # documents and programs, no archives of files


def members(
    file: BinaryIO, promises: Callable[[bytes], bool], most_bytes: int, most: int
) -> Iterator[tuple[str, bytes | None]]:
    """(name, content) of each file in the archive; only the first bytes of one whose first bytes promise nothing, at most
    `most_bytes` + 1 of any. None: it has a password or is spoiled. An archive that cannot be opened has no members."""
    try:
        with zipfile.ZipFile(file) as archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
            if any(info.filename in _OFFICE for info in files):
                return
            for info in files[:most]:
                yield _name(info), _content(archive, info, promises, most_bytes)
    except Exception as trouble:  # noqa: BLE001 - what a broken or hostile archive makes the library raise is no list to keep
        _log.debug("archive", exc_info=trouble)


def _content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, promises: Callable[[bytes], bool], most: int
) -> bytes | None:
    if info.flag_bits & 1 or info.compress_type not in _SOUND:
        return None
    try:
        with archive.open(info) as file:
            head = file.read(HEAD)
            return head + file.read(most + 1 - len(head)) if promises(head) else head
    except Exception as trouble:  # noqa: BLE001 - as above
        _log.debug("member", exc_info=trouble)
        return None


def _name(info: zipfile.ZipInfo) -> str:
    """As it was meant: names in UTF-8 whose mark is missing are common."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


MAX_BYTES = (
    256 << 20
)  # no bundle is larger; a package (payload 4 MiB, evidence 16 MiB) and the PDF around it are far smaller
MAX_BATCH_BYTES = 512 << 20  # of one act: a stick full of large files shall not take the memory of an old PC
MAX_FILES = 50_000  # looked at in one act: somebody chose the whole disk
HEAD = 1024  # bytes that tell a package, a PDF and an archive from anything else
SUFFIXES = (
    ".bdg",
    ".xlsx",
    ".ods",
)  # a file so called is meant to be a package or a fill-in workbook, whatever it holds
_NESTED = 2  # archives within archives
# Windows: EINVAL for a name that no file can have
_NO_SUCH_NAME = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL)

_SENTENCES = {
    "FILE_MISSING": "Không tìm thấy {place}. Kiểm tra lại đường dẫn hoặc cắm lại ổ USB.",
    "FILE_UNREADABLE": "Không đọc được {place}. Kiểm tra quyền đọc và ổ đĩa, hoặc chép tệp sang nơi khác rồi làm lại.",
    "FILE_NOT_PLAIN": "{place} không phải tệp thường nên không đọc. Chọn đúng tệp.",
    "FILE_TOO_BIG": "{place} lớn hơn mọi gói mà phần mềm tạo ra nên không đọc. Chọn đúng tệp.",
    "FILE_IS_FOLDER": "{place} là một thư mục. Chọn đúng tệp.",
    "FILE_HIDDEN": "{place} là tệp ẩn có gói bên trong, có thể mới tải về một nửa.",
    "BATCH_TOO_BIG": "Các tệp của một lần nhận quá lớn nên chưa đọc {place}. Bỏ tệp không phải gói, hoặc nhận tệp này riêng.",
    "FOLDER_EMPTY": "Không có gói nào trong {place}: không tệp nào ở đó, dù tên gì, là gói hay PDF mang theo gói. Chọn đúng thư mục.",
    "FOLDER_UNREADABLE": "Không đọc được thư mục {place} nên có thể còn gói chưa nhận. Kiểm tra quyền đọc và ổ đĩa rồi nhận lại.",
    "FOLDER_LINKED": "{place} là liên kết tới một thư mục khác.",
    "FOLDER_HIDDEN": "{place} là thư mục ẩn hoặc của hệ thống, như thùng rác.",
    "FOLDER_TOO_BIG": "Có quá nhiều tệp nên đã dừng ở {place}. Chọn đúng thư mục có gói.",
    "ARCHIVE_UNREADABLE": "Không mở được tệp nén {place}: có mật khẩu, hỏng, lồng quá sâu hoặc không phải ZIP. Giải nén rồi nhận lại.",
    "PKG_NOT_A_PACKAGE": "{place} không phải gói.",
    "PDF_NO_PACKAGE": "{place} là tệp PDF không mang theo gói.",
    "TYPE_OTHER": "{place} không phải gói báo cáo: tệp đăng ký khóa mở ở “Sổ khóa”, tệp cấp phát ở “Chương trình”.",
}
_OF_THE_SYSTEM = ("System Volume Information", "$RECYCLE.BIN", "lost+found")  # what a stick has of its own
_PASSED_OVER = {
    FileContent.KEY: "TYPE_OTHER",
    FileContent.SUPPLY: "TYPE_OTHER",
    FileContent.PAPER: "PDF_NO_PACKAGE",
    FileContent.FOREIGN_ARCHIVE: "ARCHIVE_UNREADABLE",
    FileContent.ARCHIVE: "PKG_NOT_A_PACKAGE",
    FileContent.OTHER: "PKG_NOT_A_PACKAGE",
}

Recognise = Callable[[bytes], FileContent]


def read_files(paths: Iterable[Path]) -> tuple[Incoming, ...]:
    """Files as named, each once, whatever they are. Never raises for one bad file."""
    return tuple(_read(path) for path in dict.fromkeys(paths))


def find_packages(paths: Iterable[Path], recognise: Recognise, *, everything: bool = False) -> Brought:
    """Files as named; folders and archives searched, in the order of names, for whatever is a package. `everything`: hidden
    files and linked folders too. Never raises for one bad file."""
    search = _Search(recognise, everything=everything)
    for path in dict.fromkeys(file for place in paths for file in _matching(place)):
        search.take(path)
    return search.brought()


class _Search:
    """One act of looking through what was brought."""

    def __init__(self, recognise: Recognise, *, everything: bool) -> None:
        self._recognise, self._everything = recognise, everything
        self._files: list[Incoming] = []
        self._skipped: list[Skipped] = []
        self._seen: set[str] = set()  # files, and folders as they really are: a link may lead back
        self._left = MAX_BATCH_BYTES
        self._looked = self._folders = self._archives = 0

    def brought(self) -> Brought:
        return Brought(tuple(self._files), tuple(self._skipped), self._looked, self._folders, self._archives)

    def take(self, path: Path) -> None:
        """A place that was named."""
        if os.path.isdir(path):
            before = len(self._files)
            self._folder(path)
            if len(self._files) == before:
                self._refuse("FOLDER_EMPTY", str(path))
        elif self._is_new(str(path)):
            read = _read(path, self._is_no_archive)
            if read.problem or self._recognise(read.data) is not FileContent.ARCHIVE or not self._on_disk(path):
                self._add(read if read.problem else _read(path))

    def _folder(self, top: Path) -> None:
        for folder, below, names in os.walk(top, onerror=self._unreadable):
            if not self._is_new(os.path.realpath(folder)):
                below.clear()
                continue
            self._folders += 1
            below[:] = [name for name in sorted(below) if self._enters(Path(folder, name))]
            for path in (Path(folder, name) for name in sorted(names)):
                if self._looked >= MAX_FILES:
                    self._refuse("FOLDER_TOO_BIG", str(path))
                    return
                if self._is_new(str(path)):
                    self._look(path)

    def _enters(self, folder: Path) -> bool:
        """Links are followed, and the folders of the system entered, only when everything is asked for."""
        is_link, hidden = folder.is_symlink(), folder.name.startswith(".") or folder.name in _OF_THE_SYSTEM
        if self._everything:
            if is_link:
                self._folder(folder)
            return not is_link
        if is_link or hidden:
            self._skip("FOLDER_LINKED" if is_link else "FOLDER_HIDDEN", str(folder), can_take=True)
        return not is_link and not hidden

    def _look(self, path: Path) -> None:
        """One file of a folder: its first bytes first, the rest where these promise a package."""
        self._looked += 1
        hidden = path.name.startswith(".")
        meant = path.name.lower().endswith(SUFFIXES) and not hidden
        read = _read(path, self._is_no_archive if meant else self._is_worth_reading)
        if read.problem and meant:
            self._add(read)
        elif read.problem:
            self._skip(read.problem.code, str(path))
        elif self._recognise(read.data) is not FileContent.ARCHIVE:
            self._sort(str(path), read.data, meant=meant, hidden=hidden)
        elif not self._on_disk(path):
            self._sort(str(path), _read(path).data, meant=meant, hidden=hidden)

    def _is_no_archive(self, head: bytes) -> bool:
        return self._recognise(head) is not FileContent.ARCHIVE

    def _is_worth_reading(self, head: bytes) -> bool:
        return self._recognise(head) in (
            FileContent.PACKAGE,
            FileContent.KEY,
            FileContent.SUPPLY,
            FileContent.CARRIER,
            FileContent.PAPER,
            FileContent.WORKBOOK,
        )

    def _sort(self, path: str, data: bytes, *, meant: bool, hidden: bool = False) -> None:
        """What becomes of a file that is no archive, by what it holds."""
        content = self._recognise(data)
        taken = content in (FileContent.PACKAGE, FileContent.CARRIER, FileContent.WORKBOOK)
        if taken and hidden and not self._everything:
            self._skip("FILE_HIDDEN", path, can_take=True)
        elif taken or meant:
            self._add(Incoming(path, data))
        else:
            self._skip(_PASSED_OVER[content], path)

    def _on_disk(self, path: Path) -> bool:
        try:
            with path.open("rb") as file:
                return self._archive(str(path), file, 1)
        except OSError:
            return False

    def _archive(self, path: str, file: BinaryIO, depth: int) -> bool:
        """Whether anything in it was worth a word; an archive of other things alone is passed over as one file."""
        before, looked, passed = len(self._files), self._looked, len(self._skipped)
        for name, content in members(file, self._is_worth_opening, MAX_BYTES, MAX_FILES - self._looked):
            self._looked += 1
            self._inside(f"{path}/{name}", content, depth)
        told = any(one.code == "ARCHIVE_UNREADABLE" for one in self._skipped[passed:])
        if len(self._files) == before and not told:
            self._looked = looked
            del self._skipped[passed:]
            return False
        self._archives += 1
        return True

    def _is_worth_opening(self, head: bytes) -> bool:
        return self._recognise(head) is FileContent.ARCHIVE or self._is_worth_reading(head)

    def _inside(self, path: str, content: bytes | None, depth: int) -> None:
        """One file of an archive."""
        meant = path.lower().endswith(SUFFIXES)
        if content is None:
            self._skip("ARCHIVE_UNREADABLE", path)
        elif len(content) > min(MAX_BYTES, self._left):
            self._refuse("BATCH_TOO_BIG", path)
        elif self._recognise(content) is not FileContent.ARCHIVE:
            self._sort(path, content, meant=meant)
        elif depth == _NESTED:
            self._skip("ARCHIVE_UNREADABLE", path)
        elif not self._archive(path, BytesIO(content), depth + 1):
            self._add(Incoming(path, content)) if meant else self._skip("PKG_NOT_A_PACKAGE", path)

    def _is_new(self, path: str) -> bool:
        fresh = path not in self._seen
        self._seen.add(path)
        return fresh

    def _add(self, read: Incoming) -> None:
        if len(read.data) > self._left:
            self._refuse("BATCH_TOO_BIG", read.path)
            return
        self._left -= len(read.data)
        self._files.append(read)

    def _refuse(self, code: str, path: str) -> None:
        self._files.append(Incoming(path, problem=_refusal(code, path)))

    def _skip(self, code: str, path: str, *, can_take: bool = False) -> None:
        self._skipped.append(Skipped(path, code, _sentence(code, path), can_take))

    def _unreadable(self, error: OSError) -> None:
        self._refuse("FOLDER_UNREADABLE", os.fsdecode(error.filename or ""))


def _matching(path: Path) -> Iterator[Path]:
    """For `goi\\*.bdg`: the console of Windows leaves patterns to the program."""
    wanted = "*" in path.name and not os.path.lexists(path)
    yield from (sorted(path.parent.glob(path.name)) if wanted else ()) or (path,)


def _read(path: Path, promises: Callable[[bytes], bool] = lambda _: True) -> Incoming:
    """The file, or only its first bytes where these promise nothing."""
    try:
        if os.path.isdir(path):
            raise _refusal("FILE_IS_FOLDER", str(path))
        return Incoming(str(path), _bounded(path, promises))
    except AppError as problem:
        return Incoming(str(path), problem=problem)
    except ValueError:  # a NUL in the name
        return Incoming(str(path), problem=_refusal("FILE_MISSING", str(path)))
    except OSError as error:
        code = "FILE_MISSING" if error.errno in _NO_SUCH_NAME else "FILE_UNREADABLE"
        return Incoming(str(path), problem=_refusal(code, str(path)))


def _bounded(path: Path, promises: Callable[[bytes], bool]) -> bytes:
    # Without O_NONBLOCK a named pipe would keep the program waiting for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _refusal("FILE_NOT_PLAIN", str(path))
        head = file.read(min(HEAD, found.st_size))
        if not promises(head):
            return head
        if found.st_size > MAX_BYTES:
            raise _refusal("FILE_TOO_BIG", str(path))
        return head + file.read(found.st_size - len(head))


def _refusal(code: str, path: str) -> StorageError:
    return StorageError(code, _sentence(code, path), path)


def _sentence(code: str, path: str) -> str:
    return _SENTENCES[code].format(place=one_line(path))
