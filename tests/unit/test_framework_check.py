"""Faults and doubts about what a framework says, each by a small piece of damage."""

from __future__ import annotations

import json

import jsonschema
import pytest

from stiscore.errors import FrameworkInvalid, UsageError
from stiscore.finding import Finding
from stiscore.framework.check import faults
from stiscore.framework.find import part
from stiscore.framework.flaw import heading
from stiscore.framework.lint import doubts
from stiscore.framework.method import catalogue
from stiscore.framework.schema import framework_schema
from stiscore.io.framework_yaml import parse_framework
from stiscore.io.yaml_tree import read_tree
from stiscore.words.faults import tell
from tests.unit.small_framework import SMALL, damaged


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "gaps: [{id: gap",
            "gaps: [{id: area",
            ("F111", "id 'area' is taken already", "area, name"),
        ),
        (
            "- {id: total",
            "- {id: abroad",
            ("F111", "id 'abroad' is taken already", "abroad, name"),
        ),
        (
            "proxy_for: share",
            "proxy_for: shares",
            ("F112", "there is no indicator 'shares'", "shares"),
        ),
        ("proxy_for: share", "proxy_for: days", ("F112", "there is no indicator 'days'", "days")),
        (
            "primary: gap",
            "primary: gaps",
            ("F112", "there is no gap 'gaps'; did you mean 'gap'?", "gaps}"),
        ),
        (
            "primary: gap",
            "primary: gap, related: [a, gap]",
            ("F112", "there is no gap 'a'", "a, gap]"),
        ),
        (
            "denominators: [total]",
            "denominators: [totl]",
            ("F112", "there is no quantity 'totl'", "totl]"),
        ),
        (
            "diagnostic: share",
            "diagnostic: area",
            ("F112", "there is no indicator 'area'", "area}"),
        ),
        (
            "{other: {area: 2}}",
            "{other: {aera: 2}}",
            ("F112", "there is no group or indicator", "aera: 2"),
        ),
        ("  gap: {weakens", "  gup: {weakens", ("F112", "there is no gap 'gup'", "gup: {")),
        (
            "weakens: [area]",
            "weakens: [area, share]",
            ("F112", "there is no group 'share'", "share]"),
        ),
        ("measures: [M1]", "measures: [M2]", ("F112", "there is no measure 'M2'", "M2]")),
        ("issues: [D1]", "issues: [D2]", ("F112", "there is no issue 'D2'", "D2]")),
        ("barriers: [B1]", "barriers: [B2]", ("F112", "there is no barrier 'B2'", "B2]")),
        (
            "first_action:",
            "untagged: {index: why}, first_action:",
            ("F112", "there is no group 'index'", "index: why"),
        ),
        (
            "level: national, units",
            "level: local, units",
            ("F112", "there is no level 'local'", "local, units"),
        ),
        (
            "level: national, name",
            "level: regional, name",
            ("F112", "there is no level", "regional, name"),
        ),
        (
            "zh: 差距}}",
            "zh: 差距}, level_names: {regional: {en: Gap, zh: 差距}}}",
            ("F112", "there is no level 'regional'", "regional: {"),
        ),
        (
            "normalise: {id: goalposts}",
            "aggregate_levels: {level3: {id: geometric}}",
            ("F112", "there is no step of aggregation 'level3'", "level3: {"),
        ),
        ("[0, 50]", "[50, 0]", ("F113", "goalposts of share run from 50 to 0", "[50, 0]")),
        ("[0, 50]", "[50, 50]", ("F113", "goalposts of share run from 50 to 50", "[50, 50]")),
        (
            "[0, 50]",
            "[-1, 50]",
            ("F114", "goalposts -1 to 50 of share reach beyond its bounds", "[-1, 50]"),
        ),
        ("[0, 60]", "[0, 101]", ("F114", "plausible 0 to 101 of share reach beyond", "[0, 101]")),
        ("[0, 60]", "[60, 0]", ("F115", "plausible of share run from 60 to 0", "[60, 0]")),
        ("bounds: [0, 100]", "bounds: [100, 0]", ("F115", "bounds of share", "[100, 0]")),
        (
            "goalposts: [1, 20]",
            "goalposts: [1, 20], bounds: [2, null]",
            ("F114", "goalposts 1 to 20 of days reach beyond its bounds [2, ]", "[1, 20]"),
        ),
        (
            "{goalposts: [1, 20]}",
            "{}",
            ("F116", "days has no goalposts at level 'national'", "national: {}"),
        ),
        ("role: proxy", "role: core", ("F118", "days has proxy_for but its role is core", "core")),
        (
            "aliases: [总额]",
            "aliases: [境外 比例]",
            ("F117", "'境外 比例' names both share and total", "境外 比例]"),
        ),
        ("en: All funds", "en: Days", ("F117", "'Days' names both days and total", "Days, zh")),
    ],
)
def test_faults(old: str, new: str, expected: tuple[str, str, str]) -> None:
    text = damaged((old, new))
    with pytest.raises(FrameworkInvalid) as caught:
        parse_framework(text, "f")
    told = []
    for fault in caught.value.findings:
        assert isinstance(fault, Finding)
        assert fault.location is not None
        what, line, column = tell(fault, "en").what, fault.location.line, fault.location.column
        assert line is not None
        assert column is not None
        told.append((fault.code, what, text.splitlines()[line - 1][column - 1 :]))
        assert tell(fault, "zh").what != what
    code, what, pointed = expected
    assert any(
        (c == code and w.startswith(what) and at.startswith(pointed)) for c, w, at in told
    ), told


