"""A plan spelt out: which files, which names, and every fault with its line and column."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.batch.kept import stands
from stiscore.batch.layout import Layout, laid_out
from stiscore.errors import FrameworkInvalid
from stiscore.finding import Finding
from stiscore.io.plan_yaml import load_plan

HEAD = "schema: stiscore.plan/1\n"
OUTPUTS = "outputs: [{command: evaluate}]\n"


def layout(folder: Path, plan: str) -> Layout:
    file = folder / "plan.yaml"
    file.write_text(HEAD + plan, encoding="utf-8")
    return laid_out(load_plan(file), folder, folder / "out")


def faults(folder: Path, plan: str) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(FrameworkInvalid) as caught:
        layout(folder, plan)
    found = [f for f in caught.value.findings if isinstance(f, Finding) and f.location]
    assert all(f.fields["source_line"] for f in found)
    return [(f.code, f.location.line, f.location.column) for f in found if f.location]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.csv", "a.csv", "deep/c.csv", "~$a.csv", "out/x/y/z/d.csv", "data[1].csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ('["*.csv"]', ["a.csv", "b.csv", "data[1].csv"]),
        ('["**/*.csv"]', ["a.csv", "b.csv", "data[1].csv", "deep/c.csv"]),
        ('["b.csv", "*.csv"]', ["b.csv", "a.csv", "data[1].csv"]),
        ('["*.csv", "deep/../b.csv"]', ["a.csv", "data[1].csv", "deep/../b.csv"]),
        ('["data[1].csv"]', ["data[1].csv"]),
        ('["[ab].csv", "*.csv"]', ["a.csv", "b.csv", "data[1].csv"]),
        ("[none.csv]", ["none.csv"]),
    ],
)
def test_files(files: str, expected: list[str], folder: Path) -> None:
    told = layout(folder, f"files: {files}\n{OUTPUTS}")
    assert [source.shown for source in told.sources] == expected
    assert told.findings == ()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_pattern_takes_a_file_once_whatever_links_lead_to_it(folder: Path) -> None:
    (folder / "deep" / "again").symlink_to(folder, target_is_directory=True)
    (folder / "a_link.csv").symlink_to(folder / "b.csv")
    told = layout(folder, f'files: ["**/*.csv"]\n{OUTPUTS}')
    assert [s.shown for s in told.sources] == ["a.csv", "b.csv", "data[1].csv", "deep/c.csv"]


def test_a_pattern_that_matches_nothing_is_told(folder: Path) -> None:
    told = layout(folder, f'files: [a.csv, "no*.csv"]\n{OUTPUTS}')
    assert [(f.code, str(f.location)) for f in told.findings] == [("F196", "plan.yaml:2:16")]
    assert faults(folder, f'files: ["no*.csv"]\n{OUTPUTS}') == [("F193", 2, 8), ("F196", 2, 9)]


def test_an_absolute_path_is_shown_by_its_name_alone(folder: Path) -> None:
    told = layout(folder, f'files: ["{(folder / "a.csv").as_posix()}"]\n{OUTPUTS}')
    assert [(s.shown, s.path) for s in told.sources] == [("a.csv", folder / "a.csv")]


def test_every_file_under_every_framework_and_method_once_an_output(folder: Path) -> None:
    plan = (
        "files: [{path: a.csv, name: first}, b.csv]\n"
        "frameworks: [shipped, {id: mine, path: f.yaml}]\n"
        "methods: {own: [], geometric: [aggregate=geometric]}\n"
        "outputs: [{command: evaluate}, {command: gaps, format: text, of: b},"
        " {command: compare, name: both, format: csv}]\n"
    )
    places = [work.place for work in layout(folder, plan).works]
    assert len(places) == len(set(places)) == 2 * 2 * 2 + 2 * 2 + 2 * 2
    assert places[:4] == [
        "first/shipped/own/evaluate.json",
        "first/shipped/geometric/evaluate.json",
        "first/mine/own/evaluate.json",
        "first/mine/geometric/evaluate.json",
    ]
    assert "b/mine/geometric/gaps.txt" in places
    assert places[-1] == "together/mine/geometric/both.csv"


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("files: [a.csv]\noutput: [{command: evaluate}]\n", [("F191", 3, 1)]),
        ("files: [a.csv]\n", [("F192", 1, 1)]),
        (f"files: []\n{OUTPUTS}", [("F193", 2, 8)]),
        (f"files: [3]\n{OUTPUTS}", [("F193", 2, 9)]),
        (f"files: [{{path: a.csv, levle: x}}]\n{OUTPUTS}", [("F191", 2, 23)]),
        (f"files: [a.csv]\nmethods: {{a: [3]}}\n{OUTPUTS}", [("F193", 3, 15)]),
        (f"files: [a.csv]\nmethods: {{a: geometric}}\n{OUTPUTS}", [("F193", 3, 14)]),
        (f"files: [a.csv]\nmethods: {{a: {{weights: {{b: 0}}}}}}\n{OUTPUTS}", [("F193", 3, 28)]),
        (f"files: [a.csv]\nfiles: [b.csv]\n{OUTPUTS}", [("F103", 3, 1)]),
        (f"files: &x [a.csv]\n{OUTPUTS}", [("F102", 2, 8)]),
        ("files: [a.csv]\noutputs: [{command: report}]\n", [("F193", 3, 21)]),
        ("files: [a.csv]\noutputs: [{command: audit, format: csv}]\n", [("F193", 3, 36)]),
        ("files: [a.csv]\noutputs: [{command: audit, format: html}]\n", [("F193", 3, 36)]),
        ("files: [a.csv]\noutputs: [{command: gaps, node: x}]\n", [("F194", 3, 27)]),
        ("files: [a.csv]\noutputs: [{command: whatif, unit: x}]\n", [("F192", 3, 11)]),
        ("files: [a.csv]\noutputs: [{command: explain, unit: [x, y]}]\n", [("F193", 3, 36)]),
        ("files: [a.csv]\noutputs: [{command: compare}]\n", [("F193", 3, 11)]),
        ("files: [a.csv]\noutputs: [{command: evaluate, of: b}]\n", [("F193", 3, 35)]),
        ("files: [a.csv]\noutputs: [{command: evaluate, draws: -1}]\n", [("F193", 3, 38)]),
        (f"files: [a.csv, deep/A.csv]\n{OUTPUTS}", [("F195", 2, 16)]),
        (f"files: [a.csv, manifest.json.csv]\n{OUTPUTS}", [("F195", 2, 16)]),
        (f"files: [a.csv]\nframeworks: [x/f.yaml, f.yaml]\n{OUTPUTS}", [("F195", 3, 24)]),
        (f"files: [a.csv]\nmethods: {{a: [], A: []}}\n{OUTPUTS}", [("F195", 3, 21)]),
        ("files: [a.csv]\noutputs: [{command: gaps}, {command: gaps}]\n", [("F195", 3, 28)]),
    ],
)
def test_faults_have_their_place(
    plan: str, expected: list[tuple[str, int, int]], folder: Path
) -> None:
    assert faults(folder, plan) == expected


@given(
    st.lists(st.sampled_from(["..", ".", "", "a", "/", "\\", "c.json"]), max_size=6).map("/".join)
)
def test_nothing_outside_the_folder_is_ours(path: str) -> None:
    # Whatever stands at such a path, it is asked for only where it lies four folders deep.
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if len(parts) != 4 or ".." in parts or path.startswith("/") or "\\" in path:
        assert not stands(Path(__file__).parent.parent.parent, path, "0" * 64)


def test_a_file_behind_a_link_is_not_ours(tmp_path: Path) -> None:
    into, other = tmp_path / "out", tmp_path / "other"
    (into / "a" / "b").mkdir(parents=True)
    other.mkdir()
    (other / "d.json").write_bytes(b"")
    (into / "a" / "b" / "c").symlink_to(other)
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert not stands(into, "a/b/c/d.json", empty)
    (into / "a" / "b" / "e").mkdir()
    (into / "a" / "b" / "e" / "d.json").write_bytes(b"")
    assert stands(into, "a/b/e/d.json", empty)
