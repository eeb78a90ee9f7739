"""The sheet Database of the COIN Tool: settings, rows that describe indicators, a row a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stiscore.io.elements.element import Element, Ledger, figure, is_blank
from stiscore.io.grid import CellKind
from stiscore.words.coinr import HOLDS, SETTINGS

if TYPE_CHECKING:
    from stiscore.io.grid import Grid

Row = tuple[str | float | None, ...]
Posts = dict[str, tuple[float, float]]
# What rows above the units are labelled with; the names of countries and regions hold none of it.
_HEAD = re.compile(
    r"\b(?:indicators?|codes?|names?|units?|directions?|weights?|goalposts?|denominators?|sources?"
    r"|years?|descriptions?|min|max|minimum|maximum|targets?|scores?|mean|average|deviation|missing"
    r"|normalisation|treat\w*|winsor\w*|outliers?|polarity|references?|comments?|notes?|scale)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"(?:measurement )?units?(?: of measurement)?", re.IGNORECASE)
_LOWER = re.compile(r"(?=.*\bgoalposts?\b).*\b(?:low\w*|min\w*).*", re.IGNORECASE)
_UPPER = re.compile(r"(?=.*\bgoalposts?\b).*\b(?:upp\w*|high\w*|max\w*).*", re.IGNORECASE)
# What the sheet Framework says better, or what only names the columns.
_KNOWN = re.compile(r"indicators?|.*\b(?:codes?|names?|directions?|weights?)", re.IGNORECASE)
_READ = (_MEASURED, _LOWER, _UPPER, _KNOWN)
# Settings of the scale, with what the tool has where none is given.
_ENDS = {
    "minimum score": 0.0,
    "maximum score": 100.0,
    "mean score": 50.0,
    "standard deviation": 10.0,
}
_SETTINGS = frozenset({"normalisation method", *_ENDS})


@dataclass(frozen=True, slots=True)
class Database:
    """The sheet understood: the indicators' columns by code, its head, its units.

    ``labels``: the rows of the head that say something of the indicators, by what is on their left.
    """

    grid: Grid
    ledger: Ledger
    columns: Mapping[str, int]
    labels: Mapping[str, int]
    units: Sequence[int]

    @classmethod
    def of(cls, grid: Grid, indicators: Sequence[Element], ledger: Ledger) -> Database:
        """Find columns by code or name, and the units below them; F159, F160 and F161."""
        columns, last = _columns(grid, indicators, ledger)
        edge = min(columns.values())
        first = next((r for r in range(last + 1, grid.shape[0]) if _is_unit(grid, r, edge)), None)
        if first is None:
            ledger.note("F161", grid.location(last))
            raise ledger.refused()
        units = [r for r in range(first, grid.shape[0]) if _label(grid, r, edge)]
        head = (r for r in range(first) if any(_said(grid, r, c) for c in columns.values()))
        labels = {label: r for r in head if (label := _label(grid, r, edge))}
        left = [t for t in labels if not any(p.fullmatch(t) for p in _READ)]
        if left:
            ledger.note("F171", grid.location(labels[left[0]]), names=", ".join(left))
        return cls(grid, ledger, columns, labels, units)

    def completed(self, elements: Sequence[Element]) -> list[Element]:
        """The rows with what this sheet says of indicators: their units and goalposts."""
        posts = self._goalposts()
        return [
            e._replace(unit=self._measured(e.code), goalposts=posts.get(e.code))
            if e.kind == "Indicator"
            else e
            for e in elements
        ]

    def normalisation(self, elements: Sequence[Element]) -> dict[str, Any]:
        """The method that is set, min-max for one that has no counterpart (F175)."""
        settings = dict(self._settings())
        given = str(settings.get("normalisation method", ""))
        name = re.sub(r"[\s-]", "", given.casefold())
        low, high, mean, deviation = (
            held if isinstance(held := settings.get(key), float) else usual
            for key, usual in _ENDS.items()
        )
        if name == "dataz":
            return {"normalise": {"id": "z-score", "mean": mean, "sd": deviation}}
        if name == "dataprcranks":
            return {"normalise": {"id": "percentile-rank"}}
        posted = all(e.goalposts for e in elements if e.kind == "Indicator")
        if name == "goalposts" and posted and (low, high) == (0.0, 100.0):
            return {"normalise": {"id": "goalposts"}}
        if name not in {"minmax", ""}:
            told = {"name": SETTINGS["normalisation"], "given": given, "instead": "min-max"}
            self.ledger.note("F175", self.grid.location(0), **told)
        return {"normalise": {"id": "min-max", "range": [low, high]}} if low < high else {}

    def table(self, codes: Sequence[str], ids: Sequence[str]) -> tuple[Row, ...]:
        """The figures as rows: uCode, uName and the indicators ``codes`` under their ``ids``."""
        keys = self._keys()
        places = [self.columns[code] for code in codes]
        rows = (
            (*(_said(self.grid, r, c) for c in keys), *(self._cell(r, c) for c in places))
            for r in self.units
        )
        return (("uCode", "uName", *ids), *rows)

    def _keys(self) -> tuple[int, int]:
        """The columns of the units' codes and names: the shortest and the longest of the texts."""
        edge = range(min(self.columns.values()))
        held = {c: [_said(self.grid, r, c) for r in self.units] for c in edge}
        whole = [c for c in edge if all(held[c])] or [c for c in edge if any(held[c])]
        kinds = self.grid.kinds
        texts = [c for c in whole if all(kinds[r, c] == CellKind.TEXT for r in self.units)] or whole
        size = {c: sum(map(len, held[c])) for c in texts}
        name = max(texts, key=size.__getitem__)
        unique = [c for c in texts if len(set(held[c])) == len(self.units)]
        return min(unique or [name], key=size.__getitem__), name

    def _cell(self, row: int, column: int) -> str | float | None:
        value = figure(self.grid, row, column)
        return value if value is not None else _said(self.grid, row, column) or None

    def _row(self, label: re.Pattern[str]) -> int | None:
        return next((row for text, row in self.labels.items() if label.fullmatch(text)), None)

    def _measured(self, code: str) -> str:
        row = self._row(_MEASURED)
        return "" if row is None else _said(self.grid, row, self.columns[code])

    def _goalposts(self) -> Posts:
        """Both goalposts of every indicator that has them; F156 where they do not rise."""
        lower, upper = self._row(_LOWER), self._row(_UPPER)
        if lower is None or upper is None:
            return {}
        told: Posts = {}
        for code, column in self.columns.items():
            low, high = figure(self.grid, lower, column), figure(self.grid, upper, column)
            if low is None or high is None:
                continue
            told[code] = (low, high)
            if low >= high:
                place = self.grid.location(lower, column)
                self.ledger.note("F156", place, id=code, low=low, high=high)
        return told

    def _settings(self) -> Iterator[tuple[str, str | float]]:
        """Labels of settings with what stands on their right."""
        for row in range(self.units[0]):
            for column, text in self.grid.words(row):
                label = text.rstrip(": ").casefold()
                if label in _SETTINGS and column + 1 < self.grid.shape[1]:
                    value = self._cell(row, column + 1)
                    if value is not None:
                        yield label, value


