"""What moved between two sides: each kind of change under its own factor and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import stiscore as sti
from stiscore.analysis.change.coalitions import FACTORS
from stiscore.dataset import Dataset
from stiscore.errors import StiscoreError
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods, with_weights
from stiscore.report.diff_model import DiffReport, UnitChange
from tests.made import dataset, framework, group, leaf
from tests.published import conforms


def two_by_two(**scale: Sequence[float]) -> Framework:
    """Areas a (x, y) and b (z), goalposts 0-10 unless told otherwise."""
    x, y, z = (leaf(i, goalposts=[*scale.get(i, (0, 10))]) for i in "xyz")
    return framework(group("index", [group("a", [x, y]), group("b", [z])]))


def table(year: str | None = None, /, **columns: Sequence[float]) -> Dataset:
    told = dataset(columns)
    return replace(told, periods=(year,) * len(told.units))


def years(*tables: Dataset) -> Dataset:
    """Several years of one file."""
    return replace(
        tables[0],
        units=tuple(u for t in tables for u in t.units),
        periods=tuple(p for t in tables for p in t.periods),
        values=np.concatenate([t.values for t in tables]),  # noqa: PD011 - a dataset's array
        flags=np.concatenate([t.flags for t in tables]),
        origin=np.concatenate([t.origin for t in tables]),
    )


def unit(told: DiffReport, name: str = "u0") -> UnitChange:
    return next(u for u in told.units if u.new.id == name)


def parts(told: DiffReport, name: str = "u0") -> dict[str, float]:
    """The parts that are not 0."""
    held = unit(told, name).parts
    assert held is not None
    return {factor: round(by, 9) for factor, by in held.items() if abs(by) > 1e-9}


NAN = float("nan")
OLD: Mapping[str, Sequence[float]] = {"x": [4, 6, 8], "y": [2, 3, 4], "z": [5, 5, 1]}


def test_a_figure_of_another_year_is_data() -> None:
    told = sti.diff(
        table("2021", **OLD), table("2022", **{**OLD, "z": [6, 5, 1]}), two_by_two(), draws=0
    )
    # Half the weight of the index, a tenth of the scale; shares of weight 2/3 and 1/3.
    assert told.parted.factors == ("data",)
    assert parts(told) == {"data": pytest.approx(unit(told).change)}
    assert unit(told, "u1").change == 0


def test_a_figure_of_the_same_year_is_a_revision() -> None:
    told = sti.diff(
        table("2021", **OLD), table("2021", **{**OLD, "z": [6, 5, 1]}), two_by_two(), draws=0
    )
    assert list(parts(told)) == ["revision"]


def test_without_a_year_it_is_data_and_a_note_says_so() -> None:
    told = sti.diff(table(**OLD), table(**{**OLD, "z": [6, 5, 1]}), two_by_two(), draws=0)
    assert list(parts(told)) == ["data"]
    assert "C346" in {f.code for f in told.findings}


def test_the_worked_example_of_the_docs() -> None:
    """One area of one indicator on 0-10: vintages 4, 5 of the old year, 8 of the new one."""
    one = framework(group("index", [group("a", [leaf("x")])]))
    old = table("2021", x=[4, 1])
    new = years(table("2021", x=[5, 1]), table("2022", x=[8, 1]))
    told = sti.diff(old, new, one, draws=0)
    assert parts(told) == {"revision": 10.0, "data": 30.0}
    # Squared weights of two indicators: half and half, then one to three.
    two = framework(group("index", [group("a", [leaf("x"), leaf("y")])]))
    first, second = table("2021", x=[4, 1], y=[8, 1]), table("2022", x=[6, 1], y=[8, 1])
    told = sti.diff(first, second, two, new_framework=with_weights(two, {"y": 3}), draws=0)
    # 60 -> 75; data alone 60 -> 70, weights alone 60 -> 70: 7.5 each.
    assert unit(told).change == pytest.approx(15)
    assert parts(told) == {"data": 7.5, "weights": 7.5}


def test_a_blank_is_coverage() -> None:
    told = sti.diff(
        table("2021", **OLD), table("2021", **{**OLD, "y": [NAN, 3, 4]}), two_by_two(), draws=0
    )
    assert list(parts(told)) == ["coverage"]
    assert not told.no_ranks


def test_a_column_and_an_indicator_of_one_side_are_coverage_and_ranks_are_not_told() -> None:
    less = {name: OLD[name] for name in "xz"}
    told = sti.diff(table("2021", **OLD), table("2021", **less), two_by_two(), draws=0)
    assert list(parts(told)) == ["coverage"]
    fewer = framework(group("index", [group("a", [leaf("x")]), group("b", [leaf("z")])]))
    told = sti.diff(table("2021", **OLD), None, two_by_two(), new_framework=fewer, draws=0)
    assert list(parts(told)) == ["coverage"]
    assert told.no_ranks == ("columns",)
    assert unit(told).rank_change is None
    assert "C344" in {f.code for f in told.findings}


def test_a_goalpost_is_the_frame_and_ranks_are_not_told() -> None:
    told = sti.diff(table(**OLD), None, two_by_two(), new_framework=two_by_two(z=(0, 20)), draws=0)
    assert list(parts(told)) == ["frame"]
    assert told.no_ranks == ("goalposts",)
    assert "C345" in {f.code for f in told.findings}


def test_a_scale_learned_from_other_rows_is_the_frame() -> None:
    sampled = with_methods(two_by_two(), ["normalise=min-max"])
    told = sti.diff(
        table("2021", **OLD), table("2021", **{**OLD, "x": [4, 6, 16]}), sampled, draws=0
    )
    # u2 keeps its place at the top: what the table taught took back what its figure gave.
    assert list(parts(told, "u1")) == ["frame"]
    assert unit(told, "u2").change == 0
    assert list(parts(told, "u2")) == ["revision", "frame"]
    assert told.ranks_told


@pytest.mark.parametrize("change", [{"x": 3.0}, {"b": 2.5}], ids=["indicator", "area"])
def test_a_declared_weight_is_weights(change: Mapping[str, float]) -> None:
    base = two_by_two()
    told = sti.diff(table(**OLD), None, base, new_framework=with_weights(base, change), draws=0)
    assert list(parts(told)) == ["weights"]


@pytest.mark.parametrize(
    ("setting", "factor"),
    [("weight.area_weight=equal", "weights"), ("weight=equal", "weights"),
     ("normalise=min-max", "method"), ("aggregate=geometric", "method"),
     ("aggregate.level2=geometric", "method")],
)  # fmt: skip
def test_settings_stand_under_their_factor(setting: str, factor: str) -> None:
    base = framework(
        group("index", [group("a", [leaf("x"), leaf("y"), leaf("w")], 2), group("b", [leaf("z")])])
    )
    told = sti.diff(table(**OLD), None, base, new_framework=with_methods(base, [setting]), draws=0)
    assert list(parts(told)) == [factor]
    assert told.ranks_told


def test_learned_weights_are_weights() -> None:
    learned = with_methods(two_by_two(), ["weight=standard-deviation"])
    told = sti.diff(
        table("2021", **OLD), table("2021", **{**OLD, "x": [4, 6, 9.5]}), learned, draws=0
    )
    assert list(parts(told)) == ["weights"]
    assert set(parts(told, "u2")) == {"revision", "weights"}


def test_a_vanished_area_of_a_unit_is_coverage_alone() -> None:
    told = sti.diff(
        table("2021", **OLD), table("2021", **{**OLD, "z": [NAN, 5, 1]}), two_by_two(), draws=0
    )
    assert list(parts(told)) == ["coverage"]


def test_same_side_twice_is_nothing() -> None:
    told = sti.diff(table(**OLD), table(**OLD), two_by_two(), draws=50)
    assert told.parted.factors == ()
    assert all(u.parts == dict.fromkeys(FACTORS, 0.0) and u.change == 0 for u in told.units)
    assert "Nothing changed" in told.to_text()
    assert "没有变化" in told.to_text("zh")
    assert conforms(told.to_json())["factors"] == []


def test_a_unit_without_a_score_has_no_change_and_no_parts() -> None:
    told = sti.diff(
        table("2021", **OLD),
        table("2021", **{name: [NAN, *column[1:]] for name, column in OLD.items()}),
        two_by_two(),
        draws=0,
    )
    lost = unit(told)
    assert (lost.change, lost.parts, lost.rank_change, lost.movers) == (None, None, None, ())
    assert "u0" in told.to_text().split("Without a score on one side")[1]


def test_units_of_one_side_are_listed_and_ranks_are_not_told() -> None:
    old = table("2021", **OLD)
    told = sti.diff(old, old.rows([0, 1]), two_by_two(), draws=0)
    assert told.no_ranks == ("units",)
    assert [u.id for u in told.only[0]] == ["u2"]
    assert {"C349", "C333"} <= {f.code for f in told.findings}
    assert conforms(told.to_json())["only_old"] == ["u2"]


def test_orders_through_what_cannot_be_computed_are_left_out() -> None:
    base = two_by_two()
    strict = with_methods(base, ["aggregate=geometric", "aggregate.floor=null"])
    old, new = table("2021", **{**OLD, "x": [0, 6, 8]}), table("2022", **OLD)
    told = sti.diff(old, new, base, new_framework=strict, draws=0)
    middle = sti.diff(old, new, base, draws=0)
    assert [r.factors for r in told.parted.refused] == [("method",)]
    assert parts(told)["data"] == pytest.approx(unit(middle).change)
    assert sum(parts(told).values()) == pytest.approx(unit(told).change, abs=1e-8)
    assert conforms(told.to_json())["not_computed"][0]["factors"] == ["method"]


def test_ranks_split_over_the_same_orders() -> None:
    told = sti.diff(
        table("2021", **OLD), table("2022", **{**OLD, "z": [9, 5, 1]}), two_by_two(), draws=0
    )
    moved = unit(told)
    assert (moved.old.rank, moved.new.rank, moved.rank_change) == (2, 1, 1)
    assert moved.rank_parts is not None
    assert moved.rank_parts["data"] == 1


def test_the_ranges_decide_what_can_be_told_apart() -> None:
    told = sti.diff(
        table("2021", **OLD), table("2022", **{**OLD, "z": [9, 5, 1]}), two_by_two(), draws=200
    )
    for held in told.units:
        (low, high), (least, most) = held.old.rank_range or (0, 0), held.new.rank_range or (0, 0)
        old, new = held.old.rank or 0, held.new.rank or 0
        inside = low <= new <= high and least <= old <= most
        assert held.apart is (old != new and not inside)
    assert all(
        u.apart is None
        for u in sti.diff(
            table("2021", **OLD), table("2022", **{**OLD, "z": [9, 5, 1]}), two_by_two(), draws=0
        ).units
        if u.rank_change
    )


def test_movers_hold_both_values_and_their_points_sum_to_the_change() -> None:
    told = sti.diff(
        table("2021", **OLD),
        table("2022", **{**OLD, "x": [9, 6, 8], "z": [6, 5, 1]}),
        two_by_two(),
        draws=0,
    )
    held = unit(told)
    assert [(m.indicator, m.old.value, m.new.value) for m in held.movers] == [
        ("x", 4.0, 9.0), ("z", 5.0, 6.0),
    ]  # fmt: skip
    assert sum(m.points for m in held.movers) == pytest.approx(held.change)


def test_a_saved_frame_holds_both_sides() -> None:
    sampled = with_methods(two_by_two(), ["normalise=min-max"])
    frame = sti.fit(sampled, table(**OLD))
    told = sti.diff(
        table("2021", **OLD), table("2022", **{**OLD, "x": [4, 7, 8]}), frame=frame, draws=0
    )
    assert list(parts(told, "u1")) == ["data"]
    with pytest.raises(StiscoreError, match="U166"):
        sti.diff(table(**OLD), frame=frame, new_framework=sampled)


def sample_sheet(**edits: float) -> Dataset:
    """The sample of provinces with one unit's figure of some columns altered."""
    data = sti.read(sti.sample("provinces"))
    values = data.values.copy()  # noqa: PD011 - a dataset's array
    row = [u.id for u in data.units].index("CN-GD")
    for column, value in edits.items():
        place = data.position(column)
        assert place is not None
        values[row, place] = value
    return replace(data, values=values)


