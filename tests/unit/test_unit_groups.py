"""Peer groups: who is in them, which one a name means, and ranks within them."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stiscore as sti
from stiscore.errors import UsageError
from stiscore.framework.find import part
from stiscore.framework.peers import find_group, peer_groups, source_of
from stiscore.io.read import interpret_rows
from stiscore.report import jsonout, league
from stiscore.report.framework_json import tree
from stiscore.units import entries
from stiscore.units.groups import Group, groups_of, named
from stiscore.units.registry import find
from stiscore.words import Lang
from tests import made, tables

SIZES = {
    "east": 10,
    "central": 6,
    "west": 12,
    "northeast": 3,
    "jing_jin_ji": 3,
    "yangtze_delta": 4,
    "greater_bay_area": 3,
    "yangtze_belt": 11,
    "yellow_river": 9,
    "oecd": 38,
    "eu27": 27,
    "g20": 19,
    "brics": 11,
    "wb_east_asia_pacific": 38,
    "wb_europe_central_asia": 58,
    "wb_latin_america_caribbean": 42,
    "wb_middle_east_north_africa": 23,
    "wb_north_america": 3,
    "wb_south_asia": 6,
    "wb_sub_saharan_africa": 48,
    "income_high": 87,
    "income_upper_middle": 54,
    "income_lower_middle": 50,
    "income_low": 25,
}
ROWS: list[list[object]] = [["省份", "share", "papers"]]
ROWS += [
    ["北京", 10, 4.0],
    ["上海", 40, 2.5],
    ["江苏", 20, 1.5],
    ["浙江", 20, 1.5],
    ["广东", 30, 3.0],
]
ROWS += [["安徽", "..", ".."]]


def groups() -> dict[str, Group]:
    return {g.id: g for kind in ("province", "economy") for g in groups_of(kind)}


@cache
def card() -> sti.Scorecard:
    return sti.evaluate(tables.read(ROWS), tables.framework())


def test_every_group_has_its_size_its_source_and_known_units() -> None:
    assert {g.id: len(g.units) for g in groups().values()} == SIZES
    for group in groups().values():
        known = {e.id for e in entries(group.registry, beside=True)}
        assert set(group.units) <= known, group.id
        assert len(set(group.units)) == len(group.units)
        assert all((*group.name, *group.source))
        whole = find(group.aggregate)
        assert whole is not None
        assert whole.registry == "aggregate", group.id


def test_regions_divide_and_income_groups_leave_two_out() -> None:
    held = groups()
    four = [u for key in ("east", "central", "west", "northeast") for u in held[key].units]
    assert sorted(four) == [e.id for e in entries("province")]
    regions = [u for key, g in held.items() if key.startswith("wb_") for u in g.units]
    incomes = [u for key, g in held.items() if key.startswith("income_") for u in g.units]
    assert len(regions) == len(set(regions)) == 218
    assert set(regions) - set(incomes) == {"ETH", "VEN"}, "not classified in fiscal year 2026"
    assert len(incomes) == len(set(incomes)) == 216


@pytest.mark.parametrize(
    ("group", "members", "strangers"),
    [
        ("yangtze_delta", "CN-SH CN-JS CN-ZJ CN-AH", "CN-HB"),
        ("greater_bay_area", "CN-GD CN-HK CN-MO", "CN-TW CN-GX"),
        ("yellow_river", "CN-SC CN-SD CN-SX CN-SN", "CN-HB"),
        ("oecd", "CRI COL LTU", "CHN BRA"),
        ("eu27", "HRV MLT", "GBR CHE"),
        ("wb_middle_east_north_africa", "AFG PAK MLT", "TUR IND"),
        ("income_upper_middle", "CHN CPV WSM", "CRI NAM"),
        ("brics", "CHN IDN ETH", "ARG"),
    ],
)
def test_some_members_by_name(group: str, members: str, strangers: str) -> None:
    held = set(groups()[group].units)
    assert set(members.split()) <= held
    assert held.isdisjoint(strangers.split())


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("east", "east"),
        ("东部", "east"),
        ("Western region", "west"),
        ("长三角地区", "yangtze_delta"),
        ("长 三 角", "yangtze_delta"),
        ("大湾区", "greater_bay_area"),
        ("OECD", "oecd"),
        ("Total OECD", "oecd"),
        ("欧盟", "eu27"),
        ("HIC", "income_high"),
        ("Sub-Saharan Africa", "wb_sub_saharan_africa"),
    ],
)
def test_a_group_goes_by_many_names(text: str, group: str) -> None:
    assert [g.id for g in named(text)] == [group]


@given(st.sampled_from(sorted(SIZES)))
def test_every_group_is_found_by_its_own_names(group: str) -> None:
    held = groups()[group]
    for text in (held.id, *held.name):
        assert held in named(text)


def test_a_name_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean '长三角'"):
        named("长三")
    framework = tables.framework()
    with pytest.raises(UsageError, match=r"U101.*did you mean 'west'"):
        find_group(framework, "regional", "wesst")
    with pytest.raises(UsageError, match=r"U124.*regional"):
        find_group(framework, "regional", "OECD")


def test_a_group_of_the_framework_stands_before_and_instead_of_the_registrys() -> None:
    own = [
        {
            "id": "mine",
            "name": {"en": "Mine", "zh": "自选"},
            "level": "regional",
            "units": ["CN-JS"],
        },
        {
            "id": "east",
            "name": {"en": "My east", "zh": "我的东部"},
            "level": "regional",
            "units": ["CN-SH"],
        },
    ]
    framework = tables.framework(peer_groups=own)
    met = peer_groups(framework, "regional")
    assert [g.id for g in met][:3] == ["mine", "east", "central"]
    assert [g.id for g in met].count("east") == 1
    assert find_group(framework, "regional", "东部").units == ("CN-SH",)
    assert source_of(framework, met[0]) is source_of(framework, met[1]) is None
    assert source_of(framework, met[2]) == groups()["central"].source
    assert "mine" not in {g.id for g in peer_groups(framework, "national")}
    assert part(framework, "mine") == met[0]
    assert part(framework, "oecd").id == "oecd"
    shown = [g["id"] for g in tree(framework, framework)["peer_groups"]]
    assert shown.index("mine") < shown.index("east") < shown.index("central")
    assert "oecd" in shown


def test_ranks_within_a_group_are_among_its_ranked_units() -> None:
    told = {u.name_zh: u for u in card().report.units}
    delta = {name: u.rank_in_group.get("yangtze_delta") for name, u in told.items()}
    assert delta == {"北京": None, "上海": 1, "江苏": 2, "浙江": 2, "安徽": None, "广东": None}
    assert "yangtze_delta" not in told["北京"].rank_in_group
    assert told["安徽"].rank_in_group == {
        "central": None,
        "yangtze_delta": None,
        "yangtze_belt": None,
    }
    assert told["江苏"].peer_groups == ("east", "yangtze_delta", "yangtze_belt")
    assert told["江苏"].rank == 3


def test_a_group_alone_keeps_the_ranks_of_the_whole_table() -> None:
    report = card().report_of(group="长三角")
    assert [u.name_zh for u in report.units] == ["上海", "江苏", "浙江", "安徽"]
    assert report.ranked == 5
    heads, rows, _ = league.ranks(report, "en")
    assert heads[:6] == ["Unit", "Rank", "Range", "Tier", "In group", "Score"]
    whole = {u.id: u.rank for u in card().report.units}
    assert [[row[1], row[4]] for row in rows] == [
        [str(whole["CN-SH"]), "1"],
        [str(whole["CN-JS"]), "2"],
        [str(whole["CN-ZJ"]), "2"],
        ["-", "-"],
    ]
    assert "In group" not in league.ranks(card().report, "en").heads
    json_units = json.loads(jsonout.scorecard(report))["units"]
    assert json_units[0]["rank_in_group"] == {"east": 1, "yangtze_delta": 1, "yangtze_belt": 1}
    assert json.loads(jsonout.scorecard(report))["group"] == "yangtze_delta"


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_what_a_group_lacks_is_said(lang: Lang) -> None:
    report = card().report_of(group="大湾区")
    told = league.notes(report, lang)
    assert any("香港" in n if lang == "zh" else "Hong Kong SAR" in n for n in told)
    assert any("2019" in n for n in told)
    (finding,) = (f for f in report.findings if f.code == "C321")
    assert (finding.fields["n"], finding.fields["of"]) == (1, 3)
    assert not any(f.code == "C321" for f in card().report_of(group="长三角").findings)


def test_a_group_without_a_unit_in_the_table_is_refused() -> None:
    with pytest.raises(UsageError, match="U125"):
        card().report_of(group="northeast")
    with pytest.raises(UsageError, match="U125"):
        card().report_of("北京", group="长三角")
    assert [u.id for u in card().report_of("上海", "北京", group="长三角").units] == ["CN-SH"]


def test_hong_kong_among_provinces_is_a_row_like_the_others() -> None:
    rows = [*ROWS[:-1], ["香港", 50, 9.0], ["台湾省", 45, 8.0], ["CN-MO", 15, 1.0]]
    data = tables.read(rows)
    assert data.level == "regional"
    assert [u.id for u in data.units][-3:] == ["CN-HK", "CN-TW", "CN-MO"]
    assert data.units[-3].label == "香港"
    told = sti.evaluate(data, tables.framework())
    bay = told.report_of(group="大湾区")
    assert {u.id for u in bay.units} == {"CN-GD", "CN-HK", "CN-MO"}
    assert told.unit_id("Hong Kong") == "CN-HK"
    assert not any(f.code == "C321" for f in bay.findings)


def test_the_note_on_what_provincial_tables_lack_goes_when_they_have_it() -> None:
    note = {"en": "Without Hong Kong.", "zh": "不含香港。"}
    levels = {
        "regional": {
            "name": {"en": "regional level", "zh": "省级层面"},
            "units": {"en": "provinces", "zh": "省份"},
            "registry": "province",
            "note": note,
        }
    }
    leaves = [tables.indicator("share"), tables.indicator("papers")]
    for leaf in leaves:
        leaf["levels"].pop("national")
    framework = tables.framework(*leaves, levels=levels)
    without = sti.evaluate(tables.read(ROWS, framework), framework).report
    assert without.level_note is not None
    assert without.level_note.en == note["en"]
    having = sti.evaluate(tables.read([*ROWS, ["香港", 50, 9.0]], framework), framework).report
    assert having.level_note is not None
    assert having.level_note.en.startswith("Rows of the Hong Kong SAR")


def test_a_column_of_the_data_makes_groups() -> None:
    """Its labels are groups as any others: ranks in them, and one of them shown alone."""
    framework = made.framework(
        made.group("index", [made.leaf("share")]),
        groupings=[{"id": "region", "name": made.name("Region")}],
    )
    rows = [["unit", "region", "share"], ["A", "North", 2], ["B", "South", 4], ["C", "North", 6]]
    data = interpret_rows(rows, framework, level="only", any_units=True)
    card = sti.evaluate(data, framework)
    assert data.groupings["region"] == ("North", "South", "North")
    places = {u.label: u.rank_in_group for u in card.report.units}
    assert places == {
        "A": {"region.North": 2}, "B": {"region.South": 1}, "C": {"region.North": 1},
    }  # fmt: skip
    alone = card.report_of(group="Region: North")
    assert [u.label for u in alone.units] == ["C", "A"]
    with pytest.raises(sti.UsageError, match="U101"):
        card.report_of(group="region.East")
