"""Whether two names are of one agency: "Sở KH&ĐT", "Sở Kế hoạch & Đầu tư tỉnh Hà Tĩnh", "Sở Kế hoạch và Đầu tư" are.

Only what stands in the table is an abbreviation. What a name leaves out of another ("Sở Lao động") makes it another agency:
such a unit is told that the plan does not name it, and is chosen from a list.
"""

from __future__ import annotations

import re
from functools import lru_cache

from forms.model.text import fold, nfc

# "Sở Y tế thành phố Huế" is the plan's "Sở Y tế", "Công an thành phố Huế" its "Công an tỉnh"
_OF = re.compile(r"[\s,–-]+(?:tỉnh|thành phố|t\.?p\.?)(?:\s.*)?$", re.IGNORECASE)
_QUALIFIED = re.compile(r"\s*\([^)]*\)\s*$")  # "(trợ giúp xã hội)": for what, where one agency's duties were divided
_SIGNS = re.compile(r"[^0-9a-z]+")
_JOINING = re.compile(r"\b(?:va|viet nam)\b")  # "và", and whose country it is: no two agencies differ in it

# As written in letters and on seals, without marks; "LĐ-TB&XH" and "LĐTBXH" are the same letters.
ABBREVIATIONS = {
    "ldtbxh": "lao động thương binh xã hội",
    "khdt": "kế hoạch đầu tư",
    "gddt": "giáo dục đào tạo",
    "tttt": "thông tin truyền thông",
    "vhttdl": "văn hóa thể thao du lịch",
    "vhtt": "văn hóa thể thao",
    "tnmt": "tài nguyên môi trường",
    "nnptnt": "nông nghiệp phát triển nông thôn",
    "nnmt": "nông nghiệp môi trường",
    "khcn": "khoa học công nghệ",
    "gtvt": "giao thông vận tải",
    "dttg": "dân tộc tôn giáo",
    "ptth": "phát thanh truyền hình",
    "lhpn": "liên hiệp phụ nữ",
    "lhhpn": "liên hiệp phụ nữ",
    "mttq": "mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc",
    "ub": "ủy ban",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubmttqvn": "ủy ban mặt trận tổ quốc",
    "ubnd": "ủy ban nhân dân",
    "hdnd": "hội đồng nhân dân",
    "ldld": "liên đoàn lao động",
    "vstbpn": "vì sự tiến bộ của phụ nữ",
    "vstbcpn": "vì sự tiến bộ của phụ nữ",
    "csxh": "chính sách xã hội",
    "nhcsxh": "ngân hàng chính sách xã hội",
}
# Names that are used for one another as they stand, whole.
SAME = {
    "hội phụ nữ": "hội liên hiệp phụ nữ",
    "mặt trận tổ quốc": "ủy ban mặt trận tổ quốc",
    "ban thường trực ủy ban mặt trận tổ quốc": "ủy ban mặt trận tổ quốc",
}


@lru_cache(maxsize=4096)
def same_name(name: str) -> str:
    """What two names of one agency have in common: without the place that it is of and for what, abbreviations written out."""
    bare = _SIGNS.sub(" ", fold(_OF.sub("", _QUALIFIED.sub("", nfc(name).strip()))))
    written = _LETTERS.sub(_written_out, " ".join(_JOINING.sub(" ", bare).split()))
    return _SAME.get(written, written)


def bears(name: str, title: str) -> bool:
    """Whether a unit of this name is the one that the plan calls so, whatever duties of it are meant."""
    return same_name(name) == same_name(title)


def _spaced(letters: str) -> str:
    """LĐTBXH, LĐ TBXH, LĐ TB XH."""
    return " ?".join(letters)


def _written_out(found: re.Match[str]) -> str:
    return _WORDS[found[0].replace(" ", "")]


_WORDS = {short: fold(words) for short, words in ABBREVIATIONS.items()}
_LETTERS = re.compile(rf"\b(?:{'|'.join(map(_spaced, sorted(_WORDS, key=len, reverse=True)))})\b")
_SAME = {fold(one): fold(other) for one, other in SAME.items()}
