"""Weights by a method: the figures, the experts' sheets, and presets that give the same again."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stiscore as sti
from stiscore.analysis.cautions import cautions
from stiscore.analysis.declared import declared_weights, reproducing
from stiscore.dataset import Dataset
from stiscore.errors import DataInvalid, FrameworkInvalid, InputRefused, UsageError
from stiscore.finding import Finding
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods, with_weights
from stiscore.framework.preset import WeightPreset
from stiscore.io.judgements import read_judgements, read_points
from stiscore.io.parse import read_book
from stiscore.io.weight_preset import load_preset, preset_text
from stiscore.pipeline import fit, score
from stiscore.weighing import Opinions, weighed
from tests import made

NAN = float("nan")
ROWS = {
    "a1": [1.0, 5, 3, 8, 2, 9],
    "a2": [4.0, 4, 9, 1, 6, 7],
    "b1": [2.0, 3, 4, 7, 8, 8],
    "c1": [9.0, 2, 2, 5, 1, 6],
}


def small(**fields: Any) -> Framework:
    """Three areas; two indicators (a3, b2) have no column in ``ROWS``."""
    return made.framework(
        made.group(
            "index",
            [
                made.group("a", [made.leaf("a1"), made.leaf("a2", weight=3), made.leaf("a3")], 2),
                made.group("b", [made.leaf("b1"), made.leaf("b2")]),
                made.group("c", [made.leaf("c1")]),
            ],
        ),
        **fields,
    )


def table(text: str, path: Path) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def matrix(tmp_path: Path, text: str) -> dict[str, float]:
    return read_judgements([read_book(table(text, tmp_path / "m.csv"))], small())


def faults(refused: Callable[[], object]) -> list[tuple[str, str]]:
    """Codes and places of a refusal."""
    with pytest.raises(InputRefused) as told:
        refused()
    return [
        (f.code, str(f.location).rpartition("m.csv:")[2])
        for f in told.value.findings
        if isinstance(f, Finding)
    ]


def test_declared_weights_are_those_of_the_columns_there_are() -> None:
    fitted = fit(with_methods(small(), ["weight=equal"]), made.dataset(ROWS))
    held = declared_weights(fitted, small().method)
    by_id = dict(zip(fitted.tree.ids, held.local, strict=True))
    # a: 2 * 4/5, b: 1 * 1/2, c: 1 of 3.1 in all.
    assert [by_id[n] for n in ("a", "b", "c")] == pytest.approx([1.6 / 3.1, 0.5 / 3.1, 1 / 3.1])
    assert [by_id[n] for n in ("a1", "a2", "a3")] == [0.25, 0.75, 0]
    effective = dict(zip(fitted.tree.ids, held.effective, strict=True))
    assert effective["a2"] == pytest.approx(0.75 * 1.6 / 3.1)


def test_weights_stand_beside_the_declared_ones() -> None:
    told = sti.weights(made.dataset(ROWS), small(), method="standard-deviation")
    areas = {n.node: n for n in told.nodes}
    scores = np.array([ROWS["a1"], ROWS["a2"]]).T * 10
    spread = scores.std(axis=0)
    assert areas["a1"].local == pytest.approx(spread[0] / spread.sum(), rel=1e-12)
    assert areas["a1"].declared == 0.25
    assert areas["a1"].difference == areas["a1"].effective - areas["a1"].declared_effective
    assert told.told.methods == {"level1": "standard-deviation", "level2": "standard-deviation"}
    assert sum(n.difference for n in told.nodes if n.depth == 1) == pytest.approx(0, abs=1e-12)


def test_a_matrix_gives_judgements_by_id_or_name_and_either_triangle(tmp_path: Path) -> None:
    text = "x,a,b名,C\nA,1,3,\nb,,1,0.5\nc,1/4,,\n"
    assert matrix(tmp_path, text) == {"a/b": 3, "b/c": 0.5, "c/a": 0.25}


def test_a_rounded_reciprocal_agrees_and_the_larger_number_counts(tmp_path: Path) -> None:
    assert matrix(tmp_path, "x,a,b,c\na,1,0.14,3\nb,7,1,\nc,0.33,,1\n") == {"b/a": 7, "a/c": 3}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x,a,b\na,1,3\nb,1/4,1\n", [("F185", "3:2")]),
        ("x,a,b\na,1,3\nb,3,1\n", [("F185", "3:2")]),
        ("x,a,b\na,2,3\nb,,1\n", [("F184", "2:2")]),
        ("x,a,b\na,1,-3\nb,zero,1\n", [("F184", "2:3"), ("F184", "3:2")]),
        ("x,a,b\na,1,30%\nb,,1\n", [("F184", "2:3")]),
        ("x,a,nope\na,1,3\nnope,,1\n", [("F182", "3:1"), ("F182", "1:3")]),
        ("x,a,index\na,1,3\nindex,,1\n", [("F182", "3:1"), ("F182", "1:3")]),
        ("x,a,b1\na,1,3\nb1,,1\n", [("F183", "3:1")]),
        ("x,a,b\na,1,3\na,,1\n", [("F186", "3:1")]),
        ("x,a,b\na,1,3\n", [("F181", "1:1")]),
        ("x,a\na,1\n", [("F181", "1:1")]),
        ("a\n", [("F181", "m.csv")]),
    ],
)
def test_faulty_matrices_are_refused_at_the_cell(
    text: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    told = faults(lambda: matrix(tmp_path, text))
    assert [code for code, _ in told] == [code for code, _ in expected]
    assert all(
        place.endswith(wanted) for (_, place), (_, wanted) in zip(told, expected, strict=True)
    )


def test_sheets_of_a_workbook_are_a_matrix_each(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["", "a", "b"], ["a", 1, 5], ["b", "1/5", 1]):
        book.worksheets[0].append(row)
    book.create_sheet("blank")
    other = book.create_sheet("areas")
    other.cell(3, 2, "a1")
    other.cell(2, 3, "a1")
    other.cell(2, 4, "a2")
    other.cell(4, 2, "a2")
    other.cell(3, 4, "2")
    book.save(tmp_path / "m.xlsx")
    told = read_judgements([read_book(tmp_path / "m.xlsx")], small())
    assert told == {"a/b": 5, "a1/a2": 2}


def test_points_are_read_by_expert(tmp_path: Path) -> None:
    file = table("expert,a,b名,a1\nLi,50,50,\nWu,0,1,7\n,1,1,1\n", tmp_path / "m.csv")
    told = read_points(read_book(file), small())
    assert {k: told[k] for k in ("Li", "Wu")} == {
        "Li": {"a": 50, "b": 50},
        "Wu": {"a": 0, "b": 1, "a1": 7},
    }
    assert [name for name in told if name.endswith("m.csv:4:1")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("e,a,b\nLi,-1,x\n", ["F184", "F184"]),
        ("e,a,A\nLi,1,2\n", ["F186"]),
        ("e,a,b\nLi,1,2\nLi,3,4\n", ["F186"]),
        ("e,a,total\nLi,1,2\n", ["F182"]),
    ],
)
def test_faulty_points_are_refused(text: str, codes: list[str], tmp_path: Path) -> None:
    file = table(text, tmp_path / "m.csv")
    assert [code for code, _ in faults(lambda: read_points(read_book(file), small()))] == codes


def test_a_bare_method_is_meant_for_the_steps_its_sheets_speak_of(tmp_path: Path) -> None:
    areas = table("x,a,b,c\na,1,2,6\nb,,1,3\nc,,,1\n", tmp_path / "m.csv")
    data = made.dataset(ROWS)
    for method in ("ahp", ()):
        told = sti.weights(data, small(), method=method, pairwise=areas)
        assert told.told.methods == {"level1": "declared", "level2": "ahp"}
        # Saaty's weights 0.6, 0.3, 0.1 times the measured shares 4/5, 1/2, 1.
        whole = 0.48 + 0.15 + 0.1
        assert [told.weights[n] for n in "abc"] == pytest.approx(
            [0.48 / whole, 0.15 / whole, 0.1 / whole], rel=1e-9
        )
        assert [c.group for c in told.told.consistency] == ["index"]
        assert told.told.consistency[0].ratio == pytest.approx(0, abs=1e-9)
    everywhere = sti.weights(data, small(), method="weight=ahp", pairwise=areas)
    declared = sti.weights(data, small(), method="declared")
    below = [n for n in declared.weights if n not in {"index", "a", "b", "c"}]
    assert below
    assert [everywhere.weights[n] for n in below] == [declared.weights[n] for n in below]
    assert [c.group for c in everywhere.told.consistency] == ["index"]


def test_sheets_that_no_method_reads_are_refused(tmp_path: Path) -> None:
    file = table("x,a,b\na,1,2\nb,,1\n", tmp_path / "m.csv")
    with pytest.raises(UsageError, match="U103"):
        sti.weights(made.dataset(ROWS), small(), method="entropy", pairwise=file)


def test_judgements_of_a_sheet_replace_those_of_the_framework() -> None:
    own = {"id": "ahp", "judgements": {"a1/a2": 3.0, "b/a": 2.0, "a/c": 1.0, "b/c": 1.0}}
    told = weighed(
        made.dataset(ROWS), small(method={"weight": own}), [], Opinions({"a/b": 4.0})
    )  # fmt: skip
    method = told.report.provenance.method["weight"]
    assert method["judgements"] == {"a1/a2": 3.0, "a/c": 1.0, "b/c": 1.0, "a/b": 4.0}


def test_contradicting_judgements_are_a_warning_wherever_they_are_used() -> None:
    torn = {"a1/a2": 1.0, "a/b": 9.0, "b/c": 9.0, "a/c": 1.0}
    framework = small(method={"weight": {"id": "ahp", "judgements": torn}})
    data = made.dataset(ROWS)
    (told,) = [f for f in cautions(score(fit(framework, data), data)) if f.code == "C316"]
    # Every principal eigenvalue by hand: that of ((1, 9, 1), (1/9, 1, 9), (1, 1/9, 1)).
    largest = max(np.linalg.eigvals(np.array([[1, 9, 1], [1 / 9, 1, 9], [1, 1 / 9, 1]])).real)
    assert told.fields["ratio"] == pytest.approx((largest - 3) / 2 / 0.58, rel=1e-9)
    assert [f.code for f in sti.weights(data, framework).findings if f.code == "C316"] == ["C316"]


def test_shares_of_each_unit_add_up_and_scores_are_those_of_evaluate() -> None:
    framework, data = small(), made.dataset({**ROWS, "c1": [9.0, NAN, 2, 5, 1, 6]})
    told = sti.weights(data, framework, method="benefit-of-the-doubt")
    groups = {own.group: own for own in told.told.own}
    assert set(groups) == {"a", "index"}
    for own in groups.values():
        for unit in own.units:
            shares = [s for s in unit.shares if s is not None]
            assert sum(shares) == pytest.approx(1, rel=1e-12)
    assert groups["index"].units[1].shares[2] == 0
    card = sti.evaluate(data, with_methods(framework, ["weight=benefit-of-the-doubt"]))
    scores = {u.id: u.score for u in card.report.units}
    assert {u.unit.id: u.score for u in groups["index"].units} == scores


def test_screened_out_units_are_told_with_the_reason() -> None:
    data = made.dataset({**ROWS, "a1": [NAN, 5, 0, 8, 2, 9], "a2": [NAN, 4, 0, 1, 6, 7]})
    rules = ["screen=availability", "screen.mode=both", "screen.min_nonzero=0.6"]
    framework = with_methods(small(), rules)
    told = cautions(score(fit(framework, data), data))
    assert [(f.code, f.unit) for f in told if f.code in {"C301", "C317"}] == [
        ("C317", "u0"), ("C317", "u2"),
    ]  # fmt: skip
    whys = [f.fields["why"] for f in told if f.code == "C317"]
    assert "values for 50.0% of the indicators, 66%" in str(whys[0])
    assert "50.0% of its values are not zero, 60%" in str(whys[1])


def presets(framework: Framework, data: Dataset, methods: Sequence[str]) -> tuple[Any, Any]:
    """The local weights by a method, and those of the framework under the preset of it."""
    chosen = fit(with_methods(framework, methods), data)
    weights = reproducing(chosen, framework.method)
    text = preset_text(
        WeightPreset(
            schema="stiscore.preset/1",
            framework=framework.id,
            method=tuple(methods),
            data="0" * 64,
            weights=weights,
        )
    )
    assert text.isascii() or "#" in text
    again = fit(with_weights(framework, reread(text, framework)), data)
    return chosen.weights.local, again.weights.local


def reread(text: str, framework: Framework) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        file = table(text, Path(folder) / "p.yaml")
        loaded = load_preset(file, framework)
    assert loaded.findings == ()
    return loaded.preset.weights


@settings(max_examples=40, deadline=None)
@given(
    made.scored(),
    st.sampled_from(["equal", "standard-deviation", "entropy", "declared"]),
    st.sampled_from(["scaled", "equal"]),
    st.data(),
)
def test_a_preset_gives_the_same_weights_again(
    case: tuple[Framework, Dataset], method: str, area_weight: str, draw: st.DataObject
) -> None:
    framework = with_methods(case[0], [f"weight.area_weight={area_weight}"])
    own = {
        node.id: draw.draw(st.floats(0.01, 100))
        for node in framework.nodes
        if node.id != framework.index.id
    }
    framework = with_weights(framework, own)
    try:
        wanted, again = presets(framework, case[1], [f"weight={method}"])
    except DataInvalid:
        return
    assert again == pytest.approx(wanted, rel=1e-12, abs=2e-15)


def test_a_preset_of_declared_weights_is_the_framework_itself() -> None:
    fitted = fit(small(), made.dataset(ROWS))
    told = reproducing(fitted, small().method)
    assert told == pytest.approx({"a1": 1, "a2": 3, "b1": 1, "c1": 1, "a": 2, "b": 1, "c": 1})


def test_a_weight_of_nothing_is_told_as_next_to_nothing() -> None:
    data = made.dataset({**ROWS, "a1": [3.0] * 6})
    wanted, again = presets(small(), data, ["weight.level1=standard-deviation"])
    place = fit(small(), data).tree.ids.index("a1")
    assert wanted[place] == 0
    assert 0 < again[place] < 1e-14
    assert again == pytest.approx(wanted, rel=1e-12, abs=2e-15)


def test_shipped_samples_keep_their_weights_through_a_preset(tmp_path: Path) -> None:
    data = sti.read(sti.sample("economies"))
    told = sti.weights(data, method="critic")
    sti.save_weights(told, tmp_path / "p.yaml")
    framework = sti.load_framework()
    loaded = load_preset(tmp_path / "p.yaml", framework)
    card = sti.evaluate(data, with_weights(framework, loaded.preset.weights))
    again = dict(zip(card.fitted.tree.ids, card.fitted.weights.local, strict=True))
    assert {n: again[n] for n in told.weights} == pytest.approx(told.weights, rel=1e-12)


PRESET = (
    "schema: stiscore.preset/1\nframework: made\nmethod: [weight=equal]\n"
    f"data: '{'0' * 64}'\nweights:\n  a: 2\n"
)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("  a: 2", "  a: 0"), [("F106", 6)]),
        (("  a: 2", "  a: heavy"), [("F106", 6)]),
        (("  a: 2", "  aa: 2"), [("F112", 6)]),
        (("  a: 2", "  index: 2"), [("F112", 6)]),
        (("  a: 2", "  a: 2\n  a: 3"), [("F103", 7)]),
        (("stiscore.preset/1", "stiscore.preset/2"), [("F106", 1)]),
        (("weights:\n  a: 2", "weights: &w {a: 2}"), [("F102", 5)]),
        (("framework: made\n", ""), [("F105", 1)]),
        (("method:", "methods:"), [("F104", 3)]),
    ],
)
def test_faulty_presets_are_refused_with_their_place(
    edit: tuple[str, str], expected: list[tuple[str, int]], tmp_path: Path
) -> None:
    assert edit[0] in PRESET
    file = table(PRESET.replace(*edit), tmp_path / "p.yaml")
    with pytest.raises(FrameworkInvalid) as told:
        load_preset(file, small())
    assert [
        (f.code, f.location.line if f.location else None)
        for f in told.value.findings
        if isinstance(f, Finding)
    ] == expected


def test_a_preset_of_another_framework_is_a_warning(tmp_path: Path) -> None:
    file = table(PRESET.replace("framework: made", "framework: other"), tmp_path / "p.yaml")
    loaded = load_preset(file, small())
    assert [(f.code, f.fields["then"], f.fields["now"]) for f in loaded.findings] == [
        ("F187", "other", "made")
    ]
    with pytest.raises(UsageError, match="R100"):
        load_preset(tmp_path / "none.yaml", small())


def test_csv_holds_nodes_and_shares() -> None:
    told = sti.weights(made.dataset(ROWS), small(), method="benefit-of-the-doubt")
    rows = list(csv.DictReader(io.StringIO(told.to_csv())))
    nodes = [row for row in rows if not row["unit"]]
    assert {row["node"]: float(row["weight"]) for row in nodes} == told.weights
    shares = [row for row in rows if row["unit"] == "u3" and row["parent"] == "index"]
    assert sum(float(row["share"]) for row in shares) == pytest.approx(1)
