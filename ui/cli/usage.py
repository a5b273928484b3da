"""What every verb's words are made of: a parser that refuses in Vietnamese, and the options that several verbs share."""

from __future__ import annotations

import argparse
import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from forms.errors import AppError
from ui.cli.streams import answer

PROGRAM = "so-binh-dang"
LONGEST_NAME = 255  # of a file or folder, in bytes, on every system we know
_TRANSLATED = (
    (re.compile(r"the following arguments are required: (.*)"), r"thiếu \1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"không hiểu “\1”"),
    (re.compile(r"argument (.*): expected .*"), r"sau \1 phải có một giá trị"),
    (re.compile(r"argument VIỆC: invalid choice: '(.*?)'.*"), r"không có việc “\1”"),
    (
        re.compile(r"argument (.*): invalid choice: '(.*?)' \(choose from (.*)\)"),
        r"\1 không nhận “\2”; chọn một trong: \3",
    ),
    (re.compile(r"argument (.*): invalid \w+ value: '(.*)'"), r"\1 không hiểu “\2”"),
    (re.compile(r"argument (.*): ignored explicit argument .*"), r"\1 không nhận giá trị"),
    (re.compile(r"argument ([^:]*): (.*)"), r"\1 \2"),
    (re.compile(r"ambiguous option: (.*) could match (.*)"), r"“\1” có thể là \2"),
)


class UsageProblem(AppError):
    """The command line cannot be understood; exit code 2."""


class _Words(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Raises instead of printing, and says it in Vietnamese."""

    def __init__(self, **more: Any) -> None:
        super().__init__(formatter_class=_Words, add_help=False, allow_abbrev=False, **more)
        self._positionals.title, self._optionals.title = "cần ghi", "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in phần này")

    def _print_message(self, message: str, file: Any = None) -> None:  # noqa: ARG002 - it is always stdout
        """The help; argparse itself would say nothing where it does not get through. Raises OutputLost."""
        for line in message.rstrip("\n").split("\n"):
            answer(line)

    def error(self, message: str) -> NoReturn:
        for pattern, words in _TRANSLATED:
            if pattern.fullmatch(message):
                message = pattern.sub(words, message)
                break
        raise UsageProblem("USAGE", f"Dòng lệnh chưa đúng: {message}. Xem “{self.prog} --help”.")


def add_verb(verbs: Any, name: str, help: str, *, ledger: bool = True) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help, description=f"{help[:1].upper()}{help[1:]}.")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    # Also after the verb; SUPPRESS keeps what stood before it.
    parser.add_argument("--data", type=path_of, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    if ledger:
        parser.add_argument("ledger", type=path_of, metavar="SỔ", help="thư mục sổ")
        password(parser)
    return parser


def password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-file", type=path_of, metavar="TỆP", help="tệp có mật khẩu ở dòng đầu (thay cho SBD_PASSWORD)"
    )
    parser.add_argument("--person", metavar="TÊN", help="người mở sổ, khi sổ có nhiều người")


def head_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--head-password-file", type=path_of, metavar="TỆP", help="mật khẩu của thủ trưởng (thay cho SBD_HEAD_PASSWORD)"
    )


def period(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--programme", metavar="MÃ", help="chương trình; mặc định: chương trình của sổ")
    parser.add_argument(
        "--period", required=required, metavar="KỲ", help="2025, 2025-H1, 2025-Q4, 2025-11 hoặc 2011..2020"
    )
    parser.add_argument(
        "--basis",
        choices=("calendar", "nd09"),
        default="calendar",
        help="calendar: theo lịch; nd09: từ ngày 15 đến ngày 14 (NĐ 09/2019)",
    )


def day_of(text: str) -> date:
    form = "%d/%m/%Y" if "/" in text else "%Y-%m-%d"
    return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone


def is_readable(text: str) -> bool:
    """Whether it is text: an argument in another encoding than the console's is not, though as a path it may name a file."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def path_of(text: str) -> Path:
    path = Path(text)
    if not text or "\0" in text or any(len(os.fsencode(part)) > LONGEST_NAME for part in path.parts):
        raise argparse.ArgumentTypeError("không phải đường dẫn dùng được: để trống, có ký tự lạ hoặc một tên quá dài")
    return path
