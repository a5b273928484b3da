"""Groups (cụm) by the command line: two groups of two communes each forward what they received, the province counts each once.

46 Huế   CUM1: 19804, 19815   CUM2: 19819, 19828 (silent)
"""

from __future__ import annotations

import pytest

from .conftest import NEWS, write_import

Q4 = ("--programme", "nq28_hue", "--period", "2025-Q4")
GROUPS = {"CUM1": ("19804", "19815"), "CUM2": ("19819", "19828")}


def group(code: str) -> tuple[str, ...]:
    members = ",".join(GROUPS[code])
    return ("--unit-name", f"Cụm thi đua {code}", "--unit-kind", "group", "--parent", "46", "--members", members)


@pytest.fixture
def tree(cli):
    """Groups know the keys of their members, the province those of the groups."""
    assert cli("init", "46", "--unit", "46", "--person", "Người tỉnh", "--collates", "--json").code == 0
    for code, members in GROUPS.items():
        assert cli("unit-add", "46", "--unit", code, *group(code), "--json").code == 0
        answer = cli("init", code, "--unit", code, *group(code), "--person", f"Người {code}", "--collates", "--json")
        assert answer.code == 0, answer
        for member in members:
            assert cli("init", member, "--unit", member, "--person", f"Người {member}", "--json").code == 0
    for above, below in {"46": GROUPS, **GROUPS}.items():
        for code in below:
            key = cli("enrol-request", code, "--out", "khoa", "--json").value
            assert cli("enrol", above, key["file"], "--fingerprint", key["fingerprint"], "--json").code == 0
    return cli


def sealed(cli, folder: str, items: int, tmp_path) -> str:
    assert cli("import", folder, write_import(tmp_path / f"{folder}.json", news=NEWS[:items]), "--json").code == 0
    reasons = [{"check": "enough_news", "reason": "kỳ thử"}] if items < 4 else []
    write_import(tmp_path / f"{folder}.json", news=NEWS[:items], explanations=reasons)
    assert cli("import", folder, tmp_path / f"{folder}.json", "--json").code == 0
    answer = cli("seal", folder, *Q4, "--out", "goi", "--json")
    assert answer.code == 0, answer
    return answer.value["file"]


def test_two_groups_forward_and_the_province_counts_each_commune_once(tree, tmp_path):
    cli = tree
    packages = {code: sealed(cli, code, items, tmp_path) for code, items in (("19804", 4), ("19815", 3), ("19819", 2))}
    status = cli("status", "CUM1", *Q4, "--json").value
    assert (status["expected"], status["missing"]) == (2, ["19804", "19815"])
    (stray,) = cli("merge", "CUM1", packages["19819"], "--json").value["files"]
    assert stray["class"] == "refused"
    for code, members in GROUPS.items():
        sent = [packages[member] for member in members if member in packages]
        assert {one["class"] for one in cli("merge", code, *sent, "--json").value["files"]} == {"new"}
        bundle = cli("forward", code, *Q4, "--out", "len", "--json").value
        assert (bundle["originals"], bundle["missing"]) == (len(sent), [one for one in members if one not in packages])
    lines = cli("merge", "46", "len", "--json").value["files"]
    assert {one["class"] for one in lines} == {"new"}, lines
    found = {one["cell"]: one for one in cli("table", "46", *Q4, "--json").value["cells"]}
    assert (found["news_counted"]["amount"], found["news_counted"]["reported"]) == ("9", 3)
    whole = cli("status", "46", *Q4, "--json").value
    assert (whole["expected"], whole["received"]) == (40, 3)
    groups = {one["unit"]: one for one in whole["tree"]["children"] if one["unit"] in GROUPS}
    assert {code: (one["expected"], one["received"]) for code, one in groups.items()} == {
        "CUM1": (2, 2),
        "CUM2": (2, 1),
    }
    assert {one["class"] for one in cli("merge", "46", *packages.values(), "--json").value["files"]} == {"same"}


def test_a_department_compiles_its_province(cli, tmp_path):
    """Sở Nội vụ keeps the books of Huế: 40 communes and the other sở are expected of it, itself not."""
    made = ("--unit-name", "Sở Nội vụ", "--unit-kind", "agency", "--parent", "46")
    assert cli("init", "snv", "--unit", "46-SNV", *made, "--person", "Người sở", "--collates", "--json").code == 0
    assert cli("unit-add", "snv", "--unit", "46-SYT", "--unit-name", "Sở Y tế", *made[2:], "--json").code == 0
    assert cli("init", "19804", "--unit", "19804", "--person", "Người xã", "--json").code == 0
    key = cli("enrol-request", "19804", "--out", "khoa", "--json").value
    assert cli("enrol", "snv", key["file"], "--fingerprint", key["fingerprint"], "--json").code == 0
    package = sealed(cli, "19804", 4, tmp_path)
    assert [one["class"] for one in cli("merge", "snv", package, "--json").value["files"]] == ["new"]
    found = {one["cell"]: one for one in cli("table", "snv", *Q4, "--json").value["cells"]}
    assert (found["news_counted"]["amount"], found["news_counted"]["reported"], found["news_counted"]["expected"]) == (
        "4",
        1,
        40,
    )
    year = cli("status", "snv", "--programme", "nq28_hue", "--period", "2025", "--json").value
    assert "46-SYT" in year["missing"]
    assert "46-SNV" not in year["missing"]
    assert cli("report", "snv", *Q4, "--format", "pdf", "--out", "bc.pdf", "--json").code == 0


def test_a_group_gathers_only_units_of_its_province(cli):
    assert cli("init", "46", "--unit", "46", "--person", "Người tỉnh", "--collates", "--json").code == 0
    stray = ("--unit-name", "Cụm lạ", "--unit-kind", "group", "--parent", "46", "--members", "00004")
    assert cli("unit-add", "46", "--unit", "CUM9", *stray, "--json").refusal in ("UNIT_MEMBER", "UNIT_UNKNOWN")


def test_an_agency_of_past_years_is_added_with_its_last_day(cli):
    """Sở Lao động … of 2022–2024: the province of the catalogue ends too, so the unit says until when it was."""
    assert cli("init", "46", "--unit", "46", "--on", "2024-12-31", "--person", "A", "--collates", "--json").code == 0
    old = ("--unit-name", "Sở Lao động - Thương binh và Xã hội", "--unit-kind", "agency", "--parent", "46")
    days = ("--unit-from", "2022-01-01", "--unit-to", "2025-02-28")
    assert cli("unit-add", "46", "--unit", "46-SLD", *old, *days, "--json").code == 0
    assert (
        cli("init", "sld", "--unit", "46-SLD", *old, *days, "--on", "2024-12-31", "--person", "B", "--json").code == 0
    )
    year = ("--programme", "nq28_hue", "--period", "2024")
    assert "46-SLD" in cli("status", "46", *year, "--json").value["missing"]
    after = ("--programme", "nq28_hue", "--period", "2025")
    assert "46-SLD" not in cli("status", "46", *after, "--json").value["missing"]
