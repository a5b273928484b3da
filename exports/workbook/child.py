"""The process that reads a foreign workbook: limits first, then the bytes on its standard input, plain cells on its output."""

from __future__ import annotations

import json
import sys
from typing import BinaryIO

from exports.workbook import limits
from exports.workbook.facts import packed
from exports.workbook.foreign_workbook import read
from exports.workbook.limits import damaged, too_heavy
from forms.errors import InputRefused


def main() -> int:
    """Where the program goes when it was started as the child."""
    serve(sys.stdin.buffer, sys.stdout.buffer)
    return 0


def serve(given: BinaryIO, back: BinaryIO) -> None:
    """The child's whole life. Whatever goes wrong in the reader is said in one line, or the process ends without a word."""
    limits.apply()
    try:
        said = packed(read(given.read()))
    except InputRefused as error:
        said = _said(error)
    except MemoryError:
        said = _said(too_heavy())
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        said = _said(damaged())
    back.write(said)
    back.flush()


def _said(error: InputRefused) -> bytes:
    return json.dumps({"refused": [error.code, error.message]}).encode()
