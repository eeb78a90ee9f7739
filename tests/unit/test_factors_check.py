"""Faults and doubts about the factors of a framework, each by a small piece of damage."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml

from stiscore.errors import FrameworkInvalid
from stiscore.finding import Finding
from stiscore.framework.check import faults
from stiscore.framework.lint import doubts
from stiscore.framework.schema import framework_schema
from stiscore.framework.uncertainty import usual
from stiscore.io.framework_yaml import load_framework, parse_framework
from stiscore.words.faults import found, tell
from tests.unit.small_framework import damaged

SOUND = [
    "{id: x, kind: weights, of: areas, spread: 0.5}",
    "{id: x, kind: weights, of: below, spread: 0}",
    "{id: x, kind: weights, of: level1, spread: 0.5}",
    "{id: x, kind: weights, of: area, spread: 0.5}",
    "{id: x, kind: weights, of: index, spread: 0.5}",
    "{id: x, kind: dirichlet-weights, of: level2, concentration: 8}",
    "{id: x, kind: weight-sets, presets: [other], sets: {mine: {share: 3, area: 1}}}",
    "{id: x, kind: methods, alternatives: [[aggregate=geometric], [normalise.clip=false]]}",
    "{id: x, kind: methods, alternatives: [[aggregate=geometric, normalise=z-score]]}",
    # Not a parameter of goalposts, but of z-scores: left to the run.
    "{id: x, kind: methods, alternatives: [[normalise.sd=5]]}",
    "{id: x, kind: missing-areas}",
    "{id: x, kind: missing-areas, rules: [peer-median]}",
    "{id: x, kind: leave-out}",
    "{id: x, kind: leave-out, nodes: indicators, whole: 0}",
    "{id: x, kind: leave-out, nodes: [share, area]}",
    "{id: x, kind: directions, indicators: [share, days]}",
    "{id: x, kind: data-error}",
    "{id: x, kind: data-error, errors: {share: {relative: 0.1}, days: {half_width: 2}}}",
]


def varied(*factors: str) -> str:
    """The small framework with these factors, each on a line of its own."""
    lines = "".join(f"  - {factor}\n" for factor in factors)
    return damaged(("gap_map:\n", f"uncertainty:\n  factors:\n{lines}gap_map:\n"))


def refused(*factors: str) -> tuple[str, list[Finding]]:
    text = varied(*factors)
    with pytest.raises(FrameworkInvalid) as refusal:
        parse_framework(text)
    return text, [f for f in refusal.value.findings if isinstance(f, Finding)]


def place_of(text: str, finding: Finding) -> str:
    """What stands in the file from a finding's place on."""
    where = finding.location
    assert where is not None
    assert where.line is not None
    assert where.column is not None
    return text.splitlines()[where.line - 1][where.column - 1 :]


@pytest.mark.parametrize("factor", SOUND)
def test_what_is_sound_passes(factor: str) -> None:
    text = varied(factor, "{id: y, kind: weights, spread: 0.1}")
    made = parse_framework(text)
    assert list(faults(made)) == []
    assert made.uncertainty is not None
    assert made.uncertainty.factors[0].id == "x"
    jsonschema.validate(yaml.safe_load(text), framework_schema())


def test_the_usual_factors_and_those_shipped_are_sound() -> None:
    for made in (load_framework(), parse_framework(damaged())):
        told = made.model_copy(update={"uncertainty": usual(made.height, len(made.index.children))})
        assert list(faults(told)) == []
        assert not [doubt for doubt in doubts(told) if doubt.code == "F128"]
        assert not [doubt for doubt in doubts(made) if doubt.code == "F128"]


