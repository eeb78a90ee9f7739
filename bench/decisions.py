"""What comes after a score: commands beside ``evaluate``, splits and targets beside their peers.

The floor of a split is scoring as many mixtures as it has, each fitted anew. The peer of a target
is scipy's SLSQP on the same levers.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

import stiscore as sti
from bench.race import alternate, race, table
from stiscore.dataset import Dataset
from stiscore.framework.locate import shipped_samples
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods, with_weights
from stiscore.methods.least_change import Bend, least_moves

Call = Callable[[], object]
LEVERS, TIMES = 40, 50


def run(runs: int) -> None:
    """Print every table."""
    _commands(runs)
    _split(min(runs, 5))
    _least(runs)


def _commands(runs: int) -> None:
    """Whole processes on the real sample, ranges of 1,000 variants included."""
    book = str(Path(shipped_samples()) / "provinces_2022.xlsx")
    asked = {
        "evaluate": [book],
        "gaps, one unit": [book, "-u", "江苏"],
        "whatif": [book, "四川", "rd_expenditure_abroad=x2"],
        "target": [book, "江苏", "--rank", "7"],
        "diff, nothing moved": [book, book],
        "diff, another method": [book, "--new-method", "aggregate=geometric"],
    }
    commands = {
        name: [sys.executable, "-m", "stiscore", name.partition(",")[0], *rest]
        for name, rest in asked.items()
    }
    print("whole processes, 31 provinces")
    print(table(race(commands, runs), "evaluate"))


def _split(runs: int) -> None:
    """A change split over frame, weights, method and what of the figures differs."""
    old = sti.load_framework()
    new = with_methods(with_weights(old, {"global_resources": 2.0}), ["aggregate=geometric"])
    before = sti.read(sti.sample("full"))
    after = _moved(before)
    told = sti.diff(before, after, old, new_framework=new, draws=0)
    mixtures = 1 << len(told.parted.factors)
    calls: dict[str, Call] = {
        f"{mixtures} x fit and score": lambda: _scored(new, after, mixtures),
        "diff": lambda: sti.diff(before, after, old, new_framework=new, draws=0),
    }
    print(f"\ndiff over {', '.join(told.parted.factors)}, 31 x 33: checks, scores, split")
    print(table(alternate(calls, runs, time.perf_counter), next(iter(calls))))


def _moved(data: Dataset) -> Dataset:
    """The table with a tenth more everywhere, and every eleventh figure gone."""
    values = data.values * 1.1
    values.flat[::11] = np.nan
    return replace(data, values=np.where(values > data.values * 1.05, data.values, values))


def _scored(framework: Framework, data: Dataset, times: int) -> None:
    for _ in range(times):
        sti.score(sti.fit(framework, data), data)


class _Mean:
    """A weighted mean of levers, as a target sees it."""

    bend: Bend = "linear"

    def __init__(self, slopes: np.ndarray) -> None:
        self._slopes = slopes

    def values(self, moves: np.ndarray) -> np.ndarray:
        told: np.ndarray = 40.0 + moves @ self._slopes
        return told

    def slopes(self, moves: np.ndarray) -> np.ndarray:
        return np.broadcast_to(self._slopes, moves.shape)


def _least(runs: int) -> None:
    """The smallest sum of squares that brings a mean to its goal."""
    from scipy.optimize import minimize

    dice = np.random.default_rng(1)
    slopes, room = dice.dirichlet(np.ones(LEVERS)), dice.uniform(0, 60, LEVERS)
    mean, goal = _Mean(slopes), 55.0

    def by_slsqp() -> object:
        return minimize(
            lambda m: float(m @ m),
            np.zeros(LEVERS),
            jac=lambda m: 2 * m,
            bounds=[(0.0, r) for r in room],
            constraints={"type": "ineq", "fun": lambda m: 40.0 + m @ slopes - goal},
            method="SLSQP",
        )

    # Both are over in a moment.
    calls: dict[str, Call] = {
        "SLSQP": lambda: [by_slsqp() for _ in range(TIMES)],
        "stiscore": lambda: [least_moves(mean, room, goal) for _ in range(TIMES)],
    }
    print(f"\nleast change over {LEVERS} levers of a mean, {TIMES} times")
    print(table(alternate(calls, runs, time.perf_counter), "SLSQP"))
