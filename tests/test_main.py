"""The program as a process: what it loads, what it prints, how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import FROM_ROOT, LONGEST, ROOT, environment

GOLDEN = ROOT / "tests" / "golden" / "packages" / "report-v1.bdg"


def ran(*words: object, before: str = "", **more: str) -> subprocess.CompletedProcess:
    """main.py with these words in a process of its own; `before` runs first in it."""
    start = f"{FROM_ROOT}; {before}\nfrom main import main\nsys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", start, *map(str, words)],
        capture_output=True,
        env=environment({"SBD_PASSWORD": "bốn từ dễ nhớ"} | more),
        timeout=LONGEST,
        check=False,
    )


def test_verify_loads_neither_qt_nor_a_database():
    told = "import atexit; atexit.register(lambda: print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr))"
    done = ran("verify", GOLDEN, "--json", before=told)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.decode().split())
    assert {"exports", "cryptography"} <= loaded
    assert not loaded & {"PySide6", "sqlalchemy", "sqlcipher3", "alembic", "reportlab", "openpyxl", "storage.engine"}


def test_verbs_never_load_qt(tmp_path):
    told = "import atexit; atexit.register(lambda: print('PySide6' in sys.modules, file=sys.stderr))"
    done = ran("init", tmp_path / "so", "--unit", "19804", "--person", "Lan", "--json", before=told)
    assert (done.returncode, done.stderr.split()[-1]) == (0, b"False")


@pytest.mark.parametrize("console", ["ascii", "cp1252"])
def test_vietnamese_comes_out_whole_on_a_console_that_does_not_know_it(console):
    """Windows gives a pipe its old code page, whatever the screen can show."""
    old_fashioned = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": console}
    done = ran("units", "phu xuan hue", **old_fashioned)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Phường Phú Xuân, Thành phố Huế" in done.stdout.decode("utf-8")
    refused = ran("check", "khong-co", "--period", "2025-Q4", **old_fashioned)
    assert refused.returncode == 1
    assert "Không tìm thấy sổ tại khong-co" in refused.stderr.decode("utf-8")


def test_a_mistyped_line_ends_with_2_and_json_when_asked():
    done = ran("seal", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["code"] == "USAGE"
    assert ran("khac").returncode == 2


def test_help_is_there_without_a_ledger():
    done = ran("--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "các việc" in done.stdout.decode()


def test_without_streams_a_verb_still_does_its_work(tmp_path):
    """A build without a console has neither stdout nor stderr."""
    done = ran("init", tmp_path / "so", "--unit", "19804", "--person", "Lan", before="sys.stdout = sys.stderr = None")
    assert done.returncode == 0
    assert (tmp_path / "so" / "ledger.db").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="limits on file sizes are POSIX")
def test_on_a_full_disk_no_ledger_is_half_made(tmp_path):
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))"
    done = ran("init", tmp_path / "so", "--unit", "19804", "--person", "Lan", "--json", before=full)
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "DISK_FULL")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits on file sizes are POSIX")
def test_on_a_full_disk_no_report_is_half_printed(tmp_path):
    assert ran("init", tmp_path / "so", "--unit", "19804", "--person", "Lan").returncode == 0
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (90000, 90000))"
    out = tmp_path / "in" / "bao-cao.pdf"
    done = ran("report", tmp_path / "so", "--period", "2025-Q4", "--format", "pdf", "--out", out, "--json", before=full)
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "DISK_FULL"), done.stdout
    assert list(out.parent.iterdir()) == []


def test_a_reader_that_goes_away_is_no_crash():
    start = f"{FROM_ROOT}; from main import main; sys.exit(main(['units', 'xuan']))"
    with subprocess.Popen(
        [sys.executable, "-c", start], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as child:
        child.stdout.close()
        assert child.wait(60) in (0, 1)
        assert b"Traceback" not in child.stderr.read()


def test_what_stands_behind_the_door_is_loaded_beside_the_sign_in_and_not_before(tmp_path):
    """The door is shown without a database; a tenth of a second later a thread of its own loads one."""
    assert ran("init", tmp_path / "so", "--unit", "19804", "--person", "Lan").returncode == 0
    watched = """
import main, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app, real = QApplication([]), main.get_ready
def ready(program):
    before = 'storage.ledger_store' in sys.modules
    real(program)
    print(before, 'storage.ledger_store' in sys.modules, 'ui.desktop.ledger_view' in sys.modules, threading.current_thread().name)
    QTimer.singleShot(0, app, app.quit)
main.get_ready = ready
"""
    start = f"{FROM_ROOT}; {watched}\nsys.exit(main.main())"
    command = [sys.executable, "-c", start, "--data", str(tmp_path / "so")]
    done = subprocess.run(command, capture_output=True, env=environment(), timeout=LONGEST, check=False)
    assert (done.returncode, done.stdout.split()) == (0, [b"False", b"True", b"True", b"get-ready"]), done.stderr


def test_what_cannot_be_loaded_ahead_is_told_to_who_opens_the_ledger_and_not_before(monkeypatch):
    import main

    monkeypatch.setattr(main, "_BEHIND_THE_DOOR", ("storage.no_such_part",))
    main.get_ready(main.MainApplication())


@pytest.fixture
def elsewhere(tmp_path) -> Path:
    """The program in a folder whose name means something to style sheets, addresses and patterns."""
    name = "Sổ Bình Đẳng '{(%41;#&]@ink" + ("" if os.name == "nt" else '"\\<b>*')
    folder = tmp_path / name
    for part in ("forms", "storage", "exports", "ui", "resources"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "main.py", folder)
    return folder


def selftest_of(folder: Path) -> tuple[int, dict]:
    command = [sys.executable, str(folder / "main.py"), "selftest", "--json"]
    # Ledgers, packages and backups lie there too; but lxml, to which openpyxl gives a file, takes %41 in a path for an A.
    place = folder.with_name(folder.name.replace("%41", ""))
    place.mkdir()
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = kept | dict.fromkeys(("TMPDIR", "TEMP"), str(place))
    done = subprocess.run(command, capture_output=True, timeout=300, check=False, env=environment, cwd=folder)
    return done.returncode, json.loads(done.stdout)


@pytest.mark.slow
def test_every_part_passes_its_selftest_in_a_folder_with_any_name(elsewhere):
    code, told = selftest_of(elsewhere)
    assert (code, told["ok"]) == (0, True), told
    assert [part["part"] for part in told["parts"]][-1] == "Cửa sổ"


@pytest.mark.slow
def test_the_selftest_tells_of_a_style_that_does_not_parse(elsewhere):
    """What else can be wrong with the look: tests/ui/desktop/test_theme.py."""
    with (elsewhere / "resources" / "style" / "window.qss").open("a", encoding="utf-8") as sheet:
        sheet.write("QLabel {{")
    code, told = selftest_of(elsewhere)
    wrong = {part["part"]: part["said"] for part in told["parts"] if not part["ok"]}
    sentence = "Kiểu dáng của cửa sổ bị hỏng: không đọc được window.qss. Cài lại phần mềm. (STYLE_BROKEN)"
    assert (code, wrong) == (1, {"Cửa sổ": sentence})
