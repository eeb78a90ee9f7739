"""Aggregation down the ASEM tree and on small vectors; weighted sums and products of pymcda."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from stiscore.methods.aggregate import Arithmetic, GeneralisedMean, Geometric, Harmonic
from stiscore.methods.combined import Combining
from tests.golden.cases.folder import Folder, number

PARTS = {
    "0-100": "coinr/asem_06_norm_minmax_0_100.csv",
    "gaps": "coinr/asem_06_norm_unimputed.csv",
}
WEIGHTS_ALT = "coinr/asem_07_weights_alt.csv"
# No floor in COINr: one below all its numbers has no part in ours.
UNFLOORED = {"floor": 1e-300}
A, G, H = Arithmetic(), Geometric(**UNFLOORED), Harmonic(**UNFLOORED)
M = GeneralisedMean(power=0.5)


def climbed(
    folder: Folder,
    parts: Mapping[str, np.ndarray],
    methods: Mapping[int, Combining],
    weights: Mapping[str, float],
    least: float = 0.0,
) -> dict[str, np.ndarray]:
    """Scores of every node, from the indicators' up, one method a level.

    ``least``: share of a group's children a unit needs for the group to have a score.
    """
    meta = folder.meta
    nodes = dict(parts)
    groups = [code for code, row in meta.items() if row["Type"] == "Aggregate"]
    for group in sorted(groups, key=lambda code: int(meta[code]["Level"])):
        children = [code for code, row in meta.items() if row["Parent"] == group]
        below = np.column_stack([nodes[child] for child in children])
        method = methods[int(meta[group]["Level"])]
        score = method.combine(below, [weights[c] for c in children], points=False).score
        thin = (~np.isnan(below)).mean(axis=1) < least
        nodes[group] = np.where(thin, np.nan, score)
    return nodes


def _tree(file, methods, parts=None, weights="own", least=0.0):
    """The case of one aggregated file; ``parts``: the normalised file, or its own indicators."""

    def case(folder: Folder) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
        source = PARTS.get(parts, file)
        start = {code: folder.column(source, code) for code in folder.indicators}
        levels = dict.fromkeys((2, 3, 4), methods) if isinstance(methods, Combining) else methods
        nodes = climbed(folder, start, levels, _weights(folder, weights), least)
        for group in nodes.keys() - start.keys():
            wanted = folder.column(file, group)
            # COINr's generalised mean is missing wherever a child is; ours leaves the child out.
            held = ~np.isnan(wanted) if methods is M else np.full(wanted.shape, True)
            yield group, nodes[group][held], wanted[held]

    return case


def _weights(folder: Folder, kind: str) -> dict[str, float]:
    if kind == "alternative":
        values = folder.column(WEIGHTS_ALT, "Weight")
        return dict(zip(folder.texts(WEIGHTS_ALT, "iCode"), values, strict=True))
    own = {code: number(row["Weight"]) for code, row in folder.meta.items()}
    return own if kind == "own" else dict.fromkeys(own, 1.0)


def vectors(folder: Folder) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    methods = {
        "a_amean": A,
        "a_gmean": G,
        "a_hmean": H,
        "a_genmean_p2": GeneralisedMean(power=2.0),
        "a_genmean_pm1": GeneralisedMean(power=-1.0, **UNFLOORED),
        "a_genmean_p05": M,
    }
    for row in folder.rows("coinr/unit_aggregation.csv"):
        parts = np.array([[number(text) for text in row["x"].split()]])
        weights = [float(text) for text in row["w"].split()]
        for column, method in methods.items():
            wanted = number(row[column])
            # The generalised means of rows with a gap are COINr's defect.
            if "genmean" in column and np.isnan(wanted) and not np.isnan(parts).all():
                continue
            score = method.combine(parts, weights).score
            yield f"{row['case']} {column}", score, np.array([wanted])


def compensatory(folder: Folder) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """WSM, SAW, WPM and the weighted sum model of three packages; the rest is other methods."""
    table, rows = _mcda(folder), folder.rows("pymcda/scores.csv")
    given = folder.column("pymcda/directions.csv", "given_weight")
    weights = {"given": given, "equal": np.ones(given.size)}
    for package, method, parts, combine in (
        ("pymcdm", "WSM[minmax]", table["minmax"], A),
        ("pymcdm", "WSM[max]", table["max"], A),
        ("pymcdm", "WSM[sum]", table["sum"], A),
        ("pymcdm", "WPM[sum]", table["sum"], G),
        ("pyrepo-mcda", "SAW[minmax]", table["minmax"], A),
        ("scikit-criteria", "WeightedSumModel[negate,minmax]", table["minmax"], A),
    ):
        for kind, weight in weights.items():
            wanted = [
                float(row["score"])
                for row in rows
                if (row["package"], row["method"], row["weights"]) == (package, method, kind)
            ]
            label = f"{package} {method} {kind}"
            yield label, combine.combine(parts, list(weight)).score, np.array(wanted)


def _mcda(folder: Folder) -> dict[str, np.ndarray]:
    """The matrix on the three scales of pymcdm, a cost turned as it says."""
    names = folder.texts("pymcda/directions.csv", "indicator")
    cost = folder.column("pymcda/directions.csv", "direction") < 0
    values = folder.matrix("pymcda/matrix.csv", names)
    low, high = values.min(axis=0), values.max(axis=0)
    share = (values - low) / (high - low)
    summed = np.where(cost, 1 / values, values)
    return {
        "minmax": np.where(cost, 1 - share, share),
        "max": np.where(cost, 1 - values / high, values / high),
        "sum": summed / summed.sum(axis=0),
    }


CASES = {
    "coinr/unit_aggregation.csv": vectors,
    "pymcda/scores.csv": compensatory,
} | {
    f"coinr/{name}.csv": _tree(f"coinr/{name}.csv", *settings)
    for name, settings in {
        "asem_08_agg_amean": (A, "0-100"),
        "asem_08_agg_amean_equal": (A, "0-100", "equal"),
        "asem_08_agg_amean_altw": (A, "0-100", "alternative"),
        "asem_08_agg_gmean": (G,),
        "asem_08_agg_gmean_altw": (G, None, "alternative"),
        "asem_08_agg_hmean": (H,),
        "asem_08_agg_genmean": (M,),
        "asem_08_agg_mixed": ({2: A, 3: G, 4: H},),
        "asem_08_agg_amean_withNA": (A, "gaps"),
        "asem_08_agg_gmean_withNA": (G, "gaps"),
        "asem_08_agg_hmean_withNA": (H, "gaps"),
        "asem_08_agg_genmean_withNA": (M, "gaps"),
        "asem_08_agg_amean_withNA_thresh": (A, "gaps", "own", 0.9),
    }.items()
}
