"""Alpha, principal components, the index without each node, and two versions of one index."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stiscore.analysis.audit.leave_out import without
from stiscore.framework.model import Framework
from stiscore.methods.reliability import cronbach, principal
from stiscore.pipeline import fit, score
from stiscore.scores import Scores, rank
from tests.golden.cases.folder import Folder
from tests.made import dataset, framework, group, leaf

Pairs = Iterator[tuple[str, np.ndarray, np.ndarray]]
DATA = {
    "Raw": "coinr/asem_01_raw.csv",
    "Normalised": "coinr/asem_06_norm_minmax_0_100.csv",
    "Aggregated": "coinr/asem_08_agg_amean.csv",
}
DROPPED = ("LPI", "Forest", "RDExp")


def children(folder: Folder, group_: str) -> list[str]:
    """The codes below a group of the ASEM index; ALL stands for every indicator."""
    if group_ == "ALL":
        return folder.indicators
    return [code for code, row in folder.meta.items() if row["Parent"] == group_]


def alphas(folder: Folder) -> Pairs:
    for row in folder.rows("coinr/asem_12_cronbach.csv"):
        columns = children(folder, row["Group"])
        assert len(columns) == int(row["k"])
        ours = cronbach(folder.matrix(DATA[row["dset"]], columns))
        yield f"{row['dset']} {row['Group']}", np.array([ours]), np.array([float(row["Alpha"])])


def variance(folder: Folder) -> Pairs:
    rows = folder.rows("coinr/asem_13_pca_variance.csv")
    for group_ in dict.fromkeys(row["Group"] for row in rows):
        own = [row for row in rows if row["Group"] == group_]
        told = principal(folder.matrix(DATA["Aggregated"], children(folder, group_)))
        for name, ours in (
            ("Eigenvalue", told.eigenvalues),
            ("VarExplained", told.explained),
            ("CumVar", told.explained.cumsum()),
        ):
            yield f"{group_} {name}", ours, np.array([float(row[name]) for row in own])


def loadings(folder: Folder) -> Pairs:
    """Signs are arbitrary: both sides are turned so that the largest part is positive."""
    rows = folder.rows("coinr/asem_13_pca_loadings.csv")
    for group_ in dict.fromkeys(row["Group"] for row in rows):
        columns = children(folder, group_)
        told = principal(folder.matrix(DATA["Aggregated"], columns))
        theirs = np.zeros(told.vectors.shape)
        for row in rows:
            if row["Group"] == group_:
                theirs[columns.index(row["iCode"]), int(row["PC"]) - 1] = float(row["Loading"])
        largest = np.abs(theirs).argmax(axis=0)
        yield group_, told.vectors, theirs * np.sign(theirs[largest, np.arange(len(columns))])


def index_of(folder: Folder, dropped: tuple[str, ...] = ()) -> Framework:
    """The ASEM index as a framework whose scores are taken as they are, some indicators apart."""
    meta = {code: row for code, row in folder.meta.items() if code not in dropped}

    def node(code: str) -> dict:
        weight = float(meta[code]["Weight"])
        below = [child for child in children(folder, code) if child in meta]
        if below:
            return group(code, [node(child) for child in below], weight)
        return leaf(code, goalposts=[0, 100], weight=weight)

    root = next(
        c for c, r in meta.items() if r["Type"] == "Aggregate" and r["Parent"] in {"", "NA"}
    )
    method = {
        "normalise": {"id": "goalposts", "clip": False},
        "coverage": {"min_area_coverage": 0.0},
    }
    return framework(node(root), method=method)


def scored(folder: Folder, dropped: tuple[str, ...] = ()) -> Scores:
    made = index_of(folder, dropped)
    data = dataset({i.id: folder.column(DATA["Normalised"], i.id) for i in made.indicators})
    return score(fit(made, data), data)


def removals(level: int, what: str) -> object:
    """The index without each node of a level: its scores, rank differences, or their means."""
    file = f"coinr/asem_15_remove_L{level}_{what}.csv"

    def compared(folder: Folder) -> Pairs:
        scores = scored(folder)
        nominal = rank(scores.index, scores.tie)
        nodes = [c for c, row in folder.meta.items() if row["Level"] == str(level)]
        means = dict(zip(folder.texts(file, "iCode"), folder.column(file, "MeanAbsDiff"),
                         strict=True)) if what == "meanabs" else {}  # fmt: skip
        for code in nodes:
            index = without(scores, scores.fitted.tree.ids.index(code))
            shifts = nominal - rank(index, scores.tie)
            if what == "scores":
                yield code, index, folder.column(file, code)
            elif what == "rankdiffs":
                yield code, shifts.astype(float), folder.column(file, code)
            else:
                yield code, np.array([np.abs(shifts).mean()]), np.array([means[code]])

    return compared


def compared_ranks(folder: Folder) -> Pairs:
    """Ranks of the whole index and of the one without three indicators, and their differences."""
    file = "coinr/asem_19_compare_ranks.csv"
    before, after = (rank(column, 1e-7).astype(float) for column in _versions(folder))
    yield from _both(folder, file, before, after)


def compared_scores(folder: Folder) -> Pairs:
    yield from _both(folder, "coinr/asem_19_compare_scores.csv", *_versions(folder))


def _versions(folder: Folder) -> tuple[np.ndarray, np.ndarray]:
    """The index as a whole, and without the three: no stage before looks beyond its column."""
    return scored(folder).index, scored(folder, DROPPED).index


def _both(folder: Folder, file: str, before: np.ndarray, after: np.ndarray) -> Pairs:
    yield "whole", before, folder.column(file, "coin.1")
    yield "dropped", after, folder.column(file, "coin.2")
    yield "difference", before - after, folder.column(file, "Diff")
    yield "apart", np.abs(before - after), folder.column(file, "Abs.diff")


CASES = {
    "coinr/asem_12_cronbach.csv": alphas,
    "coinr/asem_13_pca_variance.csv": variance,
    "coinr/asem_13_pca_loadings.csv": loadings,
    **{
        f"coinr/asem_15_remove_L{level}_{what}.csv": removals(level, what)
        for level in (1, 2, 3)
        for what in ("scores", "rankdiffs", "meanabs")
    },
    "coinr/asem_19_compare_ranks.csv": compared_ranks,
    "coinr/asem_19_compare_scores.csv": compared_scores,
}
