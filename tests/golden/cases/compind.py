"""The composites of Compind: both Mazziotta-Pareto indices, the geometric mean, the best weights.

Not compared: ``mean_min`` (a recycling fault standardises along the rows), ``wroclaw`` and
``factor_*`` (not built).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stiscore.methods.aggregate import AdjustedMazziottaPareto, Geometric, MazziottaPareto
from tests.golden.cases.folder import Folder

SCORES = "coinr/compind_scores.csv"


def composites(folder: Folder) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    # Not at module level: the optimiser behind it is slow to load.
    from tests.golden.cases.weight import bod_compind

    columns = folder.texts("coinr/compind_polarity.csv", "iCode")
    equal = [1.0] * len(columns)
    standard = folder.matrix("coinr/compind_norm_z100_10.csv", columns)
    for penalty, column in (("negative", "mpi_POS"), ("positive", "mpi_NEG")):
        ours = MazziottaPareto(penalty=penalty, ddof=1).combine(standard, equal).score
        yield column, ours, folder.column(SCORES, column)
    shares = 0.1 + 0.9 * folder.matrix("coinr/compind_norm_minmax.csv", columns)
    ours = Geometric(floor=1e-300).combine(shares, equal).score
    yield "geom_equal", ours, folder.column(SCORES, "geom_equal")
    goalposts = folder.matrix("coinr/compind_ampi_norm.csv", columns)
    adjusted = AdjustedMazziottaPareto().combine(goalposts, equal).score
    # Three decimals is all there is to compare with.
    yield "ampi", np.round(adjusted, 3), folder.column(SCORES, "ampi")
    yield from bod_compind(folder)


CASES = {SCORES: composites}
