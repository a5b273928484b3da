"""A disk that keeps what was synced and may lose, tear or reorder everything else when the power goes.

It is fed the calls that benchmarks/syscalls.py recorded, and says what may stand on it at any moment afterwards:

* a file's bytes are safe once the file was synced after they were written; later writes are kept or lost piece by piece (512 or
  4 096 bytes), each for itself, so that older and newer pieces stand beside each other; a new piece that was lost reads as zeros;
* a name (made, renamed, removed) is safe once its folder was synced. `strict`: until then each for itself, as POSIX allows; else
  in order, and any sync makes all earlier names safe, as a journalling file system does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from random import Random

from benchmarks.syscalls import Event, Linked, Made, Removed, Renamed, Resized, Said, Synced, Written

Content = Mapping[str, bytes | None]  # path from the root → bytes; None for a folder
_PIECES = (512, 4096)
_LUCK = (0.0, 0.1, 0.5, 0.9, 1.0)  # how much of what was not synced got through


def content_of(root: Path) -> dict[str, bytes | None]:
    """What stands in a folder, links aside."""
    found: dict[str, bytes | None] = {}
    for path in sorted(root.rglob("*")):
        found[path.relative_to(root).as_posix()] = None if path.is_dir() else path.read_bytes()
    return found


def put(content: Content, root: Path) -> None:
    """Into an empty folder."""
    root.mkdir(parents=True, exist_ok=True)
    for path, data in content.items():
        place = root / path
        if data is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


@dataclass
class _Node:
    """A file with its safe bytes and what was done to it since; or a folder, whose names the disk keeps."""

    is_folder: bool
    safe: bytes = b""
    since: list[Written | Resized] = field(default_factory=list)


@dataclass(frozen=True)
class _Naming:
    """A change of names: `node` is gone from `old` and there at `new` (a folder and a name each)."""

    node: int
    old: tuple[int, str] | None
    new: tuple[int, str] | None

    @property
    def folder(self) -> int:
        """Whose sync makes it safe."""
        place = self.new or self.old
        assert place is not None
        return place[0]

    def apply(self, names: dict[int, dict[str, int]]) -> None:
        if self.old and names[self.old[0]].get(self.old[1]) == self.node:
            del names[self.old[0]][self.old[1]]
        if self.new:
            names[self.new[0]][self.new[1]] = self.node


class Disk:
    """Holds `content`, all of it safe, and is told what happens then."""

    def __init__(self, content: Content, *, strict: bool) -> None:
        self._strict = strict
        self._nodes = [_Node(is_folder=True)]
        self._live: dict[int, dict[str, int]] = {0: {}}
        self._safe: dict[int, dict[str, int]] = {0: {}}
        self._since: list[_Naming] = []
        for path, data in content.items():
            node = self._new(is_folder=data is None)
            self._nodes[node].safe = data or b""
            self._name(_Naming(node, None, self._place(path)))
        self._since.clear()
        self._safe = {folder: dict(names) for folder, names in self._live.items()}

    def see(self, event: Event) -> None:
        """One thing more has happened."""
        match event:
            case Made(path, is_folder):
                self._name(_Naming(self._new(is_folder=is_folder), None, self._place(path)))
            case Removed(path):
                place = self._place(path)
                self._name(_Naming(self._at(place), place, None))
            case Renamed(old, new):
                place = self._place(old)
                self._name(_Naming(self._at(place), place, self._place(new)))
            case Linked(old, new):
                self._name(_Naming(self._at(self._place(old)), None, self._place(new)))
            case Written(path) | Resized(path):
                self._nodes[self._at(self._place(path))].since.append(event)
            case Synced(path):
                self._sync(0 if path == "" else self._at(self._place(path)))
            case Said():
                pass

    def whole(self) -> dict[str, bytes | None]:
        """What a program sees that goes on reading: everything done."""
        return dict(self._walk(self._live, 0, "", lambda node: _with(node.safe, node.since)))

    def at_worst(self) -> dict[str, bytes | None]:
        """After a cut that lost whatever it might."""
        return dict(self._walk(self._safe, 0, "", lambda node: node.safe))

    def after_cut(self, dice: Random) -> dict[str, bytes | None]:
        """After a cut, as the dice fall."""
        names = {folder: dict(inside) for folder, inside in self._safe.items()}
        if self._strict:
            luck = dice.choice(_LUCK)
            kept = [naming for naming in self._since if dice.random() < luck]
        else:
            kept = self._since[: dice.randint(0, len(self._since))]
        for naming in kept:
            naming.apply(names)
        size, luck = dice.choice(_PIECES), dice.choice(_LUCK)

        def torn(node: _Node) -> bytes:
            return _with(node.safe, list(_survivors(node.since, size, luck, dice)))

        return dict(self._walk(names, 0, "", torn))

    def _walk(
        self, names: dict[int, dict[str, int]], folder: int, above: str, read: object
    ) -> Iterator[tuple[str, bytes | None]]:
        assert callable(read)
        for name, number in sorted(names[folder].items()):
            path, node = f"{above}{name}", self._nodes[number]
            if node.is_folder:
                yield path, None
                yield from self._walk(names, number, f"{path}/", read)
            else:
                yield path, read(node) if node.since else node.safe

    def _new(self, *, is_folder: bool) -> int:
        number = len(self._nodes)
        self._nodes.append(_Node(is_folder))
        if is_folder:
            self._live[number], self._safe[number] = {}, {}
        return number

    def _name(self, naming: _Naming) -> None:
        naming.apply(self._live)
        self._since.append(naming)

    def _place(self, path: str) -> tuple[int, str]:
        *folders, name = PurePosixPath(path).parts
        here = 0
        for folder in folders:
            here = self._live[here][folder]
        return here, name

    def _at(self, place: tuple[int, str]) -> int:
        return self._live[place[0]][place[1]]

    def _sync(self, number: int) -> None:
        node = self._nodes[number]
        node.safe, node.since = _with(node.safe, node.since), []
        left = []
        for naming in self._since:
            if not self._strict or (node.is_folder and naming.folder == number):
                naming.apply(self._safe)
            else:
                left.append(naming)
        self._since = left


def _with(safe: bytes, done: list[Written | Resized]) -> bytes:
    if not done:
        return safe
    content = bytearray(safe)
    for event in done:
        if isinstance(event, Resized):
            del content[event.size :]
            content.extend(bytes(event.size - len(content)))
        else:
            content.extend(bytes(max(0, event.offset - len(content))))
            content[event.offset : event.offset + len(event.data)] = event.data
    return bytes(content)


def _survivors(done: list[Written | Resized], size: int, luck: float, dice: Random) -> Iterator[Written | Resized]:
    """Writes cut at the disk's own borders; what is left of them."""
    for event in done:
        if isinstance(event, Resized):
            if dice.random() < luck:
                yield event
            continue
        start, end = event.offset, event.offset + len(event.data)
        while start < end:
            stop = min(end, start - start % size + size)
            if dice.random() < luck:
                yield Written(event.path, start, event.data[start - event.offset : stop - event.offset])
            start = stop
