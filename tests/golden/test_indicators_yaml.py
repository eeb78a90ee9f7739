"""The shipped framework against its specification (lenses.md) and the real tables it rests on."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.framework.peers import peer_groups
from stiscore.framework.schema import framework_schema
from stiscore.io.framework_yaml import check_framework
from stiscore.io.yaml_guard import PureParsing
from stiscore.io.yaml_tree import read_tree
from stiscore.units.registry import entries


@pytest.fixture(scope="module")
def checked() -> tuple[Framework, Findings]:
    return check_framework()


@pytest.fixture(scope="module")
def framework(checked: tuple[Framework, Findings]) -> Framework:
    return checked[0]


def test_nothing_is_left_to_look_at(checked: tuple[Framework, Findings]) -> None:
    assert checked[1] == ()


def test_counts_are_those_of_the_specification(framework: Framework) -> None:
    scored = {
        level: sum(node.role != "context" for node in framework.at_level(level))
        for level in framework.levels
    }
    assert scored == {"national": 43, "regional": 34}
    assert len(framework.indicators) == 51
    assert len(framework.index.children) == 8
    assert [len(getattr(framework, key)) for key in ("gaps", "issues", "barriers", "measures")] == [
        7,
        3,
        3,
        11,
    ]


def test_headings_of_the_paper_are_whole(framework: Framework) -> None:
    headings = {measure.id: measure.name.en for measure in framework.measures}
    assert headings["M3.1"] == (
        "Uphold the Centralized and Unified Leadership of the CPC Central Committee on S&T Work"
    )
    assert all(measure.origin == "paper" for measure in framework.measures)
    assert framework.measures_note is not None
    assert "back-translated" in framework.measures_note.en
    assert {node.origin for node in framework.indicators} == {"ours"}


def test_short_names_fit_narrow_heads(framework: Framework) -> None:
    for part in (*framework.index.children, *framework.gaps):
        assert 0 < len(part.name.short_en or "") <= 14
        assert 0 < len(part.name.short_zh or "") <= 6


def test_roles(framework: Framework) -> None:
    context = {node.id for node in framework.indicators if node.role == "context"}
    assert context == {"migrant_stock_share", "nonresident_patent_share", "fiscal_st_share"}
    assert not any(node.lever for node in framework.indicators if node.role != "core")


def test_presets_follow_the_gap_map(framework: Framework) -> None:
    weakened = Counter(area for link in framework.gap_map.values() for area in link.weakens)
    areas = [child.id for child in framework.index.children]
    assert framework.weight_presets["equal"] == dict.fromkeys(areas, 1)
    density = {area: weakened[area] + 1 for area in areas}
    assert framework.weight_presets["gap_map_density"] == density


def test_provinces_have_their_own_programmes(framework: Framework) -> None:
    gap = next(g for g in framework.gaps if g.id == "programme_openness")
    assert "省级科技计划" in gap.level_names["regional"].zh
    note = framework.levels["regional"].note
    assert note is not None
    assert note.zh == "分省数据不含香港特别行政区、澳门特别行政区和台湾省。"


def test_ambiguous_headers_are_left_out(framework: Framework) -> None:
    shares = {alias for node in framework.indicators for alias in node.aliases}
    amounts = {alias for quantity in framework.quantities for alias in quantity.aliases}
    names = {quantity.name.zh for quantity in framework.quantities}
    assert not {"合计", "#出口"} & (shares | amounts)
    assert {"实际使用外资", "引进技术经费支出"} <= names
    assert {"国外资金", "SP.POP.TOTL", "篇数SCI"} <= amounts


def test_regions_divide_the_provinces(framework: Framework) -> None:
    provinces = {entry.id for entry in entries("province")}
    groups = {group.id: group.units for group in peer_groups(framework, "regional")}
    four = [unit for key in ("east", "central", "west", "northeast") for unit in groups[key]]
    assert sorted(four) == sorted(provinces)
    known = {entry.id for entry in entries("province", beside=True)}
    assert all(set(units) <= known for units in groups.values())


def test_words_are_those_the_tool_may_use(repo: Path) -> None:
    text = (repo / "indicators.yaml").read_text(encoding="utf-8").casefold()
    for word in ("countries", "country", " closed", "significant", "probability", "most open"):
        assert word not in text, word


def test_the_schema_takes_it_and_not_a_broken_copy(repo: Path) -> None:
    raw = (repo / "indicators.yaml").read_bytes()
    value = read_tree(raw, "indicators.yaml").value
    validator = jsonschema.Draft202012Validator(json.loads(json.dumps(framework_schema())))
    validator.validate(value)
    value["index"]["children"][0]["children"][0]["levels"]["national"]["goalpost"] = [0, 1]
    assert not validator.is_valid(value)


def test_both_parsers_read_the_same(repo: Path) -> None:
    raw = (repo / "indicators.yaml").read_bytes()
    assert read_tree(raw, "f", PureParsing).value == read_tree(raw, "f").value


@pytest.mark.parametrize(("level", "file"), [("national", "national"), ("regional", "provincial")])
def test_percentile_goalposts_are_near_the_table(
    framework: Framework, shared: Path, level: str, file: str
) -> None:
    path = shared / "data" / "real" / f"{file}_openness_real.csv"
    with path.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    far = set()
    for node in framework.at_level(level):
        scale = node.levels[level]
        if scale.basis != "percentile" or scale.goalposts is None or node.id not in rows[0]:
            continue
        low, high = np.percentile([float(r[node.id]) for r in rows if r[node.id]], [5, 95])
        near = np.allclose(scale.goalposts, (low, high), rtol=0, atol=0.15 * (high - low))
        if not near:
            far.add((level, node.id))
    assert not far
