"""What a process does to the files of one folder, system call by system call, as the kernel carries it out.

The process is watched through ptrace, so SQLite's own calls are seen as well as Python's, and no compiler or foreign tool is
needed. Linux on x86-64 only. `watched` can also make a call fail, once or from there on for ever, as a broken disk does.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_TRACEME, _SYSCALL, _GETREGS, _SETREGS, _SETOPTIONS, _GET_INFO = 0, 24, 12, 13, 0x4200, 0x420E
_MARK_SYSCALLS, _KILL_WITH_US = 1, 0x100000
_SYSCALL_STOP = signal.SIGTRAP | 0x80
_INFO = struct.Struct("<B3xIQQ7Q")  # op, arch, ip, sp; on entry: number and six arguments; on exit: value, is_error
_REGS = struct.Struct("<27Q")
_RAX, _ORIG_RAX = 10, 15
_HERE = -100  # AT_FDCWD
_SIGNED = 1 << 63

# number → (what it does, where its file or paths stand among the arguments)
_WRITES = {
    1: "write",
    18: "pwrite64",
    20: "writev",
    40: "sendfile",
    285: "fallocate",
    296: "pwritev",
    326: "copy_file_range",
}
_SYNCS = {74: "fsync", 75: "fdatasync"}
_RESIZES = {77: "ftruncate"}
_OPENS = {2: "open", 85: "creat", 257: "openat"}
_NAMES = {
    82: "rename", 264: "renameat", 316: "renameat2", 83: "mkdir", 258: "mkdirat", 84: "rmdir", 87: "unlink",
    263: "unlinkat", 86: "link", 265: "linkat",
}  # fmt: skip
_OF_INTEREST = _WRITES | _SYNCS | _RESIZES | _OPENS | _NAMES
_POSITIONED = {18: 3, 285: 2, 296: 3}  # the argument that says where in the file; the others go on from where they are
_OUT = {326: 2}  # the argument that is the file written to, where it is not the first
_READS = {0: "read", 17: "pread64", 257: "openat"}
_CREATES, _TRUNCATES = os.O_CREAT, os.O_TRUNC


@dataclass(frozen=True)
class Made:
    """A new file or folder has this name."""

    path: str
    is_folder: bool = False


@dataclass(frozen=True)
class Written:
    path: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Resized:
    path: str
    size: int


@dataclass(frozen=True)
class Synced:
    """A file, or a folder with its names."""

    path: str


@dataclass(frozen=True)
class Renamed:
    old: str
    new: str


@dataclass(frozen=True)
class Linked:
    old: str
    new: str


@dataclass(frozen=True)
class Removed:
    path: str


@dataclass(frozen=True)
class Said:
    """What the process itself told between two calls."""

    text: bytes


Event = Made | Written | Resized | Synced | Renamed | Linked | Removed | Said


@dataclass(frozen=True)
class Failure:
    """Of the calls that change something in the folder the one with this number (from 0), or all from there on, fail. `gone`:
    from there on nothing can be opened or read in it either."""

    first: int
    for_ever: bool
    number: int = errno.EIO
    gone: bool = False


@dataclass(frozen=True)
class Watched:
    """How it went: what was done, and by which call (-1: said); what the process returned; how many calls could have failed."""

    events: tuple[Event, ...]
    numbers: tuple[int, ...]
    status: int
    calls: int


def can_watch() -> str:
    """Why this machine cannot, or an empty text."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "chỉ ghi được lời gọi hệ thống trên Linux x86-64"
    return ""


