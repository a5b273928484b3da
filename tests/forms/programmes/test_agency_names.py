"""Which names are one agency's. N1 the ways in which offices write a name · N2 what only begins alike is another · N3 every
agency of every shipped pack is known by each of its own names, by the abbreviations of them, and by no other agency's."""

from __future__ import annotations

import re

import pytest

from forms.model.text import fold
from forms.programmes.agency_names import ABBREVIATIONS, bears, same_name
from forms.programmes.catalogue import load_all

NAMES = sorted(
    {
        title
        for pack in load_all().programmes
        for agency in pack.agencies
        if not agency.kinds
        for title in agency.titles_on(None)
    }
)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Sở Kế hoạch & Đầu tư", "Sở Kế hoạch và Đầu tư"),
        ("Sở KH&ĐT tỉnh Hà Tĩnh", "Sở Kế hoạch và Đầu tư"),
        ("SỞ KHĐT", "Sở Kế hoạch và Đầu tư"),
        ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("Hội LHPN Việt Nam tỉnh", "Hội Liên hiệp Phụ nữ"),
        ("Hội Phụ nữ tỉnh Lạng Sơn", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        ("UBMTTQVN tỉnh", "Ủy ban MTTQ Việt Nam tỉnh và các tổ chức thành viên"),
        ("Ủy ban Mặt trận Tổ quốc tỉnh", "Ủy ban MTTQ Việt Nam"),
        ("UB MTTQ TP. Huế", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở LĐTBXH tỉnh Hưng Yên", "Sở Lao động – Thương binh và Xã hội"),
        ("Sở LĐ, TB và XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở VH,TT&DL", "Sở Văn hoá, Thể thao và Du lịch"),
        ("Sở VH-TT", "Sở Văn hóa và Thể thao"),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở GD&ĐT TP Huế", "Sở Giáo dục và Đào tạo"),
        ("Đài PT-TH tỉnh", "Đài Phát thanh và Truyền hình"),
        ("Ban VSTBPN", "Ban Vì sự tiến bộ của phụ nữ tỉnh"),
        ("Ngân hàng CSXH", "Ngân hàng Chính sách xã hội"),
        ("Sở Nội vụ T.P Huế", "Sở Nội vụ"),
        ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội (trợ giúp xã hội)"),
    ],
)
def test_n1_one_agency_is_written_in_many_ways(written, title):
    assert bears(written, title)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Sở Lao động", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở Văn hóa và Thể thao", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Kế hoạch", "Sở Kế hoạch và Đầu tư"),
        ("Hội Nông dân tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("Công đoàn", "Công an"),
        ("Thống kê", "Cục Thống kê"),
        ("", "Sở Y tế"),
    ],
)
def test_n2_what_a_name_leaves_out_makes_it_another(written, title):
    assert not bears(written, title)


@pytest.mark.parametrize("name", NAMES)
def test_n3_an_agency_of_a_shipped_pack_is_known_however_it_is_written(name):
    """Capitals, "&", long dashes, no marks at all; and with every abbreviation that fits."""
    assert same_name(name)
    for written in (name.upper(), name.replace(" và ", " & "), name.replace("-", "–"), fold(name)):
        assert bears(written, name) or "tỉnh" in name, written  # without marks "tinh" is no word for a place
    for short, words in ABBREVIATIONS.items():
        bare = re.sub(r"\s+(?:và|-|,)\s*|,", " ", name).replace("  ", " ")
        shortened = re.sub(re.escape(words), short.upper(), bare, flags=re.IGNORECASE)
        assert bears(shortened, name), shortened


def test_n3_no_two_agencies_of_a_pack_are_mixed_up():
    """Two that are one in writing are one agency, whose duties a pack divides or which took over another's."""
    known = {same_name(name) for name in NAMES}
    letters = {re.sub(r"[^a-z]", "", fold(name)) for name in NAMES}
    assert len(known) > 30
    assert len(letters) >= len(known)
