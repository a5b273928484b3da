"""What is different between two packs, in the words of their fields: before a release, and before a supply file is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.programmes.pack_outline import Block, FieldKind, Outline, PackPart

_OF_ITSELF = ("programme/programme.id", "programme/programme.version")  # differ in every copy


@dataclass(frozen=True, slots=True)
class PackChange:
    """One field, or a whole block that is new or gone. `old` and `new` are words, empty for what is not there."""

    part: str
    field: str
    where: str
    old: str
    new: str


def changes(before: Outline, after: Outline) -> tuple[PackChange, ...]:
    """In printed order; what is gone comes last."""
    found = [change for part in after.parts for change in _of_part(before, after, part)]
    gone = [
        PackChange("", block.id, _place(part, block), _summary(before, block), "")
        for part in before.parts
        for block in part.blocks
        if block.id not in after.blocks
    ]
    return (*found, *gone)


def _of_part(before: Outline, after: Outline, part: PackPart) -> Iterator[PackChange]:
    for block in part.blocks:
        if block.id not in before.blocks:
            yield PackChange(part.id, block.id, _place(part, block), "", _summary(after, block))
            continue
        for field in block.fields:
            old = before.fields.get(field.id)
            if field.id not in _OF_ITSELF and (old is None or old.value != field.value):
                was = before.words(old) if old else ""
                yield PackChange(
                    part.id, field.id, f"{_place(part, block)} › {field.spec.title}", was, after.words(field)
                )
        for id in (f.id for f in before.blocks[block.id].fields if f.id not in after.fields):
            old = before.fields[id]
            yield PackChange(part.id, id, f"{_place(part, block)} › {old.spec.title}", before.words(old), "")


def _place(part: PackPart, block: Block) -> str:
    return f"{part.title} › {block.title}" if block.title else part.title


def _summary(outline: Outline, block: Block) -> str:
    typed = (field for field in block.fields if field.spec.kind is not FieldKind.YES)
    said = (outline.words(field) for field in typed if field.spec.kind is not FieldKind.FIXED)
    return " · ".join(filter(None, said)) or "có"