@pytest.mark.parametrize(
    ("factor", "code", "what", "place"),
    [
        (
            "{id: x, kind: weights, of: aera, spread: 0.5}",
            "F112",
            "there is no group or step (areas, below, level1 ...) 'aera'; did you mean 'area'?",
            "aera,",
        ),
        ("{id: x, kind: weights, of: share, spread: 0.5}", "F112", "'share'", "share,"),
        (
            "{id: x, kind: dirichlet-weights, of: level3, concentration: 9}",
            "F112",
            "there is no step of aggregation 'level3'; did you mean",
            "level3,",
        ),
        ("{id: x, kind: weights, of: level0, spread: 0.5}", "F112", "'level0'", "level0,"),
        (
            "{id: x, kind: weight-sets, presets: [othr]}",
            "F112",
            "there is no weight preset 'othr'; did you mean 'other'?",
            "othr]",
        ),
        (
            "{id: x, kind: weight-sets, sets: {mine: {share: 1, shore: 2}}}",
            "F112",
            "there is no group or indicator 'shore'; did you mean 'share'?",
            "shore: 2",
        ),
        ("{id: x, kind: weight-sets, sets: {mine: {index: 1}}}", "F112", "'index'", "index: 1"),
        (
            "{id: x, kind: leave-out, nodes: [area, shares]}",
            "F112",
            "there is no group or indicator 'shares'",
            "shares]",
        ),
        ("{id: x, kind: leave-out, nodes: [index]}", "F112", "'index'", "index]"),
        (
            "{id: x, kind: directions, indicators: [share, area]}",
            "F112",
            "there is no indicator 'area'",
            "area]",
        ),
        (
            "{id: x, kind: data-error, errors: {dys: {relative: 0.1}}}",
            "F112",
            "there is no indicator 'dys'; did you mean 'days'?",
            "dys: {",
        ),
        (
            "{id: x, kind: methods, alternatives: [[aggregate=geometric], [agregate=geometric]]}",
            "F133",
            "factor x: no stage 'agregate'; did you mean 'aggregate'?",
            "[agregate",
        ),
        (
            "{id: x, kind: methods, alternatives: [[aggregate]]}",
            "F133",
            "factor x: 'aggregate' is not stage=method or stage.parameter=value",
            "[aggregate]",
        ),
        (
            "{id: x, kind: methods, alternatives: [[aggregate=gometric]]}",
            "F133",
            "factor x: aggregate cannot be gometric; wanted is one of 'arithmetic', 'geometric'",
            "[aggregate=gometric]",
        ),
        (
            "{id: x, kind: methods, alternatives: [[aggregate=geometric, aggregate.floor=-1]]}",
            "F133",
            "factor x: aggregate.geometric.floor cannot be -1; wanted is a number above 0",
            "[aggregate=geometric, aggregate.floor=-1]",
        ),
        (
            "{id: x, kind: methods, alternatives: [[aggregate.level3=geometric]]}",
            "F112",
            "there is no step of aggregation 'level3'",
            "[aggregate.level3",
        ),
    ],
)
def test_a_fault_and_its_place(factor: str, code: str, what: str, place: str) -> None:
    text, (told,) = refused(factor)
    assert told.code == code
    assert what in tell(told, "en").what
    assert place_of(text, told).startswith(place)
    assert tell(told, "zh").what != tell(told, "en").what


def test_two_factors_with_one_id() -> None:
    text, (told,) = refused("{id: x, kind: weights, spread: 0.5}", "{id: x, kind: leave-out}")
    assert told.code == "F111"
    assert tell(told, "en").what == "id 'x' is taken already (by: factor)"
    assert place_of(text, told).startswith("x, kind: leave-out")


def test_a_factor_may_be_called_as_a_node_is() -> None:
    assert list(faults(parse_framework(varied("{id: area, kind: weights, spread: 0.5}")))) == []


@pytest.mark.parametrize("kind", ["data-error", "missing-areas"])
def test_a_second_factor_that_would_vary_nothing(kind: str) -> None:
    text, (told,) = refused(f"{{id: x, kind: {kind}}}", f"{{id: y, kind: {kind}}}")
    assert told.code == "F134"
    assert tell(told, "en").what.startswith(f"factor y is of kind {kind}, as x is already")
    assert place_of(text, told).startswith(kind)


def test_every_fault_is_told() -> None:
    _, told = refused(
        "{id: x, kind: weights, of: nowhere, spread: 0.5}",
        "{id: x, kind: leave-out, nodes: [one, two]}",
        "{id: y, kind: methods, alternatives: [[a=b], [aggregate=geometric], [c]]}",
    )
    assert sorted(f.code for f in told) == ["F111", "F112", "F112", "F112", "F133", "F133"]


