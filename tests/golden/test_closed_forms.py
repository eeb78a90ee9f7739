"""Shares of ranks that can be worked out by hand, against the engine.

Random variants must come within four Monte Carlo standard errors. Where a design can be laid out
along the line that parts two ranks, its share must be the exact one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from math import comb

import numpy as np
import pytest

from stiscore.methods.aggregate import Arithmetic, Geometric, Harmonic
from stiscore.methods.base import Array
from stiscore.methods.climb import Bough, Joiner
from stiscore.robust.draws import Dirichlet, Even, Source
from stiscore.robust.effects import Effect, laid_out
from stiscore.robust.engine import Configuration, Work, counted, run, scored
from stiscore.robust.sobol import design
from stiscore.robust.tiers import beats
from stiscore.robust.tree import Setting

DRAWS, SEED, TIE = 20_000, 20_260, 1e-9
# Strata of one area in designs that are exact; even, so that half of them lie below the middle.
STRATA = 16


def work(
    areas: Array, source: Source, joiner: Joiner | None = None, weights: Sequence[float] = ()
) -> Work:
    """Units with scores in some areas, (units, areas), whose weights vary by ``source``."""
    units, count = areas.shape
    places = tuple(range(count))
    bough = Bough(count, places, tuple(weights) or (1.0,) * count, joiner or Arithmetic())
    scored_in = np.ones((units, count + 1), dtype=np.bool_)
    setting = Setting(areas, (bough,), count, scored_in, fills=False, tie=TIE)
    effects = (Effect(0, "weights", source, places),)
    return Work(effects, {(): Configuration(setting)}, (count,), units, units, count + 1)


def within_error(share: float, exact: float, draws: int = DRAWS) -> None:
    """A share of random variants lies within four standard errors of the exact one."""
    assert abs(share - exact) <= 4 * math.sqrt(exact * (1 - exact) / draws)


def drawn_share(made: Work) -> float:
    """In which share of random variants the first unit stands above the second."""
    outcome = run(made, DRAWS, SEED, keep=DRAWS)
    share = beats(outcome.kept[0], 0, 1, TIE)
    assert outcome.shares[0].shares[0, 0] == share
    return share


def share_at(made: Work, multipliers: Array) -> float:
    """The same for given multipliers, (variants, areas), none of which brings them level."""
    told = scored(made, {0: multipliers}, len(multipliers))
    share = beats(told.scores[0], 0, 1, TIE)
    assert counted(told, made.ranked)[0].counts[0].tolist() == [
        round(share * len(multipliers)),
        round((1 - share) * len(multipliers)),
    ]
    return share


def even_share(ratio: float, spread: float) -> float:
    """How often ``w1 > ratio w2`` for independent weights even within ``1 -+ spread``.

    For a ratio of at least 1 the line leaves a triangle of the square, under the upper end of w1:
    its sides are ``high - ratio low`` and that over the ratio. Below 1 the weights change places.
    """
    low, high = 1 - spread, 1 + spread
    if ratio < 1:
        return 1 - even_share(1 / ratio, spread)
    side = max(high - ratio * low, 0.0)
    return side * side / (2 * ratio) / (high - low) ** 2


# The first unit leads by 4 in one area and trails by 6 in the other, in what each mean adds up:
# scores; logarithms, 2 and 3 of base 2; reciprocals, 1/6 and 1/4.
LEADS = {
    "arithmetic": (Arithmetic(), [[54.0, 40.0], [50.0, 46.0]]),
    "geometric": (Geometric(), [[16.0, 2.0], [4.0, 16.0]]),
    "harmonic": (Harmonic(), [[12.0, 2.0], [4.0, 4.0]]),
}


@pytest.mark.parametrize(("joiner", "areas"), LEADS.values(), ids=LEADS)
@pytest.mark.parametrize("spread", [0.25, 0.5, 0.9])
def test_two_units_and_two_even_weights(
    joiner: Joiner, areas: list[list[float]], spread: float
) -> None:
    scores = np.array(areas)
    for weights in ((1.0, 1.0), (2.0, 1.0), (6.0, 5.0)):
        ratio = 1.5 * weights[1] / weights[0]
        exact = even_share(ratio, spread)
        within_error(drawn_share(work(scores, Even(2, spread), joiner, weights)), exact)
        within_error(drawn_share(work(scores[::-1], Even(2, spread), joiner, weights)), 1 - exact)


def stepped(spread: float) -> Array:
    """Multipliers of two areas on which a line of a steep ratio has its exact share.

    The line falls midway between two neighbours of the finer first column in every stratum of the
    second, which it leaves at the middle: the mean of a straight line over strata is exact.
    """
    fine, coarse = (np.arange(n) + 0.5 for n in (8 * STRATA, STRATA))
    cube = np.stack(np.meshgrid(fine / (8 * STRATA), coarse / STRATA), axis=-1).reshape(-1, 2)
    return Even(2, spread).at(cube)


@pytest.mark.parametrize(("joiner", "areas"), LEADS.values(), ids=LEADS)
def test_even_weights_of_a_design_are_exact(joiner: Joiner, areas: list[list[float]]) -> None:
    scores, cube = np.array(areas), stepped(0.5)
    assert even_share(1.5, 0.5) == 3 / 16
    assert share_at(work(scores, Even(2, 0.5), joiner), cube) == 3 / 16
    # The same with the areas and with the units in the other order.
    turned = work(scores[:, ::-1], Even(2, 0.5), joiner)
    assert share_at(turned, cube[:, ::-1]) == 3 / 16
    assert share_at(work(scores[::-1], Even(2, 0.5), joiner), cube) == 13 / 16


def test_even_weights_of_a_narrower_design_are_exact() -> None:
    """Weights 6 and 5 of the ratio 3/2: 5/4, whose line leaves the square at the middle again."""
    scores = np.array(LEADS["arithmetic"][1])
    made = work(scores, Even(2, 0.25), weights=(6.0, 5.0))
    assert even_share(1.25, 0.25) == 5 / 32
    assert share_at(made, stepped(0.25)) == 5 / 32


def test_level_units_share_the_better_rank() -> None:
    """On a square grid the line of the ratio 1 meets one point of every row."""
    made = work(np.array([[60.0, 40.0], [40.0, 60.0]]), Even(2, 0.5))
    half = (np.arange(STRATA) + 0.5) / STRATA
    cube = np.stack(np.meshgrid(half, half), axis=-1).reshape(-1, 2)
    told = scored(made, {0: Even(2, 0.5).at(cube)}, len(cube))
    above, level = STRATA * (STRATA - 1) // 2, STRATA
    assert counted(told, 2)[0].counts.tolist() == [[above + level, above]] * 2
    assert beats(told.scores[0], 0, 1, TIE) == above / STRATA**2


def levels_of_one(areas: int, middle: float) -> Array:
    """Exact shares of each rank of a unit level everywhere among units best in one area each.

    All others have 1 in their own area and 0 elsewhere, so their scores are the weights themselves
    and the unit stands at its ``middle``. That j given weights exceed it happens in
    ``(1 - j middle)^(areas - 1)`` of the simplex, a smaller simplex; how often exactly so many do
    follows by inclusion and exclusion.
    """
    held = [max(0.0, 1 - j * middle) ** (areas - 1) for j in range(areas + 1)]
    return np.array(
        [
            sum(
                (-1) ** (j - above) * comb(j, above) * comb(areas, j) * held[j]
                for j in range(above, areas + 1)
            )
            for above in range(areas + 1)
        ]
    )


def among_the_best(areas: int, middle: float) -> Array:
    """That unit, then the others: scores, (units, areas)."""
    return np.vstack([np.full(areas, middle), np.eye(areas)])


def flat(areas: int) -> Dirichlet:
    return Dirichlet((1 / areas,) * areas, float(areas))


def simplex(areas: int, parts: int) -> Array:
    """Centres of a simplex of two or three areas cut into equal parts, (parts^(areas - 1), areas).

    Every line on which one weight is a multiple of 1 / parts runs along the cuts.
    """
    corner, told = 1 / areas, list[Sequence[float]]()
    for lower in np.ndindex(*(parts,) * (areas - 1)):
        left = parts - 1 - sum(lower)
        if left >= 0:
            told.append([n + corner for n in (*lower, left)])
        if areas == 3 and left >= 1:
            told.append([n + 2 * corner for n in (*lower, left - 1)])
    return np.array(told) / parts


@pytest.mark.parametrize("areas", [2, 3])
@pytest.mark.parametrize("twelfths", [2, 3, 4, 5, 6, 7, 9])
def test_flat_weights(areas: int, twelfths: int) -> None:
    exact = levels_of_one(areas, twelfths / 12)
    assert exact.sum() == pytest.approx(1)
    made = work(among_the_best(areas, twelfths / 12), flat(areas))
    told = scored(made, {0: simplex(areas, 12)}, 12 ** (areas - 1))
    laid = counted(told, made.ranked)[0]
    np.testing.assert_array_equal(laid.counts[0], np.round(exact * laid.draws))
    np.testing.assert_allclose(laid.shares[0], exact, rtol=0, atol=1e-15)
    outcome = run(made, DRAWS, SEED).shares[0]
    for share, wanted in zip(outcome.shares[0], np.round(exact, 12), strict=True):
        within_error(share, wanted)


@pytest.mark.parametrize("lead", [(1.0, -2.0), (1.0, -2.0, -3.0), (2.0, -1.0, -5.0)])
def test_a_line_across_the_simplex(lead: tuple[float, ...]) -> None:
    """A unit that leads in one area only has a corner of the simplex to itself.

    Its edges are cut where the lead is used up, at ``lead / (lead + lag)`` of their lengths, and
    the corner's share of the whole is the product of these.
    """
    first, *others = lead
    exact = math.prod(first / (first - other) for other in others)
    scores = np.array([lead, np.zeros(len(lead))]) + 50
    within_error(drawn_share(work(scores, flat(len(lead)))), exact)
    within_error(drawn_share(work(scores[::-1], flat(len(lead)))), 1 - exact)


CONCENTRATED: dict[str, tuple[Dirichlet, Callable[[float], float]]] = {
    # One weight of two is Beta(2, 2), of three Beta(2, 4).
    "two areas": (Dirichlet((0.5, 0.5), 4.0), lambda t: 1 - 3 * t**2 + 2 * t**3),
    "three areas": (Dirichlet((1 / 3,) * 3, 6.0), lambda t: (1 - t) ** 4 * (1 + 4 * t)),
    "unequal": (Dirichlet((0.25, 0.75), 4.0), lambda t: (1 - t) ** 3),
}


@pytest.mark.parametrize(("source", "beyond"), CONCENTRATED.values(), ids=CONCENTRATED)
@pytest.mark.parametrize("bar", [0.2, 0.4, 0.7])
def test_weights_around_the_declared_ones(
    source: Dirichlet, beyond: Callable[[float], float], bar: float
) -> None:
    """How often one weight exceeds a bar, from the distribution of a single weight."""
    areas = source.dims
    made = work(among_the_best(areas, bar)[[1, 0]], source, weights=source.means)
    within_error(drawn_share(made), beyond(bar))


@pytest.mark.parametrize(
    ("source", "exact"),
    [
        (Even(2, 0.5), even_share(1.5, 0.5)),
        (flat(2), 0.4),
        (CONCENTRATED["two areas"][0], CONCENTRATED["two areas"][1](0.6)),
    ],
    ids=["even", "flat", "concentrated"],
)
def test_a_sobol_design_has_the_shares_of_the_draws(source: Source, exact: float) -> None:
    """The first unit is above where its area has more than 0.6 of the weight."""
    made = work(np.array(LEADS["arithmetic"][1]), source)
    told = scored(made, laid_out(made.effects, design(4096, 2, SEED).a), 4096)
    # Far nearer than random variants of the same number would be: a standard error is 0.007.
    assert beats(told.scores[0], 0, 1, TIE) == pytest.approx(exact, abs=0.002)