def test_the_small_framework_has_no_faults() -> None:
    framework = parse_framework(SMALL)
    assert list(faults(framework)) == []
    assert list(doubts(framework)) == []


def test_a_header_may_mean_different_things_at_different_levels() -> None:
    text = damaged(
        ("gaps: [{id: gap", "gaps: [{id: gap"),
        ("      proxy_for: share\n", ""),
        ("en: Days, zh: 天数", "en: Share abroad, zh: 天数"),
        (
            "        national: {goalposts: [1, 20]}",
            "        local: {goalposts: [1, 20]}",
        ),
        (
            "method:",
            "  local: {name: {en: Local, zh: 地方}, units: {en: towns, zh: 城市}}\nmethod:",
        ),
    )
    assert len(parse_framework(text).at_level("local")) == 1


def test_goalposts_are_not_asked_for_where_they_are_not_used() -> None:
    text = damaged(("{id: goalposts}", "{id: min-max}"), ("{goalposts: [1, 20]}", "{}"))
    assert parse_framework(text).indicators[1].levels["national"].goalposts is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("primary: gap}", "primary: other}", "F121"),
        ("basis: judgement", "basis: percentile", "F122"),
        ("basis: judgement", "basis: percentile, basis_source: table", "F122"),
        ("plausible: [0, 60]", "plausible: [1, 60]", "F123"),
        ("measured_in: '%'", "measured_in: '%'\n      role: context", "F124"),
        ("      sources: [{level: both, name: Office}]\n", "", "F125"),
        ("measured_in: 万元, aliases", "measured_in: US$, aliases", "F126"),
        ("gaps: [{id", "gaps: [{id: other, name: {en: Other, zh: 其他}}, {id", "F127"),
    ],
)
def test_doubts(old: str, new: str, code: str) -> None:
    changes = [(old, new)]
    if "other}" in new:
        changes.append(("gaps: [{id", "gaps: [{id: other, name: {en: Other, zh: 其他}}, {id"))
    if "role: context" in new:
        changes.append(("      proxy_for: share\n", ""))
    framework = parse_framework(damaged(*changes))
    assert code in {doubt.code for doubt in doubts(framework)}


def test_a_reason_answers_a_doubt() -> None:
    other = ("gaps: [{id", "gaps: [{id: other, name: {en: Other, zh: 其他}}, {id")
    reason = ("first_action", "untagged: {area: no figures}, first_action")
    framework = parse_framework(damaged(("primary: gap", "primary: other"), other, reason))
    assert "F121" not in {doubt.code for doubt in doubts(framework)}


def test_headings_are_compared_as_people_read_them() -> None:
    assert heading("ＧＤＰ  (current US$)") == heading("gdp(Current_US$)")
    assert heading("Shanxi") != heading("Shaanxi")


def test_a_part_is_found_by_its_id() -> None:
    framework = parse_framework(SMALL)
    for id_ in ("index", "area", "share", "gap", "D1", "B1", "M1", "total", "peers"):
        assert part(framework, id_).id == id_
    with pytest.raises(UsageError, match="did you mean 'share'"):
        part(framework, "shere")


def test_the_schema_takes_what_the_model_takes() -> None:
    schema = json.loads(json.dumps(framework_schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(read_tree(SMALL, "f").value)
    for old, new in (
        ("role: proxy", "role: proxi"),
        ("basis: none", "bassis: none"),
        ("goalposts: [0, 50]", "goalposts: [0, 50, 60]"),
        ("{area: 2}", "{area: 0}"),
    ):
        assert not validator.is_valid(read_tree(damaged((old, new)), "f").value), new


def test_every_key_of_the_schema_is_described() -> None:
    schema = framework_schema()
    methods = {entry["title"] for entry in schema["$defs"].values() if "id" in entry["properties"]}
    for kind in (schema, *schema["$defs"].values()):
        of_method = kind["title"] in methods and "const" in kind["properties"]["id"]
        for key, entry in kind["properties"].items():
            assert of_method or "description" in entry, f"{kind['title']}.{key}"


def test_the_catalogue_of_methods_has_what_surface_promises() -> None:
    for entry in catalogue():
        assert list(entry) == ["stage", "id", "parameters", "summary", "reference"]
        assert entry["summary"].strip()
