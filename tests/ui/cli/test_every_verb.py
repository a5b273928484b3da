"""Every verb, option and value that the pages tell, called as a person calls it: `main.py VERB …`, a process each.

What must be called is read from the pages, so a verb that is written down and does not work, and one that works and is
not written down, both fail here. The ledgers are the shared ones of `conftest`: their passwords cost little to try.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests import processes
from ui.cli.app import VERBS as DONE

from .conftest import HEAD, NEWS, PREPARER, SUMMING, write_import
from .documented import PAGE, PAGES, options_told, parsers, told_elsewhere, usages
from .test_programmes import NEW, release

pytestmark = pytest.mark.slow
SAID = PAGE.read_text("utf-8")
USAGES = usages(SAID)
VERBS = {usage.verb for usage in USAGES}
Q3, Q4 = ("--period", "2025-Q3"), ("--period", "2025-Q4")


@dataclass(frozen=True)
class Called:
    """One process that has ended."""

    words: tuple[str, ...]
    out: str

    @property
    def said(self) -> set[tuple[str, ...]]:
        """The verb, its options, their values: as `Usage.said` has them."""
        options = {(word,) for word in self.words if word.startswith("--")}
        values = {pair for pair in zip(self.words, self.words[1:], strict=False) if pair[0].startswith("--")}
        verb = next(word for word in self.words if word in VERBS)
        return {(verb,), *((verb, *one) for one in options | values), *options, *values}

    @property
    def value(self) -> dict:
        return json.loads(self.out)


@dataclass
class Play:
    """Calls one verb after the other in one folder and keeps what each said."""

    folder: Path
    calls: list[Called]

    def call(self, *words: object, password: str = PREPARER, code: int = 0) -> Called:
        secrets = {"SBD_PASSWORD": password, "SBD_HEAD_PASSWORD": HEAD}
        ended = processes.forked(words, self.folder, secrets)
        assert (ended.code, "Traceback" in ended.errors) == (code, False), (words, ended)
        self.calls.append(Called(tuple(map(str, words)), ended.out))
        return self.calls[-1]

    def json(self, *words: object, password: str = PREPARER, code: int = 0) -> dict:
        return self.call(*words, "--json", password=password, code=code).value


@pytest.fixture(scope="module")
def calls(_stage, tmp_path_factory) -> list[Called]:
    """A commune (xa) and its office (so) do everything once."""
    folder = shutil.copytree(_stage, tmp_path_factory.mktemp("verbs"), dirs_exist_ok=True)
    release(folder, amount="95")  # the window's part: a programme of the province's own
    play = Play(folder, [])
    for act in (
        _founding,
        _answering,
        _filling,
        _sealing,
        _trust,
        _receiving,
        _papers,
        _issuing,
        _programmes,
        _keeping,
        _whole,
    ):
        act(play)
    return play.calls


def _founding(play: Play) -> None:
    (play.folder / "mk.txt").write_text(f"{PREPARER}\n", "utf-8")
    (play.folder / "mk-truong.txt").write_text(f"{HEAD}\n", "utf-8")
    play.json("units", "phu xuan hue", "--on", "2025-12-31", "--data", "khac", "--debug")
    made = play.json(
        "init", "moi", "--on", "2025-12-31",
        "--unit", "SNV46", "--unit-name", "Sở Nội vụ", "--unit-kind", "agency", "--unit-from", "01/07/2025",
        "--parent", "46", "--person", "Lan", "--title", "Chuyên viên", "--head", "Hùng", "--head-title", "Giám đốc",
        "--collates", "--on", "2025-12-31", "--programme", "nq28_hue", "--practice", "--password-file", "mk.txt",
        "--head-password-file", "mk-truong.txt",
    )  # fmt: skip
    code = made["recovery_code"]
    play.json("recover", "moi", "--person", "Lan", "--recovery-code", code, "--password-file", "mk.txt")
    play.json(
        "unit-add", "so", "--unit", "SNV46", "--unit-name", "Sở Nội vụ", "--unit-kind", "agency", "--parent", "46",
        "--unit-from", "2025-07-01", password=SUMMING,
    )  # fmt: skip
    play.json(
        "unit-add", "so", "--unit", "CUM1", "--unit-name", "Cụm 1", "--unit-kind", "group", "--parent", "46",
        "--unit-to", "2030-12-31", "--members", "19789,19815", password=SUMMING,
    )  # fmt: skip


def _answering(play: Play) -> None:
    """Until Sở Nội vụ took over there was another sở; the pack does not know until when."""
    name = "Sở Lao động - Thương binh và Xã hội"
    made = ("--unit", "SLD46", "--unit-name", name, "--parent", "46", "--unit-from", "2025-07-01")
    play.json("unit-add", "so", *made, password=SUMMING)
    year = ("--programme", "nq28_hue", "--period", "2025", "--basis", "calendar")
    play.json("agencies", "so", *year, password=SUMMING)
    chosen = ("--agency", "labour", "--unit", "SNV46", "--reason", "Sở cũ đã giải thể")
    play.json("agencies", "so", *year, *chosen, password=SUMMING)
    one = ("due", "so", *year, "--form", "year_indicators", "--unit", "SNV46")
    play.json(*one, "--day", "2025-12-20", password=SUMMING)
    play.json(*one, "--drop", password=SUMMING)
    play.json("due", "so", "--programme", "nq28_hue", "--form", "quarter_news", "--days", "12", password=SUMMING)
    play.json("due", "so", "--programme", "nq28_hue", "--form", "quarter_news", "--drop", password=SUMMING)


def _filling(play: Play) -> None:
    """The form for the quarter before: a form to fill in, an office's own table, its own list of news in TCVN3."""
    play.json("template", "xa", *Q3, "--programme", "nq28_hue", "--basis", "calendar", "--out", "phieu.xlsx")
    play.json("import", "xa", "phieu.xlsx", "--preview")
    play.json("import", "xa", "phieu.xlsx")
    _sheet(play, "so.xlsx", ("Số tin, bài được tính trong quý", 4), ("Trong đó: tin", 3))
    _sheet(
        play,
        "tin.xlsx",
        ("Ngµy ®¨ng", "Tiªu ®Ò", "Lo¹i", "Kªnh"),
        ("03/08/2025", "Ph¸t ®éng th¸ng hµnh ®éng", "Tin", "Loa"),
    )
    choice = ("--choose", "news_own=Sheet!B1")
    mapped = play.json("mapping", "xa", "Sở", "--propose", "so.xlsx", *Q3, *choice)["mapping"]
    (play.folder / "m.json").write_text(json.dumps(mapped), "utf-8")
    play.json("mapping", "xa", "Tay", "--set", "m.json")
    play.json("mapping", "xa", "Tay", "--drop")
    play.json("mapping", "xa", "Sở")
    play.json("mapping", "xa")
    play.json("import", "xa", "so.xlsx", "--mapping", "Sở", *Q3)
    play.json("mapping", "xa", "Tin", "--propose", "tin.xlsx", *Q3)
    news = ("import", "xa", "--news", "tin.xlsx", "--mapping", "Tin", *Q3, "--convert")
    for reading in ("kept", "exchanged"):
        play.json(*news, "--preview", "--real-days", reading)
    play.json(*news)
    play.json("check", "xa", *Q3, "--basis", "calendar", code=1)


