"""What every member of every union owes; a new method is met here without an edit."""

from __future__ import annotations

import inspect
import re
from itertools import groupby

import pytest
from pydantic import ValidationError

from stiscore.framework.method import STAGES, MethodSettings, catalogue
from stiscore.methods.aggregate import Aggregate
from stiscore.methods.base import Method, members
from stiscore.methods.denominate import Denominate
from stiscore.methods.impute import Impute
from stiscore.methods.normalise import Normalise
from stiscore.methods.screen import Screen
from stiscore.methods.treat import Treat
from stiscore.methods.weight import Weighting

UNIONS = (Screen, Denominate, Impute, Treat, Normalise, Weighting, Aggregate)
ALL = [method for union in UNIONS for method in members(union)]


def called(method: type[Method]) -> str:
    return method.model_fields["id"].default


every = pytest.mark.parametrize("method", ALL, ids=lambda m: f"{m.stage}-{called(m)}")


@every
def test_card(method: type[Method]) -> None:
    told = inspect.getdoc(method) or ""
    assert "Reference:" in told
    assert ">>>" in told
    assert method.reference
    [card] = [c for c in catalogue() if (c["stage"], c["id"]) == (method.stage, called(method))]
    assert card["summary"] == told.splitlines()[0]
    assert card["reference"] == method.reference
    assert {*card["parameters"], "id"} == set(method.model_fields)


@every
def test_settings_are_frozen_strict_and_survive_json(method: type[Method]) -> None:
    made = method()
    assert method.model_validate_json(made.model_dump_json()) == made
    with pytest.raises(ValidationError, match="extra_forbidden"):
        method.model_validate_json('{"no_such_parameter": 1}')
    with pytest.raises(ValidationError, match="frozen"):
        made.id = "other"  # type: ignore[attr-defined]


@every
def test_no_setting_is_infinite_or_of_another_kind(method: type[Method]) -> None:
    for name in method.model_fields:
        for value in (float("inf"), float("nan"), object()):
            with pytest.raises(ValidationError):
                method(**{name: value})


@every
def test_id_is_kebab_case_and_chosen_by_its_name(method: type[Method]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", called(method))
    chosen = MethodSettings.model_validate({method.stage: {"id": called(method)}})
    assert getattr(chosen, method.stage) == method()


def test_stages_stand_in_the_order_of_the_handbook() -> None:
    assert [stage for stage, _ in groupby(ALL, key=lambda m: m.stage)] == list(STAGES)
    assert [(c["stage"], c["id"]) for c in catalogue()] == [(m.stage, called(m)) for m in ALL]


@pytest.mark.parametrize("union", UNIONS, ids=lambda union: members(union)[0].stage)
def test_no_two_methods_of_a_stage_share_an_id(union: object) -> None:
    ids = [called(method) for method in members(union)]
    assert len(set(ids)) == len(ids)
