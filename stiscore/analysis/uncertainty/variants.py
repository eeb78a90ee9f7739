"""One table's variants, ready to be worked out: configurations are prepared when first met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.uncertainty.plan import Plan, Planned, plan
from stiscore.analysis.uncertainty.settings import (
    Chosen,
    choices,
    configuration,
    gap_boughs,
    scored_as,
)
from stiscore.finding import Finding
from stiscore.framework.uncertainty import Factor
from stiscore.learned import Known
from stiscore.robust.blas import one_thread
from stiscore.robust.effects import Values, codes, distinct
from stiscore.robust.engine import (
    Code,
    Configuration,
    Outcome,
    Progress,
    Scored,
    Work,
    needed,
    run,
    scored,
)
from stiscore.robust.memory import keep_freed
from stiscore.scores import Scores


@dataclass(frozen=True, slots=True)
class Failed:
    """Variants that could not be computed: what they chose, how many they are, and why."""

    chosen: Chosen
    draws: int
    why: Finding

    @property
    def taken(self) -> tuple[str, ...]:
        """The settings and the indicators turned."""
        return (*self.chosen.settings, *self.chosen.turned)


@dataclass(slots=True, eq=False)
class Variants:
    """Variants of one evaluated table.

    ``rows``: the rows of the table that have a score, the ``ranked`` ones first, each by rank;
    units of whatever comes of variants are in this order. ``framed``: the scores stand on a saved
    frame, which another aggregation is all that can be tried on.
    """

    evaluated: Evaluated
    plan: Plan
    rows: tuple[int, ...]
    framed: bool = False
    ready: dict[Code, Configuration] = field(default_factory=dict)
    refused: dict[Code, Finding] = field(default_factory=dict)
    _scored: dict[tuple[tuple[str, ...], tuple[str, ...]], Scores | Finding] = field(
        default_factory=dict
    )
    _known: Known = field(default_factory=dict)

    @classmethod
    def of(
        cls, evaluated: Evaluated, factors: Sequence[Factor], *, framed: bool = False
    ) -> Variants:
        """The variants that ``factors`` make of a table."""
        index, ranked = evaluated.scores.index, evaluated.ranked
        held = np.flatnonzero(~np.isnan(index)).tolist()
        rows = tuple(sorted(held, key=lambda row: (not ranked[row], -index[row], row)))
        told = cls(evaluated, plan(evaluated.scores, factors, framed=framed), rows, framed)
        told.plan = told.plan.without([p for p in told.plan.factors if told._changes_nothing(p)])
        return told

    def _changes_nothing(self, planned: Planned) -> bool:
        """Whether a factor of methods leaves every score as it is, whichever is chosen."""
        if planned.factor.kind != "methods":
            return False
        own = self.evaluated.scores
        told = (self._as(Chosen(option, (), fills=False)) for option in planned.options[1:])
        return all(isinstance(each, Scores) and _alike(each, own) for each in told)

    def _as(self, chosen: Chosen) -> Scores | Finding:
        """The table once more under other methods, or why it cannot be; worked out once."""
        key = chosen.settings, chosen.turned
        if key not in self._scored:
            own = self.evaluated.scores
            nothing = key == ((), ())
            self._scored[key] = (
                own if nothing else scored_as(own, chosen, self._known, framed=self.framed)
            )
        return self._scored[key]

    @property
    def ranked(self) -> int:
        """How many of the rows are ranked."""
        return int(self.evaluated.ranked.sum())

    @property
    def groups(self) -> tuple[int, ...]:
        """The nodes that are worked out: the index, its measured groups, the measured gaps."""
        fitted = self.evaluated.scores.fitted
        tree = fitted.tree
        below = [g for g in tree.groups if g != tree.root and fitted.measures(g)]
        gaps = [b.group for b in gap_boughs(self.evaluated.scores) if b.children]
        return (tree.root, *below, *gaps)

    def work(self, groups: Sequence[int] | None = None) -> Work:
        """What a block needs; ``groups``: the nodes wanted, None for all."""
        fitted = self.evaluated.scores.fitted
        return Work(
            effects=self.plan.effects,
            configurations=self.ready,
            groups=self.groups if groups is None else tuple(groups),
            units=len(self.rows),
            ranked=self.ranked,
            nodes=len(fitted.tree.ids) + len(fitted.framework.gaps),
        )

    def run(
        self,
        draws: int,
        seed: int,
        *,
        groups: Sequence[int] | None = None,
        keep: int = 0,
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> Outcome:
        """Random variants; see ``stiscore.robust.engine.run``."""
        self.prepare(needed(self.plan.effects, draws, len(self.rows), seed))
        work = self.work(groups)
        return run(work, draws, seed, keep=keep, jobs=jobs, progress=progress)

    def at(self, values: Values, draws: int, groups: Sequence[int] | None = None) -> Scored:
        """The variants that ``values`` stand for."""
        self.prepare(distinct(codes(self.plan.effects, values))[0])
        keep_freed()
        with one_thread():
            return scored(self.work(groups), values, draws)

    def prepare(self, wanted: Iterable[Code]) -> None:
        """Work out the configurations that are not there yet."""
        own = self.evaluated.scores
        for code in wanted:
            if code in self.ready or code in self.refused:
                continue
            chosen = choices(self.plan, code)
            held = self._as(chosen)
            if isinstance(held, Finding):
                self.refused[code] = held
            else:
                self.ready[code] = configuration(
                    held, own, self.plan, self.rows, fills=chosen.fills, framed=self.framed
                )

    def failures(self, failed: Counter[Code]) -> tuple[Failed, ...]:
        """What could not be computed, most first, with what those variants have in common."""
        told = [Failed(choices(self.plan, c), n, self.refused[c]) for c, n in failed.items()]
        return tuple(sorted(told, key=lambda each: (-each.draws, each.chosen)))


def _alike(one: Scores, other: Scores) -> bool:
    """Whether two ways to score a table give every node the same, to the bit."""
    stages = ((one.normalised, other.normalised), (one.groups, other.groups))
    return all(np.array_equal(a, b, equal_nan=True) for a, b in stages)
