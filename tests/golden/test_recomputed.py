"""Every score of the real samples, recomputed in plain Python from raw values, to 1e-12."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import openpyxl
import pytest
import yaml

import stiscore as sti
from tests.golden.plain import Plain, Row, indicators_of, score_table

CLOSE = {"rel": 1e-12, "abs": 1e-12}


def _from_csv(path: Path, unit: str, ids: set[str]) -> dict[str, Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row[unit]: {c: float(v) for c, v in row.items() if c in ids and v != ""}
            for row in csv.DictReader(file)
        }


def _from_sample(path: Path, framework: dict, level: str) -> dict[str, Row]:
    """The first sheet by its own header cells: the id or the Chinese name of each indicator."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    named = {}
    for _, leaf in indicators_of(framework, level):
        named |= {leaf["id"]: leaf["id"], leaf["name"]["zh"]: leaf["id"]}
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if sum(str(c) in named for c in row) > 2)
    heads = {c: named[str(h)] for c, h in enumerate(rows[at]) if str(h) in named}
    return {
        str(row[0]): {heads[c]: float(row[c]) for c in heads if isinstance(row[c], (int, float))}
        for row in rows[at + 1 :]
        if any(isinstance(row[c], (int, float)) for c in heads)
    }


def _compare(card: sti.Scorecard, plain: Plain, key: str) -> None:
    report = card.report
    assert report.coverage.weight_share == pytest.approx(plain.weight_share, **CLOSE)
    assert len(report.units) == len(plain.score)
    for unit in report.units:
        name = unit.label if key == "label" else unit.id
        assert unit.score == pytest.approx(plain.score[name], **CLOSE)
        assert unit.coverage == pytest.approx(plain.coverage[name], **CLOSE)
        assert unit.rank == plain.ranks.get(name)
        assert unit.gap_index == pytest.approx(plain.gap_index[name], **CLOSE)
        told = {g.id: g.score for g in unit.groups if g.parent and g.score is not None}
        assert told == pytest.approx(plain.areas[name], **CLOSE)
        told = {i.id: i.normalised for i in unit.indicators if i.normalised is not None}
        assert told == pytest.approx(plain.normalised[name], **CLOSE)
        told = {g.id: g.severity for g in unit.gaps if g.severity is not None}
        assert told == pytest.approx(plain.severity[name], **CLOSE)
        weights = {i.id: i.effective for i in unit.indicators if i.role != "context"}
        assert weights == pytest.approx(plain.effective, **CLOSE)


TABLES = {"provinces": "regional", "economies": "national"}


@pytest.mark.parametrize("name", TABLES)
def test_samples_recomputed(repo: Path, name: str) -> None:
    framework = yaml.safe_load((repo / "indicators.yaml").read_text(encoding="utf-8"))
    path = sti.sample(name)
    table = _from_sample(path, framework, TABLES[name])
    plain = score_table(repo / "indicators.yaml", TABLES[name], table)
    _compare(sti.evaluate(sti.read(path)), plain, "label" if name == "provinces" else "id")


@pytest.mark.parametrize(
    ("file", "unit", "level", "key"),
    [
        ("provincial_openness_real.csv", "省份", "regional", "label"),
        ("national_openness_real.csv", "unit_code", "national", "id"),
    ],
)
def test_real_tables_recomputed(
    repo: Path, shared: Path, file: str, unit: str, level: str, key: str
) -> None:
    path = shared / "data" / "real" / file
    framework = yaml.safe_load((repo / "indicators.yaml").read_text(encoding="utf-8"))
    ids = {leaf["id"] for _, leaf in indicators_of(framework, level)}
    plain = score_table(repo / "indicators.yaml", level, _from_csv(path, unit, ids))
    _compare(sti.evaluate(sti.read(path)), plain, key)


def test_figures_of_the_design_page(shared: Path) -> None:
    """Printed in the design page lenses.md, one decimal; see docs/adr/0001 for three that moved."""
    real = shared / "data" / "real"
    card = sti.evaluate(sti.read(real / "national_openness_real.csv")).report
    first = [(u.label, round(u.score or math.nan, 1)) for u in card.units[:3]]
    assert first == [("Sweden", 83.9), ("Singapore", 83.0), ("Ireland", 80.7)]
    china = next(u for u in card.units if u.id == "CHN")
    assert (card.ranked, len(card.units), china.rank) == (101, 109, 55)
    assert round(china.score or 0, 1) == 33.1
    areas = [round(g.score) for g in china.groups if g.parent and g.score is not None]
    assert areas == [40, 7, 12, 55, 76, 24, 36]
    provinces = sti.evaluate(sti.read(real / "provincial_openness_real.csv")).report
    assert (provinces.ranked, len(provinces.units)) == (29, 31)
    assert round(provinces.units[0].score or 0, 1) == 82.3
    last = provinces.units[28]
    assert (last.label, round(last.score or 0, 1)) == ("贵州", 10.8)
    assert round(provinces.coverage.weight_share, 3) == 0.164
