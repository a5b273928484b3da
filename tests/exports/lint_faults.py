"""Faults planted in finished files: a PDF drawn by spoilt styles, a Word file with a spoilt node."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable


def edited(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The Word file as a hand would leave it. The change must change something."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            content = given.read(name)
            if name == part:
                before = content.decode()
                after = change(before)
                assert after != before
                content = after.encode()
            kept.writestr(name, content)
    return made.getvalue()


def in_style(name: str, old: str, new: str) -> Callable[[str], str]:
    """Replaces something in the definition of one style."""

    def change(text: str) -> str:
        begin = text.index(f'<w:name w:val="{name}"/>')
        end = text.index("</w:style>", begin)
        return text[:begin] + text[begin:end].replace(old, new) + text[end:]

    return change
