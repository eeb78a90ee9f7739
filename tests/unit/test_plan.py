"""Factors put to a table: what each varies there, what is idle, what is impossible."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from stiscore.analysis.uncertainty.plan import Plan, Planned, plan, standard_errors, varied_nodes
from stiscore.dataset import Column, Dataset
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods
from stiscore.framework.uncertainty import GivenError, usual
from stiscore.robust.draws import Beside, Choice, Dirichlet, Even
from tests.made import LEVEL, dataset, framework, group, leaf, name
from tests.varied import factors, gaps, grid, lenient, scored, two_areas


def table(**columns: Any) -> Dataset:
    return dataset({**grid(6, 1), **columns})


def planned(made: Framework, data: Dataset, *told: dict[str, Any]) -> Plan:
    return plan(scored(made, data), factors(*told))


def only(made: Framework, data: Dataset, told: dict[str, Any]) -> Planned:
    """The one factor, which varies something."""
    held = planned(made, data, told)
    assert held.idle == ()
    return held.factors[0]


def names(made: Framework, data: Dataset, one: Planned) -> list[str]:
    ids = scored(made, data).fitted.tree.ids
    return [ids[p] for p in one.effect.places]


@pytest.mark.parametrize(
    ("of", "wanted"),
    [
        ("areas", ["a", "b"]),
        ("below", ["a1", "a2", "b1", "b2"]),
        ("level1", ["a1", "a2", "b1", "b2"]),
        ("level2", ["a", "b"]),
        ("b", ["b1", "b2"]),
        ("index", ["a", "b"]),
    ],
)
@pytest.mark.parametrize(
    "kind", [{"kind": "weights", "spread": 0.5}, {"kind": "dirichlet-weights", "concentration": 9}]
)
def test_weights_of(kind: dict[str, Any], of: str, wanted: list[str]) -> None:
    one = only(two_areas(), table(), {**kind, "of": of})
    assert names(two_areas(), table(), one) == wanted
    assert one.effect.source.dims == len(wanted)


def test_a_lone_child_has_no_weight_to_vary() -> None:
    made = framework(
        group("index", [group("a", [leaf("a1")]), group("b", [leaf("b1"), leaf("b2")])])
    )
    scores = scored(made, table())
    ids = scores.fitted.tree.ids
    assert [ids[p] for p in varied_nodes(scores.fitted, "below")] == ["b1", "b2"]
    held = planned(
        made,
        table(),
        {"kind": "weights", "of": "a", "spread": 0.5},
        {"kind": "dirichlet-weights", "of": "a", "concentration": 3},
    )
    assert held.factors == ()
    assert [factor.id for factor in held.idle] == ["f0", "f1"]


def test_what_is_not_measured_is_not_varied() -> None:
    data = dataset({c: v for c, v in grid(6, 1).items() if c != "b2"})
    told = (
        {"kind": "weights", "of": "below", "spread": 0.5},
        {"kind": "leave-out", "nodes": "indicators"},
        {"kind": "directions", "indicators": ["b2", "a1"]},
        {"kind": "data-error", "errors": {"b2": {"relative": 0.1}}},
    )
    held = planned(two_areas(), data, *told)
    ids = scored(two_areas(), data).fitted.tree.ids
    assert [[ids[p] for p in f.effect.places] for f in held.factors[:2]] == [
        ["a1", "a2"],
        ["a1", "a2", "b1"],
    ]
    assert held.factors[2].options == ("a1",)
    assert [factor.id for factor in held.idle] == ["f3"]


def test_numbers_are_those_of_the_factors_idle_ones_counted() -> None:
    held = planned(
        two_areas(),
        table(),
        {"kind": "missing-areas"},
        {"kind": "weights", "of": "areas", "spread": 0.5},
        {"kind": "data-error"},
        {"kind": "leave-out"},
    )
    assert [p.effect.number for p in held.factors] == [1, 3]
    assert [factor.id for factor in held.idle] == ["f0", "f2"]


def test_a_dirichlet_draw_is_around_the_weights_there_are() -> None:
    one = only(
        two_areas(), table(), {"kind": "dirichlet-weights", "of": "below", "concentration": 9}
    )
    source = one.effect.source
    assert isinstance(source, Beside)
    assert source.parts == (Dirichlet((1 / 3, 2 / 3), 9), Dirichlet((0.5, 0.5), 9))
    alone = only(two_areas(), table(), {"kind": "weights", "of": "areas", "spread": 0.3})
    assert alone.effect.source == Even(2, 0.3)


def test_sets_of_weights_change_declared_weights_only() -> None:
    told = {"kind": "weight-sets", "sets": {"tilted": {"a": 3.0, "a1": 4.0}}}
    held = only(two_areas(), table(), told)
    assert held.effect.table is not None
    ids = scored(two_areas(), table()).fitted.tree.ids
    assert held.effect.table[1, ids.index("a")] == 3.0
    half = with_methods(two_areas(), ["weight.level2=equal"])
    table_ = only(half, table(), told).effect.table
    assert table_ is not None
    assert (table_[1, ids.index("a")], table_[1, ids.index("a1")]) == (1.0, 4.0)
    none = with_methods(two_areas(), ["weight=equal"])
    assert [f.id for f in planned(none, table(), told).idle] == ["f0"]


class TestMethods:
    def test_the_frameworks_own_comes_first_and_each_once(self) -> None:
        told = {
            "kind": "methods",
            "alternatives": [
                ["aggregate.level2=geometric"],
                ["aggregate.level2=arithmetic"],
                ["aggregate.level2=geometric", "aggregate.level2.floor=1"],
                ["aggregate=harmonic"],
            ],
        }
        one = only(two_areas(), table(), told)
        assert one.options == ((), ("aggregate.level2=geometric",), ("aggregate=harmonic",))
        assert one.effect.source == Choice((1 / 3,) * 3)

    def test_a_step_this_level_does_not_have_is_idle(self) -> None:
        """One level of the framework has groups in areas, the other has not."""
        scale = {"goalposts": [0, 10], "basis": "judgement"}
        low = leaf("low", levels={LEVEL: scale, "other": scale})
        tree = group("index", [group("a", [low, group("inner", [leaf("deep")])])])
        level = {"name": name("level"), "units": name("units")}
        two = framework(tree, levels={LEVEL: level, "other": level})
        told = {"kind": "methods", "alternatives": [["aggregate.level3=geometric"]]}
        data = dataset({"low": [1.0, 2.0], "deep": [2.0, 1.0]})
        assert two.height == 3
        assert [p.factor.id for p in planned(two, data, told).factors] == ["f0"]
        other = dataset({"low": [1.0, 2.0]}, level="other")
        assert [f.id for f in planned(two, other, told).idle] == ["f0"]

    def test_nothing_but_the_frameworks_own_is_idle(self) -> None:
        told = {
            "kind": "methods",
            "alternatives": [["aggregate=arithmetic"], ["normalise=goalposts"]],
        }
        held = planned(two_areas(), table(), told)
        assert [f.id for f in held.idle] == ["f0"]
        assert held.impossible == ()

    @pytest.mark.parametrize(
        ("settings", "code"),
        [
            (["normalise=z-score", "aggregate=geometric"], "F131"),
            (["aggregate=mazziotta-pareto"], "F131"),
            (["aggregate.level7=geometric"], "F112"),
            (["aggregate=gometric"], "U104"),
            (["agregate=geometric"], "U101"),
            (["aggregate"], "U103"),
            (["normalise.range=5"], "U104"),
            (["normalise=distance-to-target"], "F132"),
        ],
        ids=str,
    )
    def test_what_does_not_suit_is_impossible(self, settings: list[str], code: str) -> None:
        told = {"kind": "methods", "alternatives": [settings, ["aggregate=harmonic"]]}
        held = planned(two_areas(), table(), told)
        (no,) = held.impossible
        assert (no.factor, no.settings, no.why.code) == ("f0", tuple(settings), code)
        assert held.factors[0].options == ((), ("aggregate=harmonic",))

    def test_an_alternative_of_another_framework_is_its_own(self) -> None:
        made = with_methods(two_areas(), ["aggregate=geometric"])
        told = {
            "kind": "methods",
            "alternatives": [["aggregate=geometric"], ["aggregate=arithmetic"]],
        }
        assert only(made, table(), told).options == ((), ("aggregate=arithmetic",))


class TestMissingAreas:
    def test_it_takes_a_unit_that_lacks_an_area(self) -> None:
        told = {"kind": "missing-areas"}
        assert planned(lenient(two_areas()), table(), told).factors == ()
        holes = [np.nan, 1, 2, 3, 4, 5]
        one = only(lenient(two_areas()), table(b1=holes, b2=holes), told)
        assert one.options == ("own-mean", "peer-median")

    def test_a_unit_without_any_score_lacks_no_area(self) -> None:
        holes = [np.nan, 1, 2, 3, 4, 5]
        data = table(a1=holes, a2=holes, b1=holes, b2=holes)
        assert planned(lenient(two_areas()), data, {"kind": "missing-areas"}).factors == ()

    def test_the_own_rule_alone_is_idle(self) -> None:
        holes = [np.nan, 1, 2, 3, 4, 5]
        told = {"kind": "missing-areas", "rules": ["own-mean"]}
        assert planned(lenient(two_areas()), table(b1=holes, b2=holes), told).factors == ()


class TestLeaveOut:
    def test_shares(self) -> None:
        one = only(two_areas(), table(), {"kind": "leave-out", "nodes": "indicators", "whole": 0.6})
        assert one.options == ("", "a1", "a2", "b1", "b2")
        assert one.effect.source == Choice((0.6, 0.1, 0.1, 0.1, 0.1))

    def test_named_nodes(self) -> None:
        one = only(two_areas(), table(), {"kind": "leave-out", "nodes": ["b", "a1", "index"]})
        assert one.options == ("", "a1", "b")

    @pytest.mark.parametrize("nodes", ["areas", "indicators", ["a"], ["a1"], ["index"]])
    def test_the_last_that_is_there_is_never_left_out(self, nodes: Any) -> None:
        made = framework(group("index", [group("a", [leaf("a1")])]))
        held = planned(made, table(), {"kind": "leave-out", "nodes": nodes})
        assert held.factors == ()

    def test_what_holds_all_the_rest_is_never_left_out(self) -> None:
        made = framework(group("index", [group("mid", [group("a", [leaf("a1"), leaf("a2")])])]))
        held = only(made, table(), {"kind": "leave-out", "nodes": ["mid", "a", "a2"]})
        assert held.options == ("", "a2")


class TestSets:
    def test_multipliers_are_to_the_weights_declared(self) -> None:
        made = two_areas(weight_presets={"far": {"b": 6, "a2": 1}})
        told = {"kind": "weight-sets", "presets": ["far"], "sets": {"own": {"a": 3}}}
        one = only(made, table(), told)
        assert one.options == ("", "far", "own")
        assert one.effect.table is not None
        assert one.effect.table.tolist() == [
            [1] * 7,
            [1, 0.5, 1, 1, 1, 3, 1],
            [1, 1, 1, 1, 3, 1, 1],
        ]


def error(**fields: float) -> GivenError:
    return GivenError(**fields)


class TestErrors:
    def with_errors(self, errors: Any, **columns: Any) -> Dataset:
        data = table(**columns)
        told = np.full((*data.values.shape, 2), np.nan)
        for (row, column), sides in errors.items():
            told[row, column] = sides
        return replace(data, errors=told)

    def test_stated_errors(self) -> None:
        data = table(a1=[1, 2, np.nan, 4, -5, 0])
        scores = scored(two_areas(), data)
        told = {
            "standard_error": (error(standard_error=0.3), [0.3, 0.3, 0, 0.3, 0.3, 0.3]),
            "relative": (error(relative=0.1), [0.1, 0.2, 0, 0.4, 0.5, 0]),
            "half_width": (error(half_width=1.96), [1.96 / 1.959963984540054] * 6),
            "revision": (
                error(revision=0.1),
                [0.1 * v * math.sqrt(math.pi / 2) for v in (1, 2, 0, 4, 5, 0)],
            ),
        }
        for given, wanted in told.values():
            got = standard_errors(scores, {"a1": given}, 0)
            wanted[2] = 0
            np.testing.assert_allclose(got, np.column_stack([wanted, wanted]), rtol=1e-12)

    def test_what_the_file_gives_goes_before_what_is_stated_for_all(self) -> None:
        data = self.with_errors({(1, 0): (0.2, 0.4), (3, 0): (0.1, np.nan), (4, 2): (0.5, 0.5)})
        scores = scored(two_areas(), data)
        got = standard_errors(scores, {"a1": error(standard_error=0.3)}, 0)
        assert got.tolist() == [
            [0.3, 0.3],
            [0.2, 0.4],
            [0.3, 0.3],
            [0.1, 0.3],
            [0.3, 0.3],
            [0.3, 0.3],
        ]
        one = only(two_areas(), data, {"kind": "data-error"})
        assert one.options == ((1, 0), (3, 0), (4, 2))
        assert one.effect.table is not None
        assert one.effect.table.tolist() == [[0.2, 0.4], [0.1, 0.0], [0.5, 0.5]]
        assert one.effect.source.dims == 3

    def test_an_error_of_zero_or_of_a_missing_value_is_none(self) -> None:
        data = self.with_errors(
            {(1, 0): (0.0, 0.0), (2, 0): (0.4, 0.4)}, a1=[1, 2, np.nan, 4, 5, 6]
        )
        assert planned(two_areas(), data, {"kind": "data-error"}).factors == ()

    def test_errors_follow_their_columns(self) -> None:
        data = self.with_errors({(1, 0): (0.2, 0.4)})
        turned = replace(
            data,
            columns=data.columns[::-1],
            values=data.values[:, ::-1],
            flags=data.flags[:, ::-1],
            origin=data.origin[:, ::-1],
            errors=None if data.errors is None else data.errors[:, ::-1],
        )
        for each in (data, turned):
            assert only(two_areas(), each, {"kind": "data-error"}).options == ((1, 0),)

    def test_columns_without_an_indicator_have_none(self) -> None:
        data = self.with_errors({(1, 0): (0.2, 0.4)})
        columns = (Column("other", "raw", "other"), *data.columns[1:])
        other = replace(data, columns=columns)
        assert planned(two_areas(), other, {"kind": "data-error"}).factors == ()


def test_the_usual_factors_speak_of_the_top_step() -> None:
    deep = framework(
        group("index", [group("up", [group("a", [leaf("a1"), leaf("a2")])]), leaf("b1")])
    )
    for made, top in ((two_areas(gaps=gaps()), 2), (deep, 3)):
        assert made.varied == usual(top, len(made.index.children))
        held = plan(scored(made, table()), made.varied.factors)
        assert held.impossible == ()
        methods = next(p for p in held.factors if p.factor.id == "aggregation")
        assert methods.options == ((), (f"aggregate.level{top}=geometric",))
