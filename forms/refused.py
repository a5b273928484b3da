"""What was typed and not taken. It waits for an answer: until then it is an error of its report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """`label`: what it was typed into, in words; `text` as it was typed; `why` it was not taken. `data` is what a screen
    needs to show it again where the text alone is not enough."""

    label: str
    text: str
    why: str
    data: str = ""
