"""What holds a unit back, on tables small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan
from typing import Any

import pytest

import stiscore as sti
from stiscore.errors import UsageError
from stiscore.framework.model import Framework
from stiscore.report.gaps_model import GapsReport
from tests.made import dataset, framework, group, leaf, name

GAPS = [{"id": gap, "name": name(gap), "origin": "paper", "paper": "1.2(1)"} for gap in "pqr"]
LINKS = {
    "p": {
        "weakens": ["a", "b"],
        "measures": ["M1"],
        "barriers": ["B1", "B2"],
        "first_action": name("act"),
        "untagged": {"b": "in one language"},
    }
}
MEASURES = [{"id": "M1", "name": {"en": 'Say "yes"', "zh": "说“是”"}, "paper": "3.1"}]
BARRIERS = [
    {"id": "B1", "name": name("B1"), "paper": "2.2 first", "diagnostic": "two"},
    {"id": "B2", "name": name("B2"), "paper": "2.2 second", "diagnostic": "lost"},
]


def made(**fields: Any) -> Framework:
    """Three gaps: p of two indicators, a third related; q of one; r of one without a column."""
    one = leaf("one", gaps={"primary": "p"}, weight=3)
    two = leaf("two", gaps={"primary": "p", "related": ["q"]})
    three = leaf("three", gaps={"primary": "q", "related": ["p"]}, direction="cost")
    derive = {"numerators": ["x"], "denominators": ["y", "x"]}
    lost = leaf("lost", gaps={"primary": "r"}, derive=derive)
    told: dict[str, Any] = {
        "gaps": GAPS,
        "gap_map": LINKS,
        "measures": MEASURES,
        "barriers": BARRIERS,
        "quantities": [{"id": i, "name": name(i), "measured_in": "%"} for i in "xy"],
        **fields,
    }
    areas = [group("a", [one, two]), group("b", [three]), group("c", [lost])]
    return framework(group("index", areas), **told)


TABLE = {
    "one": [2.0, 10.0, 6.0, nan],
    "two": [8.0, 10.0, 10.0, nan],
    "three": [5.0, 0.0, 3.5, 10.0],
}


def asked(
    table: Mapping[str, Sequence[float]], *units: str, held: Framework | None = None, **options: Any
) -> GapsReport:
    card = sti.evaluate(dataset(table), held or made(), draws=options.pop("draws", 0))
    return sti.gaps(card, *units, **options)


def test_severities_parts_and_medians_are_those_of_a_hand_calculation() -> None:
    (unit,) = asked(TABLE, "u0").units
    # p: (3 x 20 + 1 x 80) / 4 = 35 scored, so 65 short, of which 60 by `one` and 5 by `two`.
    assert [(gap.told.id, gap.told.severity) for gap in unit.gaps] == [
        ("p", pytest.approx(65)),
        ("q", pytest.approx(50)),
        ("r", None),
    ]
    p, q, r = unit.gaps
    assert [f.told.id for f in p.behind] == ["one", "two"]
    assert [f.share for f in p.behind] == pytest.approx([0.75, 0.25])
    assert [f.lost for f in p.behind] == pytest.approx([60, 5])
    # u3 has too little to be ranked: the peers are u1 and u2.
    assert [p.median, q.median] == pytest.approx([15, 17.5])
    assert [f.median for f in p.behind] == [8.0, 10.0]
    assert [(f.told.id, f.lost) for f in p.related] == [("three", None)]
    assert [f.told.id for f in q.related] == ["two"]
    assert (p.widest, q.widest, r.widest) == (True, False, False)
    assert (p.told.measured, p.told.of, r.told.measured, r.told.of) == (2, 2, 0, 1)
    assert r.behind == ()


def test_a_unit_is_never_its_own_peer_and_peers_are_those_named() -> None:
    (unit,) = asked(TABLE, "u1", peers="u0").units
    assert unit.compared == ("u0",)
    assert unit.gap("p").median == pytest.approx(65)
    assert asked(TABLE, "u1").units[0].compared is None


def test_what_would_measure_is_what_has_no_column() -> None:
    told = asked(TABLE, "u0")
    assert [i.id for i in told.guide("r").absent] == ["lost"]
    assert told.guide("p").absent == ()
    assert {b: i.id for b, i in told.headings.undiagnosed.items()} == {"B2": "lost"}
    assert [*told.units[0].diagnostics] == ["two"]


def test_a_gap_without_a_value_is_neither_0_nor_100_and_its_cell_is_told() -> None:
    told = asked(TABLE, "u3")
    (unit,) = told.units
    assert not unit.unit.ranked
    assert (unit.gap("p").told.severity, unit.gap("p").told.rank) == (None, None)
    assert [f.lost for f in unit.gap("p").behind] == [None, None]
    text = told.to_text(width=120)
    assert "Not ranked: too little is covered." in text
    assert "Only one of the 3 gaps is measured" in text
    assert text.count("no value") >= 2


def test_units_without_any_gap_measured_are_told_so() -> None:
    bare = {"four": [1.0, 2.0]}
    tree = group("index", [group("a", [leaf("four")]), group("b", [leaf("one", gaps=tag("p"))])])
    told = asked(bare, "u0", held=framework(tree, gaps=GAPS[:1]))
    text = told.to_text(width=100)
    assert "None of the 1 gaps is measured" in text
    assert told.units[0].widest == ()
    across = asked(bare, held=framework(tree, gaps=GAPS[:1]))
    assert across.most_common == ()
    assert "No ranked unit has a severity above 0." in across.to_text(width=100)


def tag(gap: str) -> dict[str, str]:
    return {"primary": gap}


def test_level_gaps_are_both_the_widest_and_nothing_short_is_none() -> None:
    table = {"one": [5.0, 10.0], "two": [5.0, 10.0], "three": [5.0, 0.0]}
    level, none = asked(table).units[::-1]
    assert [gap.told.id for gap in level.widest] == ["p", "q"]
    assert none.widest == ()
    told = asked(table)
    assert [guide.id for guide in told.most_common] == ["p", "q"]
    assert "Most common, level: p; q, each the widest measured gap of 1 of 2" in flat(told)
    assert "level with each other: p; q, severity 50.0" in flat(asked(table, "u0"))
    assert "None of the 2 measured gaps (of 3) is above 0" in flat(asked(table, "u1"))


def flat(told: GapsReport, lang: Any = "en") -> str:
    return " ".join(told.to_text(lang, 120).split())


def test_a_single_unit_has_no_peers() -> None:
    told = asked({"one": [5.0], "two": [5.0], "three": [5.0]}, "u0", draws=None)
    assert told.units[0].gaps[0].median is None
    assert "No other ranked unit to compare with." in flat(told)


def test_one_indicator_behind_each_gap_leaves_the_variants_nothing_to_say() -> None:
    alone = {"one": TABLE["one"][:3], "three": TABLE["three"][:3]}
    told = asked(alone, "u0", draws=200)
    assert "No method variant moves a severity here" in flat(told)
    assert told.units[0].gaps[0].widest_share == 1.0
    both = asked({k: v[:3] for k, v in TABLE.items()}, "u0", draws=200)
    assert "It is the widest of those measured in 100% of 200 method variants." in flat(both)


def test_variants_say_how_often_a_gap_is_the_widest() -> None:
    table = {"one": [5.0, 9.0], "two": [6.0, 9.0], "three": [4.8, 1.0]}
    (unit,) = asked(table, "u0", draws=400).units
    shares = {gap.told.id: gap.widest_share for gap in unit.gaps}
    # p is 50 by `one` and 40 by `two`: 47.5 by their weights; q is 48, and so near the middle.
    assert unit.widest[0].told.id == "q"
    assert 0.5 < (shares["q"] or 0) < 1
    assert sum(share for share in shares.values() if share is not None) == pytest.approx(1)
    assert shares["r"] is None


def test_what_goes_with_a_gap_is_quoted_and_marked() -> None:
    text = flat(asked(TABLE, "u0"))
    assert "Measure 3.1: “Say 'yes'”" in text
    assert "Barrier 2.2 first: “B1”. Its own indicator, two: 8%, peer median 10, score 80.0." in (
        text.replace("Implementation barrier", "Barrier")
    )
    assert "“B2”. Its own indicator is not measured." in text
    assert "Weakens: a (score 35.0); b (score 50.0)" in text
    assert "b is listed without an indicator of its own for this gap: in one language" in text
    assert "data lost, or x, y" in text
    chinese = flat(asked(TABLE, "u0"), "zh")
    assert "政策举措3.1：“说‘是’”" in chinese
    assert "障碍2.2第一：“B1名”。诊断指标“two名”：8%，对比组中位数10，得分80.0。" in chinese


def test_a_framework_of_ones_own_quotes_nobody() -> None:
    own = [{**part, "origin": "ours", "paper": None} for part in MEASURES]
    barriers = [{**part, "origin": "ours", "paper": None} for part in BARRIERS]
    text = flat(asked(TABLE, "u0", held=made(measures=own, barriers=barriers)))
    assert "Measure (ours): “Say 'yes'”" in text
    assert "are the paper's" not in text
    unlinked = flat(asked(TABLE, "u0", held=made(gap_map={})))
    assert "are the paper's" not in unlinked
    assert "Measure 3.1" not in unlinked


def test_a_scale_of_another_length_is_said() -> None:
    wide = made(method={"normalise": {"id": "min-max", "range": [1, 7]}})
    table = {column: values[:3] for column, values in TABLE.items()}
    told = asked(table, "u0", held=wide)
    p = told.units[0].gap("p")
    # Both are the lowest of the table: nothing of the scale is reached.
    assert (p.told.severity, sum(f.lost or 0 for f in p.behind)) == pytest.approx((100, 100))
    assert "on a scale of 1 to 7" in flat(told)


def test_what_cannot_be_asked_is_refused() -> None:
    gapless = framework(group("index", [group("a", [leaf("one")])]))
    for held, units, options, code in (
        (gapless, (), {}, "U160"),
        (None, (), {"peers": "u0"}, "U142"),
        (None, ("nobody",), {}, "U101"),
        (None, ("u0",), {"group": "nowhere"}, "U101"),
    ):
        with pytest.raises(UsageError) as refused:
            asked({"one": [1.0, 2.0]}, *units, held=held, **options)
        assert [f.code for f in refused.value.findings] == [code]
