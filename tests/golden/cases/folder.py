"""The folder of reference files, as tables of text and of numbers."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from stiscore.methods.maps import ColumnSpec

_MISSING = frozenset({"", "NA", "NaN", "nan"})


class Folder(NamedTuple):
    """``path``: the folder that holds ``coinr`` and ``pymcda``; files are named from there."""

    path: Path

    def rows(self, file: str) -> list[dict[str, str]]:
        """The records of a file."""
        return _rows(self.path / file)

    def column(self, file: str, name: str) -> np.ndarray:
        """One column as numbers, missing ones NaN."""
        return np.array([number(row[name]) for row in self.rows(file)])

    def texts(self, file: str, name: str) -> list[str]:
        """One column as text."""
        return [row[name] for row in self.rows(file)]

    def matrix(self, file: str, columns: list[str] | tuple[str, ...]) -> np.ndarray:
        """Several columns as numbers, (rows, columns)."""
        return np.column_stack([self.column(file, name) for name in columns])

    @property
    def meta(self) -> dict[str, dict[str, str]]:
        """The nodes of the ASEM index by code: level, direction, weight, parent, goalposts ..."""
        return {row["iCode"]: row for row in self.rows("coinr/asem_input_iMeta.csv")}

    @property
    def indicators(self) -> list[str]:
        """The codes of the ASEM indicators, in the order of the metadata."""
        return [code for code, row in self.meta.items() if row["Type"] == "Indicator"]

    def specs(self, indicators: list[str] | None = None) -> list[ColumnSpec]:
        """What normalisation needs to know of the ASEM indicators."""
        meta = self.meta
        return [
            ColumnSpec(
                code,
                benefit=meta[code]["Direction"] == "1",
                curve="linear",
                goalposts=(
                    number(meta[code]["goalpost_lower"]),
                    number(meta[code]["goalpost_upper"]),
                ),
                target=number(meta[code]["Target"]),
            )
            for code in indicators or self.indicators
        ]


@cache
def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float:
    """A figure of a reference file; empty, NA and NaN are missing."""
    return np.nan if text.strip() in _MISSING else float(text)