def watched(
    work: Callable[[Callable[[bytes], None]], int | None], root: Path, failure: Failure | None = None
) -> Watched:
    """Run `work` in a child and record what it does to files below `root`. `work` is given a function to say something,
    which stands among the events exactly where it was said; what it returns is the child's exit code."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _be_watched(work, writer)
    os.close(writer)
    try:
        return _Watcher(child, writer, str(root.resolve()), failure).follow()
    finally:
        os.close(reader)


def _be_watched(work: Callable[[Callable[[bytes], None]], int | None], writer: int) -> None:
    status = 111
    try:
        _ptrace(_TRACEME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        status = work(lambda text: _say(writer, text)) or 0
    except BaseException as error:  # noqa: BLE001 - a child that goes on would run the parent's tests
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
    finally:
        os._exit(status)


def _say(writer: int, text: bytes) -> None:
    """The write never reaches the pipe: the watcher reads it and turns it away."""
    os.write(writer, text)


class _Watcher:
    """Follows one child from stop to stop."""

    def __init__(self, child: int, writer: int, root: str, failure: Failure | None) -> None:
        self._child, self._writer, self._root, self._failure = child, writer, root, failure
        self._events: list[Event] = []
        self._numbers: list[int] = []
        self._calls = 0

    def follow(self) -> Watched:
        os.waitpid(self._child, 0)
        _ptrace(_SETOPTIONS, self._child, 0, _MARK_SYSCALLS | _KILL_WITH_US)
        self._memory = os.open(f"/proc/{self._child}/mem", os.O_RDONLY)
        try:
            status = self._to_the_end()
            return Watched(tuple(self._events), tuple(self._numbers), status, self._calls)
        finally:
            os.close(self._memory)

    def _to_the_end(self) -> int:
        pending: Callable[[int], Iterator[Event]] | None = None
        forced: int | None = None
        passed_on = 0
        while True:
            _ptrace(_SYSCALL, self._child, 0, passed_on)
            passed_on = 0
            _, status = os.waitpid(self._child, 0)
            if os.WIFEXITED(status) or os.WIFSIGNALED(status):
                return os.waitstatus_to_exitcode(status)
            stop = os.WSTOPSIG(status)
            if stop != _SYSCALL_STOP:
                passed_on = 0 if stop == signal.SIGTRAP else stop
                continue
            info = self._info()
            if info[0] == 1:
                pending, forced = self._entered(info[4], info[5:11])
            elif info[0] == 2:
                if forced is not None:
                    self._return(forced)
                elif pending is not None and not info[5] & 0xFF:
                    self._note(pending(info[4]), self._calls - 1)
                pending = forced = None

    def _entered(
        self, call: int, arguments: tuple[int, ...]
    ) -> tuple[Callable[[int], Iterator[Event]] | None, int | None]:
        """What to note when the call has succeeded, and what it returns instead where it is turned away."""
        if self._is_gone() and call in _READS and self._below(self._read_from(call, arguments)) is not None:
            self._turn_away()
            return None, -errno.EIO
        if call not in _OF_INTEREST:
            return None, None
        if call == 1 and arguments[0] == self._writer:
            self._note([Said(self._bytes(arguments[1], arguments[2]))], -1)
            self._turn_away()
            return None, arguments[2]
        noted = self._noted(call, arguments)
        if noted is None:
            return None, None
        number, self._calls = self._calls, self._calls + 1
        failure = self._failure
        if failure and (number == failure.first or (failure.for_ever and number > failure.first)):
            self._turn_away()
            return None, -failure.number
        return noted, None

    def _note(self, events: Iterable[Event], number: int) -> None:
        for event in events:
            self._events.append(event)
            self._numbers.append(number)

    def _is_gone(self) -> bool:
        return self._failure is not None and self._failure.gone and self._calls > self._failure.first

    def _read_from(self, call: int, arguments: tuple[int, ...]) -> str:
        return self._named(*arguments[:2]) if call == 257 else self._path_of(arguments[0])

    def _noted(self, call: int, arguments: tuple[int, ...]) -> Callable[[int], Iterator[Event]] | None:
        if call in _OPENS:
            return self._opening(call, arguments)
        if call in _NAMES:
            return self._naming(call, arguments)
        descriptor = arguments[_OUT.get(call, 0)]
        path = self._below(self._path_of(descriptor))
        if path is None or path.endswith(" (deleted)"):
            return None
        if call in _SYNCS:
            return lambda _: iter((Synced(path),))
        if call in _RESIZES:
            return lambda _: iter((Resized(path, arguments[1]),))
        at = arguments[_POSITIONED[call]] if call in _POSITIONED else self._position(descriptor)
        size = arguments[3] if call == 285 else None
        return lambda done: iter((Written(path, at, self._read_back(descriptor, at, done if size is None else size)),))

    def _opening(self, call: int, arguments: tuple[int, ...]) -> Callable[[int], Iterator[Event]] | None:
        folder, name, flags = arguments[:3] if call == 257 else (_HERE, *arguments[:2])
        if call == 85:
            flags = _CREATES | _TRUNCATES
        if not flags & (_CREATES | _TRUNCATES):
            return None
        path = self._below(self._named(folder, name))
        if path is None:
            return None
        there = os.path.lexists(os.path.join(self._root, path))
        if not there:
            return lambda _: iter((Made(path),))
        return (lambda _: iter((Resized(path, 0),))) if flags & _TRUNCATES else None

    def _naming(self, call: int, arguments: tuple[int, ...]) -> Callable[[int], Iterator[Event]] | None:
        kind = _NAMES[call]
        if kind in ("renameat", "renameat2", "linkat"):
            old, new = self._named(*arguments[:2]), self._named(*arguments[2:4])
        elif kind in ("rename", "link"):
            old, new = (self._named(_HERE, name) for name in arguments[:2])
        else:
            old = new = self._named(*(arguments[:2] if kind.endswith("at") else (_HERE, arguments[0])))
        one, other = self._below(old), self._below(new)
        if one is None or other is None:
            return None
        event: Event
        if kind.startswith("rename"):
            event = Renamed(one, other)
        elif kind.startswith("link"):
            event = Linked(one, other)
        else:
            event = Made(one, is_folder=True) if kind.startswith("mkdir") else Removed(one)
        return lambda _: iter((event,))

    def _below(self, path: str) -> str | None:
        """The path from the root; None for what stands elsewhere."""
        if path == self._root:
            return ""
        return path[len(self._root) + 1 :] if path.startswith(self._root + "/") else None

    def _named(self, folder: int, address: int) -> str:
        where = _signed(folder)
        base = os.readlink(f"/proc/{self._child}/cwd") if where == _HERE else self._path_of(where)
        path = os.path.normpath(os.path.join(base, os.fsdecode(self._text(address))))
        above, name = os.path.split(path)
        return os.path.join(os.path.realpath(above), name)

    def _path_of(self, descriptor: int) -> str:
        try:
            return os.readlink(f"/proc/{self._child}/fd/{descriptor}")
        except OSError:
            return ""

    def _position(self, descriptor: int) -> int:
        with open(f"/proc/{self._child}/fdinfo/{descriptor}") as told:
            facts = dict(line.split(":", 1) for line in told if ":" in line)
        if int(facts["flags"], 8) & os.O_APPEND:
            return os.stat(f"/proc/{self._child}/fd/{descriptor}").st_size
        return int(facts["pos"])

    def _read_back(self, descriptor: int, offset: int, size: int) -> bytes:
        opened = os.open(f"/proc/{self._child}/fd/{descriptor}", os.O_RDONLY)
        try:
            return os.pread(opened, size, offset)
        finally:
            os.close(opened)

    def _text(self, address: int) -> bytes:
        found = b""
        while b"\0" not in found:
            found += os.pread(self._memory, 256 - (address + len(found)) % 256, address + len(found))
        return found.partition(b"\0")[0]

    def _bytes(self, address: int, size: int) -> bytes:
        return os.pread(self._memory, size, address)

    def _info(self) -> tuple[int, ...]:
        space = ctypes.create_string_buffer(_INFO.size)
        _ptrace(_GET_INFO, self._child, _INFO.size, ctypes.addressof(space))
        return _INFO.unpack(space.raw)

    def _turn_away(self) -> None:
        """The kernel is asked for a call that does not exist instead."""
        self._set_register(_ORIG_RAX, (1 << 64) - 1)

    def _return(self, value: int) -> None:
        self._set_register(_RAX, value % (1 << 64))

    def _set_register(self, register: int, value: int) -> None:
        space = ctypes.create_string_buffer(_REGS.size)
        _ptrace(_GETREGS, self._child, 0, ctypes.addressof(space))
        held = list(_REGS.unpack(space.raw))
        held[register] = value
        ctypes.memmove(space, _REGS.pack(*held), _REGS.size)
        _ptrace(_SETREGS, self._child, 0, ctypes.addressof(space))


def _signed(value: int) -> int:
    value &= 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


def _ptrace(request: int, pid: int, address: int, data: int) -> int:
    result = int(_libc.ptrace(request, pid, address, data))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"ptrace {request:#x}: {os.strerror(number)}")
    return result
