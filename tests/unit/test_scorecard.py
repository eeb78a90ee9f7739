"""What a reader of a card must not be told wrongly: blank columns, other frames, odd settings."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

import stiscore as sti
from stiscore.framework.override import with_methods
from stiscore.report.league import standing_out
from stiscore.scorecard import appraise
from tests.made import LEVEL, dataset, framework, group, leaf

NAN = float("nan")


def _two_areas(**fields: object) -> sti.Framework:
    core = [leaf("a1"), leaf("a2", role="proxy", proxy_for="a1"), leaf("b1"), leaf("b2")]
    return framework(group("index", [group("a", core[:2]), group("b", core[2:])]), **fields)


def codes(card: sti.Scorecard) -> set[str]:
    return {finding.code for finding in card.findings}


def test_a_blank_column_measures_nothing_and_replaces_no_proxy() -> None:
    made = _two_areas()
    blank = {"a1": [NAN, NAN], "a2": [1.0, 9.0], "b1": [2.0, 4.0]}
    without = {"a2": [1.0, 9.0], "b1": [2.0, 4.0]}
    card, other = (appraise(dataset(table), made) for table in (blank, without))
    assert card.report.superseded == ()
    assert card.report.coverage == other.report.coverage
    assert [u.score for u in card.report.units] == [u.score for u in other.report.units]


def test_nothing_but_blanks_is_an_error() -> None:
    with pytest.raises(sti.DataInvalid, match="C309"):
        appraise(dataset({"a1": [NAN, NAN]}), _two_areas())


def test_a_frame_of_another_level_is_refused() -> None:
    made = _two_areas()
    fitted = sti.fit(made, dataset({"b1": [1.0, 2.0]}))
    other = replace(dataset({"b1": [1.0, 2.0]}), level="another")
    with pytest.raises(sti.DataInvalid, match="L115"):
        sti.score(fitted, other)


def test_columns_that_differ_from_the_frame_are_named() -> None:
    made = _two_areas()
    fitted = sti.fit(made, dataset({"a1": [1.0, 2.0], "b1": [1.0, 2.0]}))
    card = appraise(dataset({"a1": [3.0, 4.0], "b2": [1.0, 2.0]}), made, frame=fitted)
    told = {f.code: f.fields["indicator"] for f in card.findings if f.code in ("C312", "C313")}
    assert told == {"C312": "b1", "C313": "b2"}


def test_a_frame_that_does_not_hang_together_is_refused() -> None:
    fitted = sti.fit(_two_areas(), dataset({"a1": [1.0, 2.0], "b1": [1.0, 2.0]}))
    told = json.loads(fitted.model_dump_json(by_alias=True))
    for key, value in (("columns", ["a1"]), ("columns", ["a1", "zz"]), ("level", "other")):
        with pytest.raises(ValidationError):
            sti.Fitted.model_validate_json(json.dumps({**told, key: value}))
    told["weights"]["local"] = [1.0]
    with pytest.raises(ValidationError):
        sti.Fitted.model_validate_json(json.dumps(told))


def test_min_max_of_one_unit_is_an_error() -> None:
    made = _two_areas(method={"normalise": {"id": "min-max"}})
    with pytest.raises(sti.DataInvalid, match="C303"):
        appraise(dataset({"a1": [1.0], "b1": [2.0]}), made)


@pytest.mark.parametrize(
    "setting",
    ["normalise.range=100,0", "normalise.range=0,0", "aggregate.level9=geometric"],
)
def test_settings_that_would_mislead_are_refused(setting: str) -> None:
    with pytest.raises(sti.UsageError, match=r"U10|F112"):
        with_methods(_two_areas(), ["normalise=min-max", setting])


def test_a_level_has_its_own_floor() -> None:
    made = with_methods(_two_areas(), ["aggregate.level2=geometric", "aggregate.level2.floor=5"])
    assert made.method.aggregate_levels["level2"].model_dump() == {"id": "geometric", "floor": 5.0}


def test_reweight_keeps_scales_and_common() -> None:
    made = _two_areas(method={"normalise": {"id": "min-max"}})
    card = appraise(
        dataset({"a1": [1, 5, NAN], "b1": [2, 4, 3], "b2": [1, 7, 3]}), made, common=True
    )
    heavier = card.reweight({"a": 3})
    assert heavier.fitted.maps == card.fitted.maps
    assert (card.report.ranked, heavier.report.ranked) == (2, 2)
    assert heavier.report.provenance.common
    assert heavier.report.areas[0].declared == 3


def test_too_few_core_indicators_are_not_judged() -> None:
    card = appraise(dataset({"a1": [1, 5, 3], "b1": [2, 4, 3]}), _two_areas())
    unit = card.report.units[0]
    assert (unit.judged, unit.strengths, unit.weaknesses) == (False, (), ())
    told = standing_out(unit, card.report, "en")
    assert told == ["Strengths and weaknesses: too few core indicators to judge."]


def test_a_stand_in_does_not_add_to_what_there_is_to_measure() -> None:
    tag = {"gaps": {"primary": "g"}}
    core = [leaf("a1", **tag), leaf("a2", role="proxy", proxy_for="a1", **tag), leaf("b1", **tag)]
    made = framework(
        group("index", [group("a", core)]), gaps=[{"id": "g", "name": {"en": "g", "zh": "g"}}]
    )
    gap = appraise(dataset({"a2": [1.0, 2.0]}), made).report.units[0].gaps[0]
    assert (gap.measured, gap.of) == (1, 2)


def test_an_index_without_groups_is_scored_and_printed(tmp_path: Path) -> None:
    flat = framework(group("index", [leaf("a"), leaf("b", direction="cost")]))
    card = appraise(dataset({"a": [0.0, 10.0], "b": [0.0, 5.0]}), flat)
    assert [u.score for u in card.report.units] == [75.0, 50.0]
    assert "75.0" in card.to_markdown("zh")
    card.to_html(tmp_path / "x.html")
    assert json.loads(card.to_json())["units"][0]["score"] == 75.0
    assert np.isfinite([float(card.explain("u1").score or 0)]).all()
    assert card.fitted.level == LEVEL


def test_unequal_area_weights_stand_in_the_method_line() -> None:
    card = sti.evaluate(sti.read(sti.sample())).reweight({"global_resources": 2})
    assert r"global\_resources=2" in card.to_markdown()
    assert json.loads(card.to_json())["area_weights"]["global_resources"] == 2
