"""hand-over, approve, take-back: two people, two passwords, one package."""

from __future__ import annotations

import pytest

from tests.ui.cli.conftest import HEAD, NEWS, PREPARER, make_commune, refused, write_import

PERIOD = ("--period", "2025-Q4", "--json")
BY_HEAD = {"password": HEAD}


@pytest.fixture
def xa(cli, tmp_path):
    """A commune whose quarter is filled."""
    make_commune(cli, "xa")
    write_import(tmp_path / "q4.json")
    assert cli("import", "xa", "q4.json").code == 0
    return cli


def test_it_is_handed_over_approved_and_written_out(xa, tmp_path):
    over = xa("hand-over", "xa", *PERIOD).value
    assert (over["state"], over["revision"], over["head"]["name"]) == ("checked", 1, "Trần Văn Hùng")
    assert {"kind": "cell", "where": "news_counted"}.items() <= over["changes"][0].items()
    sealed = xa("approve", "xa", *PERIOD, "--out", "goi", **BY_HEAD).value
    assert sealed["revision"] == 1
    (verified,) = xa("verify", sealed["file"], "--json").value["files"]
    assert (verified["ok"], verified["digest"]) == (True, sealed["digest"])
    assert len(verified["seals"]) == 2
    assert xa("seal", "xa", *PERIOD, "--out", "lai", "--again").value["digest"] == sealed["digest"]
    assert next((tmp_path / "lai").iterdir()).read_bytes() == next((tmp_path / "goi").iterdir()).read_bytes()


def test_while_it_waits_nothing_is_changed_or_sealed(xa):
    xa("hand-over", "xa", *PERIOD)
    refused(xa("import", "xa", "q4.json", "--json"), "REPORT_CHECKED")
    refused(xa("seal", "xa", *PERIOD, "--out", "goi"), "REPORT_CHECKED")
    refused(xa("hand-over", "xa", *PERIOD), "REPORT_CHECKED")


def test_the_head_gives_it_back_with_a_remark_and_it_is_put_right(xa, tmp_path):
    xa("hand-over", "xa", *PERIOD)
    back = xa("take-back", "xa", *PERIOD, "--remark", "Thiếu tin tháng 12", **BY_HEAD).value
    assert back == {"state": "draft", "revision": 1, "remark": "Thiếu tin tháng 12"}
    write_import(tmp_path / "q4.json", news=[*NEWS, {**NEWS[0], "date": "2025-12-05", "title": "Tin tháng 12"}])
    assert xa("import", "xa", "q4.json").code == 0
    assert xa("hand-over", "xa", *PERIOD).value["state"] == "checked"
    assert xa("take-back", "xa", *PERIOD).value["remark"] == ""


def test_of_a_correction_only_what_differs_is_told(xa, tmp_path):
    xa("hand-over", "xa", *PERIOD)
    xa("approve", "xa", *PERIOD, "--out", "goi", **BY_HEAD)
    write_import(tmp_path / "q4.json", news=[*NEWS[:3], {**NEWS[3], "airings": 2}])
    xa("import", "xa", "q4.json", "--correct")
    over = xa("hand-over", "xa", *PERIOD, "--reason", "Phát lại một tin").value
    assert over["revision"] == 2
    told = {(one["kind"], one["old"], one["new"]) for one in over["changes"]}
    assert told == {("cell", "4", "5"), ("news", "24/10/2025, 1 lượt, được tính", "24/10/2025, 2 lượt, được tính")}


@pytest.mark.parametrize(
    ("words", "password", "code"),
    [
        (("hand-over", "xa", *PERIOD), HEAD, "SEALS_INCOMPLETE"),
        (("hand-over", "xa", *PERIOD, "--head", "Người Lạ"), PREPARER, "HEAD_UNCLEAR"),
        (("approve", "xa", *PERIOD, "--out", "goi"), HEAD, "NOT_HANDED_OVER"),
        (("take-back", "xa", *PERIOD), PREPARER, "NOT_HANDED_OVER"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_each_act_is_of_who_may_do_it_and_at_its_time(xa, words, password, code):
    refused(xa(*words, password=password), code)


def test_the_preparer_does_not_approve(xa):
    xa("hand-over", "xa", *PERIOD)
    refused(xa("approve", "xa", *PERIOD, "--out", "goi"), "HEAD_OTHER")


def test_what_is_not_whole_is_not_handed_over(xa, tmp_path):
    write_import(tmp_path / "q4.json", news=NEWS[:2])
    xa("import", "xa", "q4.json")
    refused(xa("hand-over", "xa", *PERIOD), "CHECKS_FAILED")


def test_an_office_of_one_has_nobody_to_hand_over_to(cli):
    assert cli("init", "mot", "--unit", "19804", "--person", "Lan").code == 0
    refused(cli("hand-over", "mot", *PERIOD), "HEAD_UNCLEAR")