def _sheet(play: Play, name: str, *lines: tuple[object, ...]) -> None:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(play.folder / name)


def _sealing(play: Play) -> None:
    """The quarter that was sealed is corrected twice: by both at once, then handed over from one to the other."""
    more = [NEWS[0] | {"date": f"2025-12-{day:02d}", "title": f"Tin sót {day}"} for day in (1, 2)]
    write_import(play.folder / "q4.json", news=[*NEWS, more[0]])
    play.json("import", "xa", "q4.json", "--correct")
    play.json("seal", "xa", *Q4, "--reason", "Sót một tin", "--out", "goi-2")
    play.json("seal", "xa", *Q4, "--again", "--out", "goi-2")
    play.json("seal", "xa", *Q4, "--again", "--revision", "1", "--out", "goi-1")
    write_import(play.folder / "q4.json", news=[*NEWS, *more])
    play.json("import", "xa", "q4.json", "--correct")
    over = ("hand-over", "xa", *Q4, "--head", "Trần Văn Hùng", "--reason", "Sót thêm một tin")
    play.json(*over)
    play.json("take-back", "xa", *Q4, "--remark", "Xem lại", "--person", "Trần Văn Hùng", password=HEAD)
    play.json(*over)
    play.json("approve", "xa", *Q4, "--out", "goi-3", "--person", "Trần Văn Hùng", password=HEAD)


