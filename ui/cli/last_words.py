"""What is said where nothing else can speak: while the program is still being loaded, and once it is done. One sentence, never a
traceback. Stands before everything else that is loaded, so it needs nothing but Python itself."""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found] # what is built in: signal itself takes milliseconds to load
import os
import sys

TYPE_CHECKING = False  # as typing has it, which takes ten milliseconds to load
if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import NoReturn

_CHILD = "_read-workbook"  # it is stopped by the program that started it
_STOPPED = "Đã dừng theo yêu cầu; việc chưa xong không được ghi vào sổ."
_MEMORY = "Máy không đủ bộ nhớ để chạy phần mềm. Hãy đóng bớt phần mềm khác rồi chạy lại."
_UNEXPECTED = "Phần mềm gặp lỗi không lường trước ({kind}). Chạy lại với --debug và gửi phần in ra cho nơi hỗ trợ."
_LOST = "Không ghi được kết quả ra nơi nhận ({why}). Việc đã ghi vào sổ thì vẫn còn. Hãy dọn chỗ hoặc chọn nơi khác rồi chạy lại."
_NO_MEMORY = 12  # errno.ENOMEM
_WORDS_OF_MEMORY = (
    "cannot allocate memory",
    "out of memory",
    "can't allocate",
    "failed to map segment",
    "paging file is too small",
    "without exception set",  # so Python says it where there was no room even for a MemoryError
)
_waiting = False  # whether Ctrl+C still ends the program here and now


def speak_from_now_on() -> None:
    """Until `ready` Ctrl+C ends the program with a sentence: nothing has been begun. What nobody catches is told in one too."""
    global _waiting  # noqa: PLW0603 - one process, one Ctrl+C
    sys.excepthook = _uncaught
    _waiting = True
    signal.signal(signal.SIGINT, signal.SIG_IGN if sys.argv[1:] == [_CHILD] else _stopped)


def ready() -> None:
    """From now on Ctrl+C is a KeyboardInterrupt, which who works knows how to end on."""
    global _waiting  # noqa: PLW0603
    if _waiting:
        _waiting = False
        signal.signal(signal.SIGINT, signal.default_int_handler)


def leave(code: int) -> NoReturn:
    """End with this exit code; an answer that did not reach its reader is told and is no success."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: there is nothing left to stop
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        drop_answers()
        code = 1
    except (OSError, ValueError) as error:
        drop_answers()
        tell("OUTPUT_LOST", lost(error), answer=False)
        code = 1
    sys.exit(code)


def lost(error: BaseException) -> str:
    """That an answer could not be written, and why."""
    return _LOST.format(why=getattr(error, "strerror", None) or str(error) or type(error).__name__)


def lacks_memory(error: BaseException) -> bool:
    """Whether this is the machine's want of memory, in whosever words."""
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == _NO_MEMORY:
        return True
    return any(words in str(error).lower() for words in _WORDS_OF_MEMORY)


def drop_answers() -> None:
    """Nobody reads stdout any more; what is left of it shall not fail once more at the end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(code: str, message: str, *, answer: bool = True) -> None:
    """As the command line tells a refusal, as far as anybody listens. `answer` False: stdout serves for nothing."""
    try:
        if answer and "--json" in sys.argv and sys.stdout is not None:
            print(f'{{"error": {{"code": "{code}", "message": "{_quoted(message)}", "where": ""}}}}', flush=True)
        elif sys.stderr is not None:
            print(f"{message} ({code})", file=sys.stderr, flush=True)
    except (OSError, ValueError):
        pass


def _quoted(text: str) -> str:
    """Inside a JSON string."""
    shown = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(letter if letter.isprintable() else "�" for letter in shown)


def _stopped(_signal: int, _frame: FrameType | None) -> None:
    tell("STOPPED", _STOPPED)
    os._exit(1)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if "--debug" in sys.argv:
        sys.__excepthook__(kind, error, trace)
    if isinstance(error, BrokenPipeError):  # the reader of a pipe has gone: nothing is left to be told
        drop_answers()
    elif isinstance(error, KeyboardInterrupt):
        tell("STOPPED", _STOPPED)
    elif lacks_memory(error):
        tell("MEMORY_SHORT", _MEMORY)
    else:
        tell("UNEXPECTED", _UNEXPECTED.format(kind=f"{kind.__name__}: {error}"[:300]))
    os._exit(1)
