"""The command line in this process, with ledgers that are cheap to open and a commune that has sealed a quarter."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import StringIO
from pathlib import Path

import pytest

from forms.errors import AppError
from main import MainApplication
from storage.ledger_store import SqlLedgerStore
from storage.migrations.upgrade import bring_up_to_date
from storage.wrapping import LIGHT
from ui.cli.app import run
from ui.cli.parsing import parse

COMMUNE, OFFICE = "19804", "46"
PREPARER, HEAD, SUMMING = "bốn từ dễ nhớ", "một câu thật dài", "mật khẩu nơi tổng hợp"
NEWS = [
    {"date": f"2025-10-{day:02d}", "title": f"Tin ngày {day}", "kind": "brief", "channels": ["loudspeaker"]}
    for day in (3, 10, 17, 24)
]
QUARTER = {"programme": "nq28_hue", "form": "quarter_news", "period": "2025-Q4", "as_of": "2025-12-31", "news": NEWS}


class CheapProgram(MainApplication):
    """The real program on the last day of 2025, while Huế's plan still runs; guessing a password costs less."""

    def clock(self) -> datetime:
        return datetime(2025, 12, 31, 9, 30, tzinfo=UTC)

    @cached_property
    def house(self) -> SqlLedgerStore:
        return SqlLedgerStore(self.clock, bring_up_to_date, LIGHT)


@dataclass(frozen=True)
class Answer:
    """What one command gave back."""

    code: int
    text: str
    errors: str

    @property
    def value(self) -> dict:
        (line,) = self.text.splitlines()
        return json.loads(line)

    @property
    def refusal(self) -> str:
        """The code of the refusal, in JSON mode."""
        return self.value["error"]["code"]


Command = Callable[..., Answer]
PROGRAM = CheapProgram(Path("unused"))


@pytest.fixture
def cli(capsys, monkeypatch, tmp_path) -> Command:
    """`cli("seal", folder, "--period", "2025-Q4", password=…)`; relative paths are the test's own folder."""
    monkeypatch.chdir(tmp_path)

    def command(*words: object, password: str = PREPARER, head: str = HEAD) -> Answer:
        monkeypatch.setenv("SBD_PASSWORD", password)
        monkeypatch.setenv("SBD_HEAD_PASSWORD", head)
        return answered(capsys, [str(word) for word in words])

    return command


def answered(capsys, words: list[str]) -> Answer:
    capsys.readouterr()
    try:
        code = run(PROGRAM, parse(words), _no_window)
    except AppError as error:  # main.py's part
        return Answer(
            2, json.dumps({"error": {"code": error.code, "message": error.message, "where": error.where}}), ""
        )
    said = capsys.readouterr()
    return Answer(code, said.out, said.err)


def make_commune(call: Command, folder: str, unit: str = COMMUNE) -> None:
    people = ("--person", "Nguyễn Thị Lan", "--head", "Trần Văn Hùng")
    assert call("init", folder, "--unit", unit, *people).code == 0


def write_import(path: Path, **changes: object) -> Path:
    path.write_text(json.dumps(QUARTER | changes, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture(scope="session")
def _stage(tmp_path_factory) -> Path:
    """xa/ has sealed its quarter into goi/, so/ trusts its two keys."""
    stage = tmp_path_factory.mktemp("stage")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(stage)

        def call(*words: str, password: str = PREPARER) -> dict:
            patch.setenv("SBD_PASSWORD", password)
            patch.setenv("SBD_HEAD_PASSWORD", HEAD)
            return quietly([*words, "--json"])

        call("init", "xa", "--unit", COMMUNE, "--person", "Nguyễn Thị Lan", "--head", "Trần Văn Hùng")
        write_import(stage / "q4.json")
        call("import", "xa", "q4.json")
        call("seal", "xa", "--period", "2025-Q4", "--out", "goi")
        requests = [call("enrol-request", "xa", "--out", "khoa", password=word) for word in (PREPARER, HEAD)]
        call("init", "so", "--unit", OFFICE, "--person", "Lê Thị Tổng", "--collates", password=SUMMING)
        for request in requests:
            call("enrol", "so", request["file"], "--fingerprint", request["fingerprint"], password=SUMMING)
    return stage


def quietly(words: list[str]) -> dict:
    """Outside a test there is no capsys."""
    with redirect_stdout(StringIO()) as said:
        assert run(PROGRAM, parse(words), _no_window) == 0, said.getvalue()
    return json.loads(said.getvalue())


def _no_window(folder: Path, password: str) -> None:
    raise AssertionError("no verb here opens a window")


@pytest.fixture
def stage(_stage, tmp_path) -> Path:
    """A copy of the two ledgers and the stick, in the test's own folder."""
    return shutil.copytree(_stage, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def package(stage) -> Path:
    return next((stage / "goi").iterdir())


def refused(answer: Answer, code: str) -> None:
    """A refusal: exit 1, its code, and a sentence rather than a word."""
    assert (answer.code, answer.refusal) == (1, code)
    assert len(answer.value["error"]["message"]) > 30
