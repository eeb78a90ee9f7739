"""Variants on a saved frame: only the aggregation and the weights can be otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stiscore.analysis.uncertainty.variants import Variants
from stiscore.pipeline import fit
from tests.unit.test_variants import alternatives, each, table
from tests.varied import examined, factors, lenient, two_areas


def framed(*told: dict[str, Any], settings: tuple[str, ...] = ()) -> Variants:
    made = lenient(two_areas(), *settings)
    frame = type(fit(made, table())).model_validate_json(
        fit(made, table()).model_dump_json(by_alias=True)
    )
    data = table(5, seed=9)
    return Variants.of(examined(made, data, frame), factors(*told), framed=True)


def test_another_aggregation_works() -> None:
    held = framed(alternatives(["aggregate=geometric"]))
    told = each(held)
    made = lenient(two_areas(), "aggregate=geometric")
    again = examined(made, table(5, seed=9), fit(made, table()))
    np.testing.assert_allclose(told[1], again.scores.index[list(held.rows)], rtol=1e-9)
    assert not held.refused


@pytest.mark.parametrize(
    "settings",
    [
        ["normalise=min-max"],
        ["impute=mean"],
        ["treat=iqr-fence"],
        ["weight=equal"],
        ["aggregate=copeland"],
        ["screen=availability"],
        ["aggregate=geometric", "normalise=min-max"],
    ],
    ids=" ".join,
)
def test_what_the_reference_would_have_to_teach_is_refused(settings: list[str]) -> None:
    held = framed(alternatives(settings), {"kind": "weights", "of": "areas", "spread": 0.5})
    (impossible,) = held.plan.impossible
    assert (impossible.settings, impossible.why.code) == (tuple(settings), "C318")
    assert [factor.id for factor in held.plan.idle] == ["f0"]
    told = held.run(300, 1)
    assert not told.failed
    assert told.shares[0].scored[0] == 300


def test_what_can_be_tried_is_tried_beside_what_cannot() -> None:
    held = framed(alternatives(["normalise=min-max"], ["aggregate=geometric"]))
    assert [i.settings for i in held.plan.impossible] == [("normalise=min-max",)]
    assert held.plan.factors[0].options == ((), ("aggregate=geometric",))


def test_a_direction_is_refused() -> None:
    held = framed({"kind": "directions", "indicators": ["a1"]})
    (impossible,) = held.plan.impossible
    assert (impossible.settings, impossible.why.code) == (("a1",), "C318")
    assert not held.run(100, 1).failed


def test_one_unit_on_a_frame() -> None:
    made = lenient(two_areas())
    held = examined(made, table().rows([2]), fit(made, table()))
    told = Variants.of(
        held, factors({"kind": "weights", "of": "areas", "spread": 0.5}), framed=True
    ).run(50, 1, keep=50)
    assert told.shares[0].counts.tolist() == [[50]]
    assert np.ptp(told.kept[0]) > 0


@pytest.mark.parametrize(
    "settings", [("aggregate.level2=copeland",), ("weight=benefit-of-the-doubt",)], ids=str
)
def test_units_are_compared_with_those_of_the_frame(settings: tuple[str, ...]) -> None:
    """Whatever varies below: with whom else the table holds would be another scale."""
    held = framed({"kind": "weights", "of": "below", "spread": 1e-9}, settings=settings)
    told = held.run(20, 1, keep=20)
    wanted = held.evaluated.scores.index[list(held.rows)]
    np.testing.assert_allclose(told.kept[0], np.tile(wanted, (20, 1)), rtol=1e-6)


def test_weights_vary_beside_the_framework_of_the_frame() -> None:
    held = framed({"kind": "weights", "of": "below", "spread": 0.5})
    told = held.run(50, 1, keep=50)
    assert not told.failed
    assert (np.ptp(told.kept[0], axis=0) > 0).all()