def _trust(play: Play) -> None:
    asked = play.json("enrol-request", "moi", "--out", "khoa-moi", "--person", "Lan")
    play.json("enrol", "so", asked["file"], "--fingerprint", asked["fingerprint"], password=SUMMING)
    play.json("revoke", "so", asked["keyid"], password=SUMMING)
    play.json("register", "so", password=SUMMING)


def _receiving(play: Play) -> None:
    (package,) = (play.folder / "goi").iterdir()
    (second,) = (play.folder / "goi-2").iterdir()
    digits = play.json("verify", package, second, "--all")["files"][0]["digits"]
    play.json("verify", package, "--ledger", "so", password=SUMMING)
    play.json("verify", "--ledger", "so", password=SUMMING)
    play.json("merge", "so", "goi", second, "--dry-run", "--all", password=SUMMING)
    batch = play.json("merge", "so", "goi", password=SUMMING)["batch"]
    play.json("verify", "--paper", digits, "--ledger", "so", password=SUMMING)
    play.json("undo", "so", batch, password=SUMMING)
    play.json("merge", "so", "goi", password=SUMMING)
    told = play.json("status", "so", *Q4, password=SUMMING)
    unit = next(one for one in told["tree"]["children"] if one["sent"])["unit"] if told["received"] else ""
    cells = [one["cell"] for one in play.json("table", "so", *Q4, password=SUMMING)["cells"] if one["reported"]]
    place = ("adjust", "so", *Q4, "--unit", unit, "--cell", cells[0])
    made = play.json(*place, "--amount", "99", "--reason", "Đối chiếu", password=SUMMING)
    assert [one["amount"] for one in made["adjustments"]] == ["99"]
    assert play.json("table", "so", *Q4, "--unit", unit, password=SUMMING)["adjustments"] == made["adjustments"]
    play.json(*place, "--drop", password=SUMMING)
    play.json("forward", "so", *Q4, "--programme", "nq28_hue", "--out", "len", password=SUMMING)
    play.json("status", "so", *Q4, password=SUMMING)
    play.json("sources", "so", *Q4, password=SUMMING)
    two = ("--indicator", "6.3", "--source", "below", "--reason", "thử")
    play.json("sources", "so", *Q4, *two, code=1, password=SUMMING)
    play.json("table", "so", *Q4, "--by-district", password=SUMMING)
    play.json("table", "so", *Q4, "--unit", "19804", password=SUMMING)
    nine = ("--programme", "qd2351_hatinh", "--period", "2011..2020")  # districts
    play.json("template", "so", *nine, "--all-missing", "--out", "phieu-thieu", password=SUMMING)
    (blank,) = play.json("template", "so", *Q4, "--unit", "19815", "--out", "phieu", password=SUMMING)["files"]
    merge = ("merge", "so", blank, "--replace", "--convert", "--letters", "thu", "--letters-format", "docx")
    play.json(*merge, password=SUMMING)
    (play.folder / "giay.pdf").write_bytes(b"%PDF-1.4 scan")
    write_import(play.folder / "giay.json")
    behalf = ("on-behalf", "so", *Q4, "--unit", "19815")
    paper = ("--figures", "giay.json", "--scan", "giay.pdf", "--replace")
    play.json(*behalf, *paper, password=SUMMING)
    play.json(*behalf, "--source", "lai.pdf", password=SUMMING)
    play.json("forward", "so", *Q4, "--programme", "nq28_hue", "--out", "len", password=SUMMING)


def _papers(play: Play) -> None:
    for format in ("pdf", "docx", "xlsx"):
        play.json("report", "so", *Q4, "--format", format, "--out", f"in.{format}", password=SUMMING)
    play.json("report", "so", *Q4, "--format", "pdf", "--public", "--out", "cong-khai.pdf", password=SUMMING)
    play.json("report", "so", *Q4, "--format", "pdf", "--sheet", "--out", "bieu.pdf", password=SUMMING)
    for format in ("pdf", "docx"):
        remind = ("remind", "so", *Q4, "--format", format, "--merged", "--out", "thu")
        play.json(*remind, password=SUMMING)
        play.json("lint", f"in.{format}")


