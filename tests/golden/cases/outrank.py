"""Outranking and Copeland net wins on the ASEM indicators.

COINr lets rounding decide: two scores of TolMin that differ by 1.4e-14 are different (so ``tie=0``
here), and half the weight that adds up to 0.49999999999999994 is a defeat, where ours is a draw.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stiscore.methods.outrank import Copeland, net_wins, outranking
from tests.golden.cases.folder import Folder, number

NORMALISED = "coinr/asem_06_norm_minmax_0_100.csv"
Pair = tuple[str, np.ndarray, np.ndarray]


def _weights(folder: Folder, kind: str) -> list[float]:
    if kind == "equal":
        return [1.0] * len(folder.indicators)
    file = "coinr/asem_07_eff_weights.csv"
    held = dict(zip(folder.texts(file, "iCode"), folder.column(file, "EffWeight"), strict=True))
    return [float(held[code]) for code in folder.indicators]


def _matrix(kind: str):
    def case(folder: Folder) -> Iterator[Pair]:
        file = f"coinr/asem_17_outrank_{kind}.csv"
        parts = folder.matrix(NORMALISED, folder.indicators)
        ours = outranking(parts, _weights(folder, kind), tie=0.0)
        np.fill_diagonal(ours, 0.0)
        yield kind, ours, folder.matrix(file, folder.texts(file, "uCode"))

    return case


def _net(kind: str):
    def case(folder: Folder) -> Iterator[Pair]:
        wanted = folder.column(f"coinr/asem_17_copeland_{kind}.csv", "Copeland")
        wanted = wanted + _drawn_but_lost(folder, f"coinr/asem_17_outrank_{kind}.csv")
        parts, weights = folder.matrix(NORMALISED, folder.indicators), _weights(folder, kind)
        yield kind, net_wins(parts, weights, tie=0.0), wanted
        # On our scale: a straight line through the net wins.
        yield kind, Copeland(tie=0.0).combine(parts, weights).score, 50 + 50 * wanted / wanted.size

    return case


def _drawn_but_lost(folder: Folder, file: str) -> np.ndarray:
    matrix = folder.matrix(file, folder.texts(file, "uCode"))
    return ((matrix < 0.5) & (matrix > 0.5 - 1e-12)).sum(axis=1)


def by_group(folder: Folder) -> Iterator[Pair]:
    file = "coinr/asem_17_copeland_by_level2.csv"
    meta = folder.meta
    for group in (code for code, row in meta.items() if row["Level"] == "2"):
        children = [code for code in folder.indicators if meta[code]["Parent"] == group]
        weights = [number(meta[code]["Weight"]) for code in children]
        parts = folder.matrix(NORMALISED, children)
        yield group, net_wins(parts, weights, tie=0.0), folder.column(file, group)


CASES = {
    "coinr/asem_17_outrank_equal.csv": _matrix("equal"),
    "coinr/asem_17_outrank_eff.csv": _matrix("eff"),
    "coinr/asem_17_copeland_equal.csv": _net("equal"),
    "coinr/asem_17_copeland_eff.csv": _net("eff"),
    "coinr/asem_17_copeland_by_level2.csv": by_group,
}
