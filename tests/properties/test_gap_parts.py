"""What must hold of every gap of every table: its parts, and which gap is the widest."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stiscore.analysis.gap_parts import parts, widest, widest_shares
from stiscore.analysis.uncertainty.ranges import told_of
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.dataset import Dataset
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods
from tests.made import scored
from tests.varied import examined, factors

Case = tuple[Framework, Dataset]
HALF = {"kind": "weights", "of": "below", "spread": 0.5}


quick = settings(max_examples=60, deadline=None)
METHODS = (
    (),
    ("normalise=z-score", "aggregate=arithmetic"),
    ("normalise=min-max", "normalise.range=1,7"),
)


@quick
@given(scored(), st.sampled_from(METHODS))
def test_the_points_lost_add_up_to_the_severity(case: Case, method: tuple[str, ...]) -> None:
    made, table = case
    evaluated = examined(with_methods(made, method), table)
    severity = evaluated.gaps.severity
    for row, gap in np.ndindex(severity.shape):
        told = parts(evaluated, row, gap)
        lost = [part.lost for part in told if part.lost is not None]
        shares = [part.share for part in told if part.share is not None]
        if np.isnan(severity[row, gap]):
            assert lost == []
            continue
        assert abs(sum(lost) - severity[row, gap]) < 1e-10 * max(
            1.0, float(abs(severity[row, gap]))
        )
        assert abs(sum(shares) - 1.0) < 1e-12
        assert len(lost) == evaluated.gaps.behind[row, gap]


@quick
@given(scored())
def test_no_gap_is_wider_than_the_widest(case: Case) -> None:
    evaluated = examined(*case)
    severity, tie = evaluated.gaps.severity, evaluated.scores.tie
    marked = widest(severity, tie)
    for row in range(len(severity)):
        held = [s for s in severity[row] if not np.isnan(s)]
        most = max(held, default=0.0)
        assert marked[row].any() == (most > tie)
        for place, is_widest in enumerate(marked[row]):
            assert is_widest == (most > tie and severity[row, place] >= most - tie)


@quick
@given(scored())
def test_some_gap_is_the_widest_in_every_variant_that_falls_short(case: Case) -> None:
    evaluated = examined(*case)
    if evaluated.ranked.sum() < 2:
        return
    variants = Variants.of(evaluated, factors(HALF))
    outcome = variants.run(40, 1, groups=variants.groups[:1], keep=40)
    shares = widest_shares(told_of(variants, outcome, 40, 1))
    severity = evaluated.gaps.severity
    scored_rows = sorted(variants.rows)
    held = shares[scored_rows]
    assert (np.isnan(held) == np.isnan(severity[scored_rows])).all()
    assert ((held >= 0) & (held <= 1) | np.isnan(held)).all()
    # A gap at 0 stays there whatever the weights, and one above 0 stays above.
    for row in scored_rows:
        sum_ = np.nansum(shares[row])
        assert sum_ == 0 if not (severity[row] > 1e-6).any() else sum_ > 1 - 1e-9
