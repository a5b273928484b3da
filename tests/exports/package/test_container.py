from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from exports.package.container import MIMETYPE, build, members_of
from tests.exports.package.parts import package

content = st.binary(max_size=200)


@given(content, content, st.lists(content, max_size=5), content)
def test_what_is_packed_comes_out(manifest: bytes, payload: bytes, attached: list[bytes], seals: bytes) -> None:
    members = {"mimetype": MIMETYPE, "manifest.json": manifest, "payload.json": payload}
    members |= {f"attachments/{number:03d}.bin": file for number, file in enumerate(attached, 1)}
    members["signatures.json"] = seals
    assert members_of(build(members)) == members


def test_ordinary_tools_can_open_it() -> None:
    """
    mimetype         application/vnd.sobinhdang.package+zip
    manifest.json    stored, 1980-01-01, -rw-r--r--
    payload.json
    signatures.json
    """
    with zipfile.ZipFile(io.BytesIO(package())) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["mimetype", "manifest.json", "payload.json", "signatures.json"]
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}


def test_its_kind_shows_in_the_first_bytes() -> None:
    assert package()[30:].startswith(b"mimetypeapplication/vnd.sobinhdang.package+zip")
