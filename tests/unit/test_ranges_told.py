"""What reports say of ranges: on which scale, over which errors, of whom nothing is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

import stiscore as sti
from stiscore.framework.model import Framework
from stiscore.report import explain_text


def shipped(*factors: dict[str, Any]) -> Framework:
    """The shipped framework with these factors in place of its own."""
    tree = sti.load_framework().model_dump(mode="json", by_alias=True)
    tree["uncertainty"] = {"factors": [{"id": f"f{n}", **f} for n, f in enumerate(factors)]}
    return Framework.model_validate_json(json.dumps(tree))


def told(framework: Framework) -> tuple[str, dict[str, Any]]:
    """The head of an explanation in English, and the JSON of the scorecard."""
    card = sti.evaluate(sti.read(sti.sample("provinces"), framework), framework)
    text = explain_text.render(card.explanation("上海"), card.report_of("上海"), "text", "en", 200)
    return text, json.loads(card.to_json())


def test_score_ranges_say_on_how_many_variants_they_rest() -> None:
    ranks = {"kind": "methods", "alternatives": [["normalise=percentile-rank"]]}
    text, scorecard = told(shipped(ranks))
    some = scorecard["variants"]["on_scale"]
    assert 400 < some < 600 < scorecard["draws"] == scorecard["variants"]["kept"]
    assert f"90% of the {some} variants on the framework's own scale score it 82.3-82.3." in text
    assert f"Score ranges rest on the {some} variants" in text
    (unit,) = (u for u in scorecard["units"] if u["id"] == "CN-SH")
    assert unit["score_interval"] == pytest.approx([unit["score"]] * 2)


def test_where_all_are_on_one_scale_nothing_is_said_of_it() -> None:
    text, scorecard = told(shipped({"kind": "weights", "of": "areas", "spread": 0.5}))
    assert scorecard["variants"]["on_scale"] == 1000
    assert "own scale" not in text


def test_errors_are_those_of_the_table() -> None:
    given = {"trade_gdp": {"standard_error": 5.0}, "regulatory_quality": {"standard_error": 0.2}}
    text, scorecard = told(shipped({"kind": "data-error", "errors": given}))
    assert "errors given for Trade openness (other figures taken as exact)" in text
    assert scorecard["variants"]["factors"][0]["indicators"] == ["trade_gdp"]


def test_a_unit_without_a_rank_is_compared_with_nobody() -> None:
    done = sti.compare(sti.read(sti.sample("provinces")), units=["西藏", "贵州"])
    text = done.to_text("en")
    assert "Not ranked: Tibet; nobody leads or ranks above them." in text
    assert "No area differs." not in text
    assert json.loads(done.to_json())["above"] == []


def test_shares_above_and_level_are_clean() -> None:
    done = sti.compare(sti.read(sti.sample("provinces")), units=["江苏", "上海", "安徽"])
    for pair in json.loads(done.to_json())["above"]:
        assert pair["level"] == 0.0
        assert 0.5 < pair["share"] <= 1.0
