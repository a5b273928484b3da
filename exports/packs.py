"""Definition files edited in place: tomlkit keeps the comments and the layout, so that a copy still reads like the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.items import AoT, Comment, Item, Key, Table, Whitespace

from forms.programmes.pack import PackEdit, Path, Scalar, Value

_Body = list[tuple[Key | None, Item]]


class PackEditor:
    """Implements forms.programmes.pack.EditPack. Remembers the file it made last: a field is changed after the other, and reading
    a long file takes a fifth of a second."""

    def __init__(self) -> None:
        self._made: dict[bytes, tomlkit.TOMLDocument] = {}

    def __call__(self, files: Mapping[str, bytes], edits: Sequence[PackEdit]) -> dict[str, bytes]:
        """The files after these edits, one after the other."""
        made = dict(files)
        for file in dict.fromkeys(edit.file for edit in edits):
            document = self._made.pop(made[file], None) or tomlkit.parse(made[file].decode())
            for edit in edits:
                if edit.file == file:
                    _apply(document, edit.path, edit.value)
            made[file] = tomlkit.dumps(document).encode()
            self._made = {made[file]: document}
        return made


def _apply(document: tomlkit.TOMLDocument, path: Path, value: Value | None) -> None:
    """One edit. What it changes need not be there; what stands around that must."""
    *above, last = path
    if isinstance(last, str):
        around = _at(document, above)
        if value is None:
            around.pop(last, None)
        elif last in around:
            around[last] = _item(value)
        else:
            _put(around, last, value)
        return
    *above, name = above
    around = _at(document, above)
    if isinstance(value, dict):
        _add(around, str(name), value)
    else:
        _drop(around, str(name), last)


def _at(document: tomlkit.TOMLDocument, path: Sequence[str | int]) -> Any:
    found: Any = document
    for step in path:
        found = found[step]
    return found


def _item(value: Value) -> Item:
    if isinstance(value, str) and "\n" in value and not value.startswith("\n"):  # after """ that one would be lost
        return tomlkit.string(value, multiline=True)
    return tomlkit.item(value)


def _put(table: Any, key: str, value: Value) -> None:
    """A key that was not there, laid out as the others."""
    named = [(name, item) for name, item in _body(table) if name is not None and not isinstance(item, Table | AoT)]
    item = _item(value)
    width = 0
    for name, like in named:
        item.trivia.indent = like.trivia.indent
        width = max(width, len(name.as_string()) + len(name.sep) - len(name.sep.lstrip()) - 1)
    _container(table).append(_key(key, width), item)
    dict.__setitem__(table, key, item)  # Table.append does this too, but trips over a key with a layout of its own


def _key(name: str, width: int) -> Key:
    key = tomlkit.key(name)
    key.sep = " " * (max(width, len(name)) - len(name)) + " = "
    return key


def _add(around: Any, name: str, value: Mapping[str, Scalar | list[str]]) -> None:
    """A table after the last one of that name, laid out as that; what parts the list from what follows goes behind it."""
    there = around.get(name)
    before = there[-1] if there else around
    table = tomlkit.table()
    for key, one in value.items():
        table.append(_key(key, max(map(len, value))), tomlkit.item(one))
    if isinstance(before, Table):
        table.indent(len(before.trivia.indent.strip("\n")) + (0 if there else 4))
        for nameless, item in _take_tail(_body(before)):
            table.value.append(nameless, item)
        _body(before).append((None, tomlkit.ws("\n")))
    else:
        table.trivia.indent = "\n"
    if not there:
        around.append(name, tomlkit.aot())
    around[name].append(table)


def _drop(around: Any, name: str, at: int) -> None:
    """Without that table; what stood behind it stays."""
    tables = around[name]
    behind = _take_tail(_body(tables[at]))
    if len(tables) == 1:
        around.remove(name)
        return
    if at:
        _take_tail(_body(tables[at - 1]))
        _body(tables[at - 1]).extend(behind)
    del tables[at]


def _take_tail(body: _Body) -> _Body:
    """The blank lines and comments at the end of a table, which speak of what follows it."""
    size = len(body)
    while size and body[size - 1][0] is None and isinstance(body[size - 1][1], Whitespace | Comment):
        size -= 1
    tail = body[size:]
    del body[size:]
    return tail


def _body(table: Any) -> _Body:
    return _container(table).body


def _container(table: Any) -> Container:
    """What holds the keys of a table, or of the whole file."""
    found: Container = table.value if isinstance(table, Table) else table
    return found
