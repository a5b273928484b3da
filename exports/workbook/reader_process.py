"""Foreign workbooks are read in a process of their own: this program started once more, with limits on memory and time, that
is given the file's bytes on its standard input and hands back plain cells. Whatever a workbook does to its reader, our
own process sees JSON or nothing.

Codes: WORKBOOK_SLOW, WORKBOOK_MEMORY and those that the reader in the child gives.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, BinaryIO

from exports.workbook.archive import refused
from exports.workbook.facts import unpacked
from forms.errors import InputRefused
from forms.workbooks.sheets import Sheets

WALL = 30.0  # seconds
FAREWELL = 3.0  # seconds that a process has to end by itself once it has said all
BREATH = 0.1  # seconds between two questions whether the person still waits
MOST_ANSWER = 24 << 20  # bytes
_CODE = re.compile(r"WORKBOOK_[A-Z_]{2,20}")
_SECRETS = ("SBD_",)
_STOPPED = 1000  # by our clock; no process ends so
_OUT_OF_TIME = (_STOPPED, -24)  # SIGXCPU: by the system's
_BUG = 1  # an exception that nobody caught: ours, not the workbook's


def read_apart(
    command: Sequence[str], data: bytes, *, wall: float = WALL, waiting: Callable[[], None] = lambda: None
) -> Sheets:
    """The plain cells of a workbook, read by `command`. `waiting` is called while it reads; what it raises stops the
    process. Raises InputRefused."""
    answer, code = _answer(command, data, wall, waiting)
    if code in _OUT_OF_TIME:
        raise InputRefused(
            "WORKBOOK_SLOW",
            f"Đọc bảng tính quá {wall:.0f} giây nên đã dừng. Chép phần cần nhập sang một tệp mới rồi nhập lại.",
        )
    if not answer and code == _BUG:
        raise RuntimeError("the process that reads workbooks could not begin")
    if not answer:
        raise refused("WORKBOOK_MEMORY")
    try:
        whole = json.loads(answer)
        if "refused" not in whole:
            return unpacked(whole)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise refused("WORKBOOK_DAMAGED") from error
    raise _refusal(whole["refused"])


def _answer(command: Sequence[str], data: bytes, wall: float, waiting: Callable[[], None]) -> tuple[bytes, int]:
    """What the child said, empty if that is too much, and how it ended."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said: list[bytes] = []
    writer = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
    reader = threading.Thread(target=_hear, args=(process.stdout, said), daemon=True)
    stopped = False
    for thread in (writer, reader):
        thread.start()
    try:
        # Whether the child has said all within its time.
        end = monotonic() + wall
        while reader.is_alive() and monotonic() < end:
            waiting()
            reader.join(BREATH)
        stopped = reader.is_alive()
        with suppress(subprocess.TimeoutExpired):
            process.wait(0 if stopped or len(said[0]) > MOST_ANSWER else FAREWELL)
    finally:
        process.kill()
        code = process.wait()
        for thread in (writer, reader):
            thread.join()
        process.stdout.close()
    return said[0] if len(said[0]) <= MOST_ANSWER else b"", _STOPPED if stopped else code


def _hear(pipe: BinaryIO, said: list[bytes]) -> None:
    said.append(pipe.read(MOST_ANSWER + 1))


def _feed(pipe: BinaryIO, data: bytes) -> None:
    with suppress(OSError), pipe:  # the child may end before it has read everything
        pipe.write(data)


def _refusal(said: Any) -> InputRefused:
    code, message = said if isinstance(said, list) and len(said) == 2 else ("", "")
    if not (isinstance(code, str) and isinstance(message, str) and _CODE.fullmatch(code)):
        return refused("WORKBOOK_DAMAGED")
    return InputRefused(code, message[:600])