@pytest.mark.parametrize(
    ("edits", "factor"),
    [({"trade_gdp": 60.0}, "data"), ({"trade_gdp": NAN}, "coverage")],
    ids=["figure", "blank"],
)
def test_an_edited_sample(edits: dict[str, float], factor: str) -> None:
    told = sti.diff(sample_sheet(), sample_sheet(**edits), draws=0)
    assert list(parts(told, "CN-GD")) == [factor]
    others = [u for u in told.units if u.new.id != "CN-GD" and u.moved and u.change]
    assert others == []


def test_the_panel_of_the_yearbooks(shared: Path) -> None:
    (file,) = (shared / "data" / "real").glob("cn_panel_*.xlsx")
    sheet = pd.read_excel(file, engine="openpyxl")
    # In "imports and exports / GDP", which is no per cent; the ratio is computed from its parts.
    sheet = sheet[[c for c in sheet.columns if not c.startswith("对外开放度")]]
    data = sti.Dataset.from_frame(sheet)
    told = sti.diff(data, year="2021:2022", draws=0)
    assert told.labels == ("2021", "2022")
    assert told.parted.factors == ("data",)
    assert len(told.units) == 31
    for held in told.units:
        assert sum((held.parts or {}).values()) == pytest.approx(held.change, abs=1e-10)


def test_the_real_tables_against_the_samples(shared: Path) -> None:
    real = sti.read(shared / "data" / "real" / "provincial_openness_real.csv")
    told = sti.diff(sti.read(sti.sample("provinces")), real, draws=0)
    # The file is the sample rounded to four places.
    assert told.parted.factors == ("data",)
    assert max(abs(u.change or 0) for u in told.units) < 0.1
    nations = sti.diff(
        sti.read(sti.sample("economies")),
        sti.read(shared / "data" / "real" / "national_openness_real.csv"),
        draws=0,
    )
    assert nations.no_ranks == ("columns", "units")
    coverage = [(u.parts or {})["coverage"] for u in nations.units]
    assert max(map(abs, coverage)) > 5
