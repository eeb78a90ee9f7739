"""Methods that do not fit together are refused with the reason, before any data are read."""

from __future__ import annotations

import json

import pytest

from stiscore.errors import UsageError
from stiscore.framework.combine import misfits
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods
from stiscore.words.faults.methods import WHY
from tests.made import framework, group, leaf

# By reason: what is asked for, and a piece of what is said.
REFUSED = {
    "required": (["impute=group-mean"], "group-mean needs `group`"),
    "cost": (["normalise=fraction-of-max"], "says nothing of days"),
    "unlike": (
        ["normalise=min-max", "normalise.days=min-max", "normalise.days.range=0,1"],
        "gives scores of 0 - 1, all others 0 - 100",
    ),
    "measurement": (["treat=winsorise"], "winsorise may transform values"),
    "for_all": (["impute.days=row-mean"], "row-mean needs all of a unit's values"),
    "z_score": (["aggregate=mazziotta-pareto"], "is defined on z-scores"),
    "positive_scale": (["aggregate=adjusted-mazziotta-pareto"], "needs a scale above zero"),
    "positive": (
        ["normalise=z-score", "aggregate=geometric"],
        "geometric needs positive scores, and normalise: z-score gives -3 to 3",
    ),
    "floor": (
        ["normalise=min-max", "normalise.range=0,1", "aggregate=geometric"],
        "raises scores to its floor of 1, the top of a scale of 0 to 1",
    ),
    "own_scale": (
        ["normalise=z-score", "aggregate.level1=copeland"],
        "copeland scores on 0 - 100 whatever it is given, and normalise: scores on -3 - 3",
    ),
    "own_weights": (
        ["weight=benefit-of-the-doubt", "aggregate=geometric"],
        "it cannot enter aggregate: geometric",
    ),
}
FITTING = [
    ["normalise=z-score", "normalise.mean=100", "normalise.sd=10", "aggregate=mazziotta-pareto"],
    ["normalise.range=70,130", "aggregate=adjusted-mazziotta-pareto"],
    ["treat=winsorise", "treat.then=none"],
    ["normalise=min-max", "treat=winsorise", "treat.days=none"],
    ["normalise=percentile-rank", "aggregate=copeland"],
    ["weight.level2=benefit-of-the-doubt", "aggregate.level1=geometric"],
    ["impute=row-median", "impute.within=1"],
]


def _made(**method: object) -> Framework:
    index = group(
        "index",
        [
            group("a", [leaf("papers"), leaf("days", direction="cost")]),
            group("b", [leaf("share")]),
        ],
    )
    return framework(index, method=method)


@pytest.mark.parametrize("reason", WHY)
def test_what_excludes_each_other_is_refused(reason: str) -> None:
    settings, said = REFUSED[reason]
    with pytest.raises(UsageError) as error:
        with_methods(_made(), settings)
    told = error.value.findings
    assert {finding.code for finding in told} == {"F131"}
    assert said in str(error.value)


@pytest.mark.parametrize("settings", FITTING, ids=" ".join)
def test_what_fits_is_taken(settings: list[str]) -> None:
    assert list(misfits(with_methods(_made(), settings))) == []


def test_a_scale_of_ranks_is_no_scale_that_happens_to_end_alike() -> None:
    with pytest.raises(UsageError, match="all others 1 - n"):
        with_methods(
            _made(), ["normalise=rank", "normalise.days=min-max", "normalise.days.range=1,10"]
        )


def test_a_target_is_asked_for_by_indicator() -> None:
    with pytest.raises(UsageError) as error:
        with_methods(_made(), ["normalise=distance-to-target"])
    assert [f.fields["indicator"] for f in error.value.findings] == ["papers", "days", "share"]
    assert {f.code for f in error.value.findings} == {"F132"}


@pytest.mark.parametrize(
    ("method", "code", "path"),
    [
        ({"by_indicator": {"nobody": {}}}, "F112", ("method", "by_indicator", "nobody")),
        (
            {"denominate": {"id": "column", "denominator": "nothing"}},
            "F112",
            ("method", "denominate", "denominator"),
        ),
        (
            {"impute": {"id": "group-mean", "group": "nowhere"}},
            "F112",
            ("method", "impute", "group"),
        ),
        (
            {"weight": {"id": "budget", "points": {"me": {"nobody": 1.0}}}},
            "F112",
            ("method", "weight"),
        ),
        (
            {"weight_levels": {"level7": {"id": "equal"}}},
            "F112",
            ("method", "weight_levels", "level7"),
        ),
    ],
)
def test_names_that_methods_use_must_exist(
    method: dict[str, object], code: str, path: tuple[str, ...]
) -> None:
    flaws = list(misfits(_made(**json.loads(json.dumps(method)))))
    assert [(flaw.code, flaw.path[: len(path)]) for flaw in flaws] == [(code, path)]


def test_one_indicator_has_methods_of_its_own() -> None:
    settings = ["normalise=min-max", "treat.papers=winsorise", "treat.papers.winmax=2"]
    told = with_methods(_made(), settings).method
    assert told.of("treat", "papers").model_dump()["winmax"] == 2
    assert told.of("treat", "share").id == "none"
