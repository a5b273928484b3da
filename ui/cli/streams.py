"""The two streams: what is written on stdout is the answer and has to arrive; what is written beside it may go unheard."""

from __future__ import annotations

import errno
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

from forms.errors import AppError
from forms.model.text import one_line
from ui.cli import last_words


class OutputLost(AppError):
    """The answer could not be written: a full disk behind stdout. What was done stays done."""

    def __init__(self, error: OSError) -> None:
        super().__init__("OUTPUT_LOST", last_words.lost(error))


def speak_utf8() -> None:
    """Vietnamese on every console; a build without a console has no streams."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def answer(text: str) -> None:
    """A line on stdout. Raises BrokenPipeError where the reader has gone, OutputLost."""
    try:
        _print(text, sys.stdout)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno == errno.EINVAL:  # so Windows calls a pipe that nobody reads
            raise BrokenPipeError(errno.EPIPE, "nobody reads") from error
        raise OutputLost(error) from error


def beside(text: str) -> None:
    """A line on stderr, where somebody listens there: no act is given up because nobody hears of it."""
    with suppress(OSError):
        _print(text, sys.stderr)


def _print(text: str, stream: TextIO | None) -> None:
    """Foreign text, the names of files among it, never begins a line of its own. A window-only build on Windows has no streams at
    all."""
    if stream is not None:
        print(one_line(text), file=stream, flush=True)
