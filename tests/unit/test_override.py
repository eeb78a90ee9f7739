"""Other weights and methods for a framework, and what is said of a slip."""

from __future__ import annotations

import pytest

from stiscore.cli.session import parse_weights
from stiscore.errors import UsageError
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods, with_preset, with_weights
from stiscore.io.framework_yaml import load_framework
from tests import made


@pytest.fixture(scope="module")
def framework() -> Framework:
    return made.framework(
        made.group("whole", [made.group("talent", [made.leaf("share")]), made.leaf("papers")]),
        weight_presets={"heavy": {"talent": 3}},
    )


def weight(framework: Framework, node: str) -> float:
    return next(n.weight for n in framework.nodes if n.id == node)


def test_weights_are_replaced_and_the_rest_stays(framework: Framework) -> None:
    other = with_weights(framework, {"talent": 2, "papers": 0.5})
    assert (weight(other, "talent"), weight(other, "papers")) == (2, 0.5)
    assert weight(other, "share") == weight(framework, "share") == 1
    assert weight(framework, "talent") == 1


def test_a_preset_is_a_set_of_weights(framework: Framework) -> None:
    assert weight(with_preset(framework, "heavy"), "talent") == 3
    with pytest.raises(UsageError, match="did you mean 'heavy'"):
        with_preset(framework, "heavi")


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"talnt": 1}, "no node 'talnt'; did you mean 'talent'?"),
        ({"zzz": 1}, "there are: papers, share, talent"),
        ({"talent": 0}, "the weight of talent must be a number above 0 and up to a million, not 0"),
        ({"talent": -1}, "above 0"),
        ({"talent": float("nan")}, "above 0"),
    ],
)
def test_wrong_weights(framework: Framework, weights: dict[str, float], said: str) -> None:
    with pytest.raises(UsageError) as error:
        with_weights(framework, weights)
    assert said in str(error.value)


def test_an_infinite_weight_is_a_usage_error(framework: Framework) -> None:
    with pytest.raises(UsageError):
        with_weights(framework, {"talent": float("inf")})


@pytest.mark.parametrize("text", ["a", "a=", "a=b", "a=1,,b=2", "", "a=1 b=2"])
def test_weights_that_are_not_pairs(text: str) -> None:
    with pytest.raises(UsageError, match="--weights takes node=weight pairs"):
        parse_weights(text)


def test_methods_are_applied_in_order(framework: Framework) -> None:
    asked = [
        "aggregate=geometric",
        "aggregate.floor=2",
        "normalise=min-max",
        "normalise.range=1,99",
    ]
    method = with_methods(framework, asked).method
    assert method.aggregate.model_dump() == {"id": "geometric", "floor": 2.0}
    assert method.normalise.model_dump()["range"] == (1.0, 99.0)
    assert with_methods(framework, []) is framework
    assert framework.method.aggregate.id == "arithmetic"


def test_one_level_may_differ(framework: Framework) -> None:
    method = with_methods(framework, ["aggregate.level2=geometric"]).method
    assert method.aggregate.id == "arithmetic"
    assert method.aggregate_levels["level2"].id == "geometric"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("agregate=geometric", "no stage 'agregate'; did you mean 'aggregate'?"),
        ("zzz=geometric", "there are: aggregate, denominate, impute, normalise, screen, treat"),
        ("aggregate", "--method takes stage=method or stage.parameter=value, not 'aggregate'"),
        ("aggregate=", "--method takes"),
        ("aggregate=nonsuch", "'arithmetic', 'geometric'"),
        ("aggregate.nonsuch=1", "nonsuch"),
        ("aggregate.id=3", "aggregate"),
        ("aggregate.level2=nonsuch", "level2"),
        ("normalise.clip=maybe", "clip"),
    ],
)
def test_wrong_methods(framework: Framework, setting: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        with_methods(framework, [setting])
    assert said in str(error.value)


def test_the_shipped_presets_can_be_taken() -> None:
    framework = load_framework()
    assert set(framework.weight_presets) == {"equal", "gap_map_density"}
    for preset, weights in framework.weight_presets.items():
        taken = with_preset(framework, preset)
        assert {node: weight(taken, node) for node in weights} == weights
