"""Where a verb sits: the program, its arguments, its output; and the ledger, opened with a password."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from forms.all_services import Services, open_services
from forms.application import Application
from forms.errors import AppError, StorageError
from forms.model.period import Basis, Period
from forms.ports import Ledger
from ui.cli.output import Output
from ui.cli.parsing import UsageProblem

OWN, HEAD = "SBD_PASSWORD", "SBD_HEAD_PASSWORD"
ShowWindow = Callable[[Path, str], None]  # (ledger folder, password): shows the window once, without a screen


@dataclass(frozen=True)
class Seat:
    """What every verb is given."""

    program: Application
    args: argparse.Namespace
    out: Output
    show_window: ShowWindow

    def password(self) -> str:
        """Of who opens the ledger. Raises UsageProblem PASSWORD_MISSING."""
        return self._password(self.args.password_file, OWN, "--password-file")

    def head_password(self) -> str:
        return self._password(self.args.head_password_file, HEAD, "--head-password-file")

    def read_file(self, path: Path) -> bytes:
        """One file, bounded; a folder is not searched. Raises StorageError FILE_MISSING, FILE_IS_FOLDER …"""
        if path.is_dir():
            raise StorageError("FILE_IS_FOLDER", f"{path} là một thư mục. Ghi rõ tên tệp sau tên thư mục.", str(path))
        (file,) = self.program.read_files([path])
        if file.problem:
            raise file.problem
        return file.data

    @contextmanager
    def desk(self) -> Iterator[Services]:
        """The ledger named on the command line, open until the `with` ends."""
        ledger = self.program.house.open(self.args.ledger, self.password(), self.args.person)
        told = 0
        try:
            told = self._tell(ledger, told)
            yield open_services(self.program, ledger)
        finally:
            self._tell(ledger, told)
            ledger.close()

    def _tell(self, ledger: Ledger, told: int) -> int:
        """What was found in the ledger and mended, beside the answer, also of a verb that answers machines."""
        for notice in ledger.notices[told:]:
            self.out.warn(notice)
        return len(ledger.notices)

    def period(self, desk: Services) -> tuple[str, Period]:
        """(programme, period) as asked for. Raises InputRefused PERIOD_UNKNOWN, PROGRAMME_UNKNOWN."""
        programme = self.args.programme or desk.office.programme
        period = Period.parse(self.args.period, Basis(self.args.basis))
        desk.catalogue.form_for(programme, period)
        return programme, period

    def _password(self, file: Path | None, variable: str, option: str) -> str:
        if file is None:
            password = os.environ.get(variable, "")
            place = f"biến môi trường {variable}"
        else:
            password = self._first_line(file)
            place = f"dòng đầu của {file}"
        if not password:
            raise UsageProblem(
                "PASSWORD_MISSING", f"Chưa có mật khẩu ở {place}. Đặt {variable} hoặc dùng {option} TỆP.", variable
            )
        return password

    def _first_line(self, file: Path) -> str:
        try:
            return self.read_file(file).decode("utf-8-sig").partition("\n")[0].rstrip("\r")
        except UnicodeDecodeError as error:
            raise UsageProblem(
                "PASSWORD_MISSING", f"{file} không phải văn bản UTF-8. Lưu lại tệp với mã “UTF-8”.", str(file)
            ) from error


def exit_code(error: AppError) -> int:
    return 2 if isinstance(error, UsageProblem) else 1
