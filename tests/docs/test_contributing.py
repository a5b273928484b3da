"""What CONTRIBUTING.md and the guess test tell a newcomer is true of this tree."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.sources import ROOT

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
GUESSES = (ROOT / "docs" / "guess-test.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```diff\n(.*?)^```", CONTRIBUTING, re.MULTILINE | re.DOTALL)
SUBJECTS = re.findall(r"^## (A .+) is added$", CONTRIBUTING, re.MULTILINE)


def test_a_programme_a_screen_a_verb_and_a_check_have_an_example_each():
    assert SUBJECTS == ["A programme", "A screen", "A verb", "A check"]
    assert len(EXAMPLES) == len(SUBJECTS)


@pytest.mark.skipif(not shutil.which("git"), reason="git applies them")
@pytest.mark.parametrize("example", EXAMPLES, ids=SUBJECTS)
def test_each_example_applies_to_this_tree(example):
    """Lines may have moved; what stands around the change may not."""
    done = subprocess.run(
        ["git", "apply", "--check", "-"], cwd=ROOT, input=example, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", "docs/guess-test.md"])
def test_the_paths_that_a_page_names_are_there(page):
    """`forms/summary/verdict.py`; an example's own new files and patterns with <…> or * aside."""
    text = re.sub(r"^```diff\n.*?^```", "", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    named = re.findall(r"`((?:forms|storage|exports|ui|tests|docs|resources|benchmarks)/[\w./-]+)`", text)
    assert len(named) > 5
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_there_are_24_questions_and_each_has_one_answer():
    questions, _, answers = GUESSES.partition("## Answers")
    asked = re.findall(r"^(\d+)\. Where .+\?$", questions, re.MULTILINE)
    told = re.findall(r"^(\d+)\. `[^`]+`$", answers, re.MULTILINE)
    assert asked == told == [str(number) for number in range(1, 25)]