def _columns(
    grid: Grid, indicators: Sequence[Element], ledger: Ledger
) -> tuple[dict[str, int], int]:
    """The column of each indicator, by its code or else its name, and the last row that names one.

    Raises InputRefused: F159 where no indicator has a column, F160 for each that has none.
    """
    columns: dict[str, int] = {}
    last = -1
    for named in (
        {e.code.casefold(): e.code for e in indicators},
        {e.name.casefold(): e.code for e in indicators},
    ):
        row, hits = _naming(grid, named)
        last = max(last, row)
        columns = {**{code: column for column, code in reversed(hits)}, **columns}
    if not columns:
        first = indicators[0].code
        ledger.note("F159", grid.location(0), name=first, holds=HOLDS["database"])
    for element in indicators if columns else ():
        if element.code not in columns:
            fields = {"id": element.code, "name": element.name, "sheet": grid.sheet}
            ledger.note("F160", element.place("code"), **fields)
    ledger.settle()
    return columns, last


def _naming(grid: Grid, named: Mapping[str, str]) -> tuple[int, list[tuple[int, str]]]:
    """The row that names most indicators and the columns where it does; -1 and none without one."""
    best: tuple[int, list[tuple[int, str]]] = (-1, [])
    for row in range(grid.shape[0]):
        words = grid.words(row)
        hits = [(c, named[t.casefold()]) for c, t in words if t.casefold() in named]
        if len(hits) > len(best[1]):
            best = row, hits
    return best


def _said(grid: Grid, row: int, column: int) -> str:
    text = grid.text(row, column).strip()
    return "" if is_blank(text) else text


def _label(grid: Grid, row: int, edge: int) -> str:
    """The texts on the left of the figures, joined, without the colon at the end."""
    texts = (_said(grid, row, c) for c in range(edge))
    return " ".join(text for text in texts if text).rstrip(": ")


def _is_unit(grid: Grid, row: int, edge: int) -> bool:
    label = _label(grid, row, edge)
    figures = (figure(grid, row, c) for c in range(edge, grid.shape[1]))
    return bool(label) and not _HEAD.search(label) and any(f is not None for f in figures)
