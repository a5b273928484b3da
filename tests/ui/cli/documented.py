"""What the pages say of the command line, read from the pages themselves: verbs, options, values, keys of answers."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ui.cli import parsing

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/command-line.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OF_THE_DOOR = {
    "test",
    "build",
    "bench",
    "pictures",
    "rig",
    "coverage",
    "oldest",
}  # words of `run` itself, for developers
_SPAN = re.compile(r"`([^`\n]*[^`\s][^`\n]*)`")
_OPTION = re.compile(r"(--[a-z][a-z-]*)(?: ([a-z]+(?:\\?\|[a-z]+)*)(?![\w.]))?")
_COMMAND = re.compile(r"(?:\./run|so-binh-dang) ((?:--)?[a-z][a-z-]*[^`\n#]*)")
_VERB = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True)
class Usage:
    """One line of the table: `report SỔ --period K --format pdf\\|docx\\|xlsx …`, and the keys of its answer."""

    verb: str
    words: str
    keys: frozenset[str]

    @property
    def said(self) -> set[tuple[str, ...]]:
        """(verb,), (verb, option) and (verb, option, value) for each value that is told."""
        return {(self.verb,), *((self.verb, *said) for said in options(self.words))}


def usages(page: str) -> list[Usage]:
    """Every way to call a verb that the table of verbs has."""
    return [usage for line in page.splitlines() if line.startswith("| `") for usage in _line(line)]


def _line(line: str) -> Iterator[Usage]:
    ways, _, answers = re.split(r"(?<!\\)\|", line)[1:4]
    keys = [frozenset(top_keys(span)) for span in _SPAN.findall(answers) if span.startswith("{")]
    spans = [span for span in _SPAN.findall(ways) if _VERB.fullmatch(span.split()[0])]
    for at, span in enumerate(spans):
        yield Usage(span.split()[0], span, keys[at] if len(keys) == len(spans) else frozenset().union(*keys[:1]))


def options(words: str) -> Iterator[tuple[str, ...]]:
    """`--format pdf\\|docx` → (--format,), (--format, pdf), (--format, docx)."""
    for option, values in _OPTION.findall(words):
        yield (option,)
        if "|" in values or (option == "--basis" and values):
            yield from ((option, value) for value in re.split(r"\\?\|", values))


def top_keys(answer: str) -> list[str]:
    """`{"file","seals":[{"keyid"}]}` → file, seals."""
    depth, keys, at = 0, [], 0
    for part in re.finditer(r'[{\[]|[}\]]|"(\w+)"', answer):
        at = part.start()
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(answer[at], 0)
        if part[1] and depth == 1:
            keys.append(part[1])
    return keys


def told_elsewhere(text: str, verbs: set[str]) -> set[tuple[str, ...]]:
    """What a page says outside the table: `./run verb …`, and code that begins with a verb: `seal … --again`."""
    prose = [line for line in text.splitlines() if not line.startswith(("| `", "```"))]
    commands = [words for words in _COMMAND.findall(text) if words.split()[0] not in OF_THE_DOOR]
    commands += [span for line in prose for span in _SPAN.findall(line) if span.split()[0] in verbs and "--" in span]
    commands += [line for line in prose if line.startswith("    ") and line.split()[:1] and line.split()[0] in verbs]
    said: set[tuple[str, ...]] = set()
    for words in commands:
        verb = words.split()[0]
        said |= {(verb,)} if not verb.startswith("--") else set()
        said |= {(*((verb,) if not verb.startswith("--") else ()), *one) for one in options(words)}
    return said


def options_told(text: str) -> set[str]:
    """Every option that the page names, wherever."""
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The words that the program understands, by verb."""
    (choices,) = (one.choices for one in parsing._parser()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(choices)