@pytest.mark.parametrize(
    ("factor", "what", "place"),
    [
        ("{id: x, kind: weights, spread: 1}", "x.spread is 1; wanted is a number below 1", "1}"),
        (
            "{id: x, kind: weights, spread: 1.5}",
            "x.spread is 1.5; wanted is a number below 1",
            "1.5",
        ),
        ("{id: x, kind: weights, spread: -0.1}", "wanted is a number of at least 0", "-0.1"),
        ("{id: x, kind: weights, spread: wide}", 'x.spread is "wide"; wanted is a number', "wide"),
        (
            "{id: x, kind: dirichlet-weights, concentration: -2}",
            "x.concentration is -2; wanted is a number of at least 0.1",
            "-2",
        ),
        (
            "{id: x, kind: leave-out, whole: 1}",
            "x.whole is 1; wanted is a number below 1",
            "1}",
        ),
        (
            "{id: x, kind: leave-out, nodes: all}",
            "x.nodes is \"all\"; wanted is one of 'areas' or 'indicators'",
            "all}",
        ),
        ("{id: x, kind: leave-out, nodes: [share, 5]}", "x.nodes[1] is 5; wanted is text", "5]"),
        ("{id: x, kind: weight-sets}", "wanted is a factor with sets, presets or both", "{id: x"),
        (
            "{id: x, kind: weight-sets, sets: {a: {area: 0}}}",
            "x.sets.a.area is 0; wanted is a number above 0",
            "0}",
        ),
        (
            "{id: x, kind: methods, alternatives: [aggregate=geometric]}",
            'x.alternatives[0] is "aggregate=geometric"; wanted is a list',
            "aggregate=geometric",
        ),
        ("{id: x, kind: methods, alternatives: []}", "wanted is a list of 1 or more", "[]"),
        (
            "{id: x, kind: data-error, errors: {share: {relative: 0.1, revision: 0.1}}}",
            "wanted is exactly one of standard_error, half_width, relative and revision",
            "{relative",
        ),
        (
            "{id: x, kind: data-error, errors: {share: {}}}",
            "x.errors.share is {}; wanted is exactly one of",
            "{}",
        ),
        (
            "{id: x, kind: wieghts, spread: 0.5}",
            "x.kind is \"wieghts\"; wanted is one of 'weights', 'dirichlet-weights'",
            "wieghts",
        ),
        (
            "{id: x, kind: weights, sprad: 0.5}",
            "unknown key 'sprad' in x; did you mean 'spread'?",
            "sprad",
        ),
        ("{id: x, kind: weights}", "x lacks the key 'spread'", "{id: x"),
        ("{id: x, spread: 0.5}", "x lacks the key 'kind'", "{id: x"),
    ],
)
def test_an_absurd_value_is_one_line_with_its_place(factor: str, what: str, place: str) -> None:
    text, (told,) = refused(factor)
    assert what in tell(told, "en").what
    assert "\n" not in tell(told, "en").what
    assert place_of(text, told).startswith(place)


def test_a_flat_distribution_is_a_doubt() -> None:
    text = varied("{id: x, kind: dirichlet-weights, of: area, concentration: 2}")
    (told,) = (d for d in doubts(parse_framework(text)) if d.code == "F128")
    assert told.path == ("uncertainty", "factors", 0, "concentration")
    # Two parts, flat: a weight of a half is even between 0 and 1, whose deviation is 1 / sqrt(12).
    assert told.fields["mean"] == 0.5
    assert told.fields["spread"] == pytest.approx(12**-0.5)


@pytest.mark.parametrize(
    ("of", "concentration", "doubted"),
    [
        ("area", 2.1, False),
        ("area", 1, True),
        ("level1", 2, True),
        ("below", 2, True),
        # The index has a single child, whose weight is 1 whatever is drawn.
        ("areas", 0.5, False),
        ("level2", 0.5, False),
    ],
)
def test_what_is_flat(of: str, concentration: float, doubted: bool) -> None:
    made = parse_framework(
        varied(f"{{id: x, kind: dirichlet-weights, of: {of}, concentration: {concentration}}}")
    )
    assert any(d.code == "F128" for d in doubts(made)) is doubted


def test_a_flat_distribution_over_the_shipped_areas_is_a_doubt() -> None:
    made = json.loads(load_framework().model_dump_json(by_alias=True))
    areas = len(made["index"]["children"])
    factor = {"id": "x", "kind": "dirichlet-weights", "of": "areas"}
    for concentration, doubted in ((areas, True), (10 * areas, False)):
        held = {**made, "uncertainty": {"factors": [{**factor, "concentration": concentration}]}}
        changed = type(load_framework()).model_validate_json(json.dumps(held))
        assert any(d.code == "F128" for d in doubts(changed)) is doubted


def test_the_doubt_in_words() -> None:
    (told,) = (
        d
        for d in doubts(
            parse_framework(varied("{id: x, kind: dirichlet-weights, of: area, concentration: 2}"))
        )
        if d.code == "F128"
    )
    fields: dict[str, Any] = dict(told.fields)
    said = tell(found(told.code, **fields), "en")
    assert "2 over the 2 parts of area, a weight of 50.0% is drawn with" in said.what
