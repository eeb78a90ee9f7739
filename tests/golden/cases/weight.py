"""Weights of three packages, first components and optimised weights of COINr, best weights.

Not compared: gini, variance, coefficient of variation, CILOS, IDOCRIW, angle and LOPCOW (not
built).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from stiscore.methods.weight_balanced import balanced, importance
from stiscore.methods.weight_bod import benefit_of_the_doubt
from stiscore.methods.weight_data import critic, entropy, merec, standard_deviation
from stiscore.methods.weight_pca import pca_first
from tests.golden.cases.folder import Folder

AGGREGATED = "coinr/asem_08_agg_amean.csv"
BALANCED = "coinr/asem_07_opt_weights.csv"
FIRST = "coinr/asem_07_pca_weights.csv"
SHARES = "coinr/compind_norm_minmax.csv"
Pairs = Iterator[tuple[str, np.ndarray, np.ndarray]]


def by_data(folder: Folder) -> Pairs:
    """Every row of a method we have, of every package; direction as each package treats it."""
    names = folder.texts("pymcda/directions.csv", "indicator")
    benefit = folder.column("pymcda/directions.csv", "direction") > 0
    raw = folder.matrix("pymcda/matrix.csv", names)
    turned = np.where(benefit, raw, -raw)
    rows = folder.rows("pymcda/weights.csv")
    for package, method in dict.fromkeys((row["package"], row["method"]) for row in rows):
        ours = _weights(package, method, raw, turned, benefit)
        if ours is not None:
            told = {
                row["indicator"]: float(row["weight"])
                for row in rows
                if (row["package"], row["method"]) == (package, method)
            }
            yield f"{package} {method}", ours, np.array([told[name] for name in names])


def _weights(
    package: str, method: str, raw: np.ndarray, turned: np.ndarray, benefit: np.ndarray
) -> np.ndarray | None:
    own = turned if package == "scikit-criteria" else raw
    made: dict[str, Callable[[], np.ndarray]] = {
        "equal": lambda: np.full(raw.shape[1], 1 / raw.shape[1]),
        "entropy": lambda: entropy(raw),
        "standard_deviation": lambda: standard_deviation(raw),
        "merec": lambda: merec(raw, benefit),
        "critic": lambda: critic(own),
        "critic_spearman": lambda: critic(own, "spearman"),
        "critic_noscale": lambda: critic(raw, scale=False),
        "critic_after_negate_minimize": lambda: critic(turned),
    }
    return made[method]() if method in made else None


def best_weights(folder: Folder) -> Pairs:
    names = folder.texts("pymcda/directions.csv", "indicator")
    benefit = folder.column("pymcda/directions.csv", "direction") > 0
    raw = folder.matrix("pymcda/matrix.csv", names)
    low, high = raw.min(axis=0), raw.max(axis=0)
    share = (raw - low) / (high - low)
    parts = 0.1 + 0.9 * np.where(benefit, share, 1 - share)
    yield (
        "bod",
        benefit_of_the_doubt(parts, parts).score,
        folder.column("pymcda/bod.csv", "bod_score"),
    )


def bod_compind(folder: Folder) -> Pairs:
    """The score of Compind, and what its own weights, which need not be ours, come to."""
    parts = _compind(folder)
    score = benefit_of_the_doubt(parts, parts).score
    yield "bod", score, folder.column("coinr/compind_scores.csv", "bod")


def bod_weights(folder: Folder) -> Pairs:
    parts = _compind(folder)
    columns = folder.texts("coinr/compind_polarity.csv", "iCode")
    theirs = folder.matrix("coinr/compind_bod_weights.csv", columns)
    yield "sum(w x)", benefit_of_the_doubt(parts, parts).score, (theirs * parts).sum(axis=1)


def _compind(folder: Folder) -> np.ndarray:
    columns = folder.texts("coinr/compind_polarity.csv", "iCode")
    return 0.1 + 0.9 * folder.matrix(SHARES, columns)


def first_component(folder: Folder) -> Pairs:
    """Loadings by parent, COINr's sign turned so that they sum to more than 0."""
    told = dict(zip(folder.texts(FIRST, "iCode"), folder.column(FIRST, "Weight"), strict=True))
    for parent in dict.fromkeys(folder.meta[code]["Parent"] for code in told):
        children = [code for code in told if folder.meta[code]["Parent"] == parent]
        theirs = np.array([told[code] for code in children])
        ours = pca_first(folder.matrix(AGGREGATED, children))
        yield parent, ours, theirs * np.sign(theirs.sum())


def optimised(folder: Folder) -> Pairs:
    """Objective at COINr's weights as it prints it; at ours, no worse, where both solve the same.

    COINr balances a level under the whole tree and lets weights fall below 0; ours balances the
    children of one parent and does not. They are one problem for the children of the index. COINr
    takes desired weights and results in alphabetical order, whatever the codes beside them.
    """
    cases: dict[str, list[dict[str, str]]] = {}
    for row in folder.rows(BALANCED):
        cases.setdefault(row["Case"], []).append(row)
    for case, rows in cases.items():
        if case.startswith("infomax"):
            continue
        codes = [row["iCode"] for row in rows]
        desired = np.array([float(row["Desired"]) for row in rows])
        parts, weights = folder.matrix(AGGREGATED, codes), _nested(folder, rows)
        theirs = np.array([float(rows[0]["Objective"])])
        told = importance(parts, weights, "pearson")[np.argsort(codes)]
        yield case, np.array([_objective(told, desired)]), theirs
        if "L3" in case:
            own = importance(parts, balanced(parts, desired, "pearson"), "pearson")
            yield f"{case}, ours", np.maximum(_objective(own, desired), theirs), theirs


def _nested(folder: Folder, rows: list[dict[str, str]]) -> np.ndarray:
    """Weights under the index of the rows' nodes, whose parents weigh alike."""
    parents = [folder.meta[row["iCode"]]["Parent"] for row in rows]
    weights = np.array([float(row["OptWeight"]) for row in rows])
    return np.array(
        [
            weight / weights[[other == parent for other in parents]].sum()
            for weight, parent in zip(weights, parents, strict=True)
        ]
    )


def _objective(told: np.ndarray, desired: np.ndarray) -> float:
    return float(np.log(np.mean((told - desired) ** 2)))


CASES = {
    "pymcda/weights.csv": by_data,
    "pymcda/bod.csv": best_weights,
    "coinr/compind_bod_weights.csv": bod_weights,
    FIRST: first_component,
    BALANCED: optimised,
}