def _issuing(play: Play) -> None:
    id = play.json("publish", "so", *Q4, "--public", password=SUMMING)["publication"]
    for format in ("pdf", "docx", "xlsx"):
        play.json("print", "so", "--publication", id, "--format", format, "--out", f"ky.{format}", password=SUMMING)
    play.json("number", "so", id, "--number", "12", "--issued", "05/01/2026", "--signer", "Hùng", password=SUMMING)
    play.json("number", "so", id, "--number", "13", "--again", "--reason", "Ghi nhầm", password=SUMMING)
    play.json("merge", "so", "goi-2", password=SUMMING)
    play.json("changes", "so", id, password=SUMMING)
    play.json("publications", "so", password=SUMMING)


def _programmes(play: Play) -> None:
    """What `so` released is handed down to `xa`."""
    key = play.json("enrol-request", "so", "--out", "khoa", password=SUMMING)
    play.json("enrol", "xa", key["file"], "--fingerprint", key["fingerprint"])
    play.json("supply", "so", "--pack", NEW.id, "--pack", "nq28", "--out", "cap.bdc", password=SUMMING)
    play.json("take-supply", "xa", "cap.bdc", "--preview")
    play.json("take-supply", "xa", "cap.bdc", "--follow")
    play.json("programmes", "xa")


def _keeping(play: Play) -> None:
    play.json(
        "backup", "xa", "--out", "xa.sbdbackup", "--person", "Nguyễn Thị Lan", "--password-file", "mk.txt", password=""
    )
    play.json("restore", "xa.sbdbackup", "lai")


def _whole(play: Play) -> None:
    """`demo` would take a dozen seconds: `test_demo` plays it whole, here it leaves a folder with other things alone."""
    play.json("demo", "goi", code=1)
    play.json("demo", "goi", "--tree", code=1)
    play.json("selftest")


def test_every_verb_option_and_value_that_the_pages_tell_is_called(calls):
    """| `report SỔ --period K --format pdf\\|docx …` | → report, report --period, report --format docx, …"""
    told = {one for usage in USAGES for one in usage.said}
    told |= {one for page in PAGES for one in told_elsewhere(page.read_text("utf-8"), VERBS)}
    told |= {(option,) for option in options_told(SAID)}
    called = {one for call in calls for one in call.said}
    assert len(told) > 120
    assert sorted(told - called - {("--data",)}) == []


def test_answers_have_the_keys_that_the_page_tells(calls):
    """| `undo SỔ ĐỢT` | … | `{"batch","undone"}` | → {"batch": "…", "undone": 1}"""
    answers = [(verb, call.value.keys()) for call in calls for verb in VERBS if (verb,) in call.said]
    wrong = [u for u in USAGES if not any(u.verb == verb and u.keys <= keys for verb, keys in answers)]
    assert [(usage.words, sorted(usage.keys)) for usage in wrong if usage.verb != "demo"] == []


def test_what_a_verb_takes_stands_in_the_page():
    """Each verb of the program has its line, each of its options is told there or, where many verbs have it, below."""
    told = {one for usage in USAGES for one in usage.said} | {(option,) for option in options_told(SAID)}
    taken = {
        (verb, *one) for verb, parser in parsers().items() for one in [(), *((name,) for name in long_options(parser))]
    }
    assert set(DONE) == {verb for verb, *_ in taken} == VERBS
    assert sorted(one for one in taken if one not in told and one[1:] not in told) == []


def long_options(parser: argparse.ArgumentParser) -> set[str]:
    return {name for action in parser._actions for name in action.option_strings if name.startswith("--")} - {"--help"}


def test_the_window_opens_with_the_options_that_the_page_tells(stage):
    """`./run --data so --debug`: painted, with not one warning of Qt."""
    command = [sys.executable, "-m", "benchmarks.first_paint", "program", "--data", str(stage / "so"), "--debug"]
    surroundings = processes.environment()
    done = subprocess.run(command, cwd=processes.ROOT, env=surroundings, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.decode().strip()) == (0, "painted"), done.stderr.decode()
