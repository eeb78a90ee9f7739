"""Frameworks taken over from COINr and the COIN Tool, written as YAML, and given back to COINr."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stiscore as sti
from stiscore.errors import FrameworkInvalid, InputRefused, StiscoreError
from stiscore.framework.model import Framework, Group, Indicator
from stiscore.io.coin_tool import from_coin_tool
from stiscore.io.coinr import from_coinr
from stiscore.io.elements.ids import as_id
from stiscore.io.framework_out import framework_text
from stiscore.io.framework_yaml import parse_framework
from stiscore.pipeline import fit, score
from stiscore.report.coinr import for_coinr
from tests.coin_tool import workbook
from tests.made import dataset, framework, group, leaf
from tests.unit.small_framework import SMALL

HEAD = "Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,Parent,Type"
ROWS = (
    "1,a,First,1,2,%,50,pop,top,Indicator",
    "1,b,Second,-1,1,,NA,,top,Indicator",
    "2,top,Whole,1,1,,,,,Aggregate",
    ",region,Region,NA,NA,NA,NA,NA,NA,Group",
    ",pop,Population,,,persons,,,,Denominator",
)


def imeta(folder: Path, *rows: str, head: str = HEAD) -> Path:
    file = folder / "my meta.csv"
    file.write_text("\n".join((head, *(rows or ROWS))) + "\n", encoding="utf-8")
    return file


def codes(error: pytest.ExceptionInfo[StiscoreError]) -> list[str]:
    return [f.code for f in error.value.findings]


def places(error: pytest.ExceptionInfo[StiscoreError]) -> list[tuple[int | None, int | None]]:
    held = [f.location for f in error.value.findings]
    return [(p.line, p.column) for p in held if p is not None]


def test_rows_become_a_framework(tmp_path: Path) -> None:
    made, notes = from_coinr(imeta(tmp_path))
    assert (made.id, made.title.en, list(made.levels)) == ("my_meta", "Whole", ["all"])
    first, second = made.indicators
    assert (first.id, first.name.zh, first.weight, first.direction) == ("a", "First", 2, "benefit")
    assert (second.direction, second.measured_in) == ("cost", "not stated")
    assert [i.levels["all"].target for i in made.indicators] == [50, None]
    assert [q.id for q in made.quantities] == ["pop"]
    assert [g.id for g in made.groupings] == ["region"]
    divided = made.method.of("denominate", "a")
    assert (divided.id, divided.denominator, divided.factor) == ("column", "pop", 1.0)
    assert made.method.normalise.id == "min-max"
    assert made.method.coverage.max_areas_missing == 1000
    assert notes == ()


def test_id_and_title_may_be_given(tmp_path: Path) -> None:
    made, notes = from_coinr(imeta(tmp_path), id_="my index", title="Mine")
    assert (made.id, made.title.en) == ("my_index", "Mine")
    assert [(n.code, n.fields["given"]) for n in notes] == [("F173", "my index")]


def test_goalposts_are_kept_and_other_columns_are_named(tmp_path: Path) -> None:
    rows = [
        f"{row},{end}" for row, end in zip(ROWS, ("1,9,x", "0,,", ",,", ",,", ",,"), strict=True)
    ]
    made, notes = from_coinr(
        imeta(tmp_path, *rows, head=f"{HEAD},goalpost_lower,goalpost_upper,Source")
    )
    assert [i.levels["all"].goalposts for i in made.indicators] == [(1, 9), None]
    assert [n.fields["names"] for n in notes] == ["Source"]


def test_columns_stand_in_any_order_and_case(tmp_path: Path) -> None:
    file = imeta(
        tmp_path,
        "Indicator,a,1,1,top",
        "aggregate,top,,1,",
        head="type,icode,direction,weight,parent",
    )
    assert [i.name.en for i in from_coinr(file).framework.indicators] == ["a"]


def test_a_workbook_is_read_like_a_text(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (
        HEAD.split(","),
        [1, "a", "A", -1, 2 / 3, "%", 1 / 3, None, "t", "Indicator"],
        [2, "t", "T", 1, 1, None, None, None, None, "Aggregate"],
    ):
        book.active.append(row)
    book.save(tmp_path / "meta.xlsx")
    (only,) = from_coinr(tmp_path / "meta.xlsx").framework.indicators
    assert (only.weight, only.levels["all"].target) == (2 / 3, 1 / 3)


def test_every_fault_is_told_at_once_with_its_cell(tmp_path: Path) -> None:
    rows = (
        "1,a,A,2,0,%,much,,top,Indicator",
        "1,,B,1,1,%,,,top,Indicator",
        "1,c,C,1,1,%,,people,nowhere,Indicator",
        "2,top,Top,1,1,,,,,Agregate",
    )
    with pytest.raises(InputRefused) as told:
        from_coinr(imeta(tmp_path, *rows))
    assert codes(told) == ["F149", "F150", "F152", "F143", "F142", "F151", "F145", "F145"]
    assert places(told)[:5] == [(2, 4), (2, 5), (2, 7), (3, 2), (5, 10)]


def test_a_circle_is_told_once_with_its_way(tmp_path: Path) -> None:
    rows = (
        "1,a,A,1,1,,,,x,Indicator",
        "2,x,X,1,1,,,,y,Aggregate",
        "3,y,Y,1,1,,,,z,Aggregate",
        "4,z,Z,1,1,,,,y,Aggregate",
        "5,top,T,1,1,,,,,Aggregate",
        "1,b,B,1,1,,,,top,Indicator",
    )
    with pytest.raises(InputRefused) as told:
        from_coinr(imeta(tmp_path, *rows))
    assert [f.fields["path"] for f in told.value.findings] == ["y > z > y"]


def test_a_tree_of_thousands_of_steps_is_refused_and_no_crash(tmp_path: Path) -> None:
    chain = [f",g{n},G,1,1,,,,{f'g{n - 1}' if n else ''},Aggregate" for n in range(3000)]
    with pytest.raises(InputRefused) as told:
        from_coinr(imeta(tmp_path, *chain, "1,a,A,1,1,,,,g2999,Indicator"))
    assert codes(told) == ["F157"]


def test_what_only_shows_in_the_whole_is_refused_as_well(tmp_path: Path) -> None:
    rows = ("1,a_b,A,1,1,,,,top,Indicator", "1,ab,B,1,1,,,,top,Indicator", ROWS[2])
    with pytest.raises(FrameworkInvalid) as told:
        from_coinr(imeta(tmp_path, *rows))
    assert codes(told) == ["F117"]


def test_codes_that_are_no_ids_are_rewritten_and_still_head_columns(tmp_path: Path) -> None:
    rows = (
        "1,研发 强度,研发,1,1,%,,,总 指数,Indicator",
        "1,研发/强度,专利,1,1,%,,,总 指数,Indicator",
        "2,总 指数,总指数,1,1,,,,,Aggregate",
    )
    made, notes = from_coinr(imeta(tmp_path, *rows))
    assert [i.id for i in made.indicators] == ["item_2", "item_3"]
    assert [i.aliases for i in made.indicators] == [("研发 强度",), ("研发/强度",)]
    assert [n.code for n in notes] == ["F173"] * 3
    data = tmp_path / "data.csv"
    data.write_text("uCode,研发 强度,研发/强度\nx,1,5\ny,2,4\nz,3,9\n", encoding="utf-8")
    read = sti.read(data, made, any_units=True)
    assert read.ids == ("item_2", "item_3")


def test_names_that_two_columns_share_are_told_apart(tmp_path: Path) -> None:
    rows = (ROWS[0], ROWS[1].replace("Second", "First"), *ROWS[2:])
    made, notes = from_coinr(imeta(tmp_path, *rows))
    assert [i.name.en for i in made.indicators] == ["First", "First [b]"]
    assert [(n.code, n.fields["first"]) for n in notes] == [("F174", "a")]


@given(st.text(min_size=1))
def test_any_text_can_be_made_an_id(text: str) -> None:
    made = as_id(text)
    assert made[0].isalpha()
    assert made.isascii()
    assert len(made) <= 80
    assert as_id(made) == made


@given(st.text(min_size=1).filter(str.strip), st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_and_number_come_back_from_the_file(text: str, number: float) -> None:
    small = parse_framework(SMALL)
    index = small.index.model_copy(
        update={"name": small.title.model_copy(update={"en": text, "zh": text[::-1]})}
    )
    peers = {text.replace("\0", ""): {"area": 2.0}}
    changed = small.model_copy(update={"index": index, "basis": text, "weight_presets": peers})
    changed = Framework.model_validate_json(changed.model_dump_json(by_alias=True))
    first = changed.indicators[0]
    scale = first.levels["national"].model_copy(update={"target": number})
    told = framework_text(changed)
    assert parse_framework(told) == changed
    again = changed.model_copy(update={"index": with_target(changed.index, first.id, scale)})
    assert parse_framework(framework_text(again)) == again


def with_target(node: Group, id_: str, scale: object) -> Group:
    children = [
        with_target(child, id_, scale)
        if isinstance(child, Group)
        else child.model_copy(update={"levels": {**child.levels, "national": scale}})
        if child.id == id_
        else child
        for child in node.children
    ]
    return node.model_copy(update={"children": tuple(children)})


def test_defaults_and_nothing_else_are_left_out() -> None:
    text = framework_text(parse_framework(SMALL), {("levels",): ["One level."]})
    assert "# One level.\nlevels:\n" in text
    assert "\nmethod: {}\n" in text
    assert "clip" not in text
    assert "origin: ours" not in text


def test_the_coin_tool_is_read_by_its_labels(tmp_path: Path) -> None:
    (made, notes), table = from_coin_tool(workbook(tmp_path / "book.xlsx"), title="Skills Index")
    assert made.title.en == "Skills Index"
    assert [i.id for i in made.indicators] == ["ind.01", "ind.02", "ind.03"]
    assert [g.id for g in made.groups] == ["sp.01", "p.01", "sp.02", "p.02", "si.01", "Index"]
    assert [i.weight for i in made.indicators] == [0.7, 0.3, 1]
    assert [i.measured_in for i in made.indicators] == ["ratio", "%", "%"]
    assert [i.levels["all"].goalposts for i in made.indicators] == [(8, 20), (0, 30), (0.5, 20)]
    assert made.indicators[2].direction == "cost"
    assert made.method.normalise.range == (1, 10)
    assert {k: v.id for k, v in made.method.aggregate_levels.items()} == {"level2": "geometric"}
    assert [n.fields["names"] for n in notes] == ["Source"]
    assert table == (
        ("uCode", "uName", "ind.01", "ind.02", "ind.03"),
        ("AT", "Austria", 13.5, 14.9, 1.8),
        ("BE", "Belgium", 14.1, None, 4.0),
        ("EL", "Greece", "n.d.", 4.0, 17.0),
    )


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        ("Dataz", {"id": "z-score", "mean": 50.0, "sd": 10.0}),
        ("Dataprcranks", {"id": "percentile-rank"}),
        ("Datamax", {"id": "min-max", "range": (1.0, 10.0)}),
        ("Goalposts", {"id": "min-max", "range": (1.0, 10.0)}),
    ],
)
def test_methods_of_the_coin_tool(tmp_path: Path, setting: str, wanted: dict[str, object]) -> None:
    arithmetic = {f"F{row}": "Arithmetic" for row in range(5, 12)}
    book = workbook(tmp_path / "book.xlsx", arithmetic, {"D2": setting})
    made, notes = from_coin_tool(book).imported
    assert made.method.normalise.model_dump(include=set(wanted)) == wanted
    assert ("F175" in {n.code for n in notes}) == (wanted["id"] == "min-max")


def test_goalposts_of_the_coin_tool_on_their_own_scale(tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", None, {"D2": "Goalposts", "D3": 0, "D4": 100})
    assert from_coin_tool(book).imported.framework.method.normalise.id == "goalposts"


def test_groups_of_a_step_that_are_joined_otherwise_are_noted(tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", {"F9": "Arithmetic"})
    made, notes = from_coin_tool(book).imported
    assert made.method.aggregate_levels == {}
    assert [n.fields["given"] for n in notes if n.code == "F175"] == ["Arithmetic, Geometric"]


def test_columns_may_be_headed_by_names_only(tmp_path: Path) -> None:
    bare = dict.fromkeys(("D8", "E8", "F8", "G8"), "")
    table = from_coin_tool(workbook(tmp_path / "book.xlsx", None, bare)).table
    assert table[1] == ("AT", "Austria", 13.5, 14.9, 1.8)


@pytest.mark.parametrize(
    ("framework_cells", "database_cells", "wanted"),
    [
        ({"C4": "Element"}, {}, "F159"),
        ({"G4": ""}, {}, "F159"),
        ({}, dict.fromkeys(("E8", "F8", "G8", "E9", "F9", "G9"), "other"), "F159"),
        ({"E12": 0}, {}, "F150"),
        ({"G12": 3}, {}, "F149"),
        ({"D12": "sp.09"}, {}, "F145"),
        ({}, {"G8": "", "G9": ""}, "F160"),
        ({}, {f"{c}{r}": "" for c in "BCD" for r in (14, 15, 16)}, "F161"),
        ({}, {"E12": 8}, "F156"),
    ],
)
def test_faults_of_the_coin_tool(
    tmp_path: Path,
    framework_cells: dict[str, str | float],
    database_cells: dict[str, str | float],
    wanted: str,
) -> None:
    with pytest.raises(InputRefused) as told:
        from_coin_tool(workbook(tmp_path / "book.xlsx", framework_cells, database_cells))
    assert set(codes(told)) == {wanted}


def test_weights_given_to_coinr_are_those_the_scores_have() -> None:
    index = group(
        "index",
        [
            group("wide", [leaf("a"), leaf("b", weight=3), leaf("absent")]),
            leaf("direct", weight=2, direction="cost"),
        ],
    )
    made = framework(index)
    data = dataset({"a": [1.0, 2.0, 4.0], "b": [3.0, 1.0, 2.0], "direct": [5.0, 9.0, np.nan]})
    scores = score(fit(made, data), data)
    back = for_coinr(made, data.level, scores)
    rows = {row["iCode"]: row for row in csv.DictReader(back.imeta.splitlines())}
    local = dict(zip(scores.fitted.tree.ids, scores.fitted.weights.local, strict=True))
    assert float(rows["b"]["Weight"]) == local["b"]
    assert float(rows["direct_L2"]["Weight"]) == local["direct"]
    assert (rows["direct"]["Parent"], rows["direct"]["Direction"]) == ("direct_L2", "-1")
    assert {row["Level"] for row in rows.values() if row["Parent"] == "index"} == {"2"}
    assert sorted(n.code for n in back.notes) == ["F176", "F177"]
    assert back.idata is not None
    figures = list(csv.DictReader(back.idata.splitlines()))
    assert [row["direct"] for row in figures] == ["5.0", "9.0", ""]
    assert "absent" not in figures[0]


def test_without_data_all_of_a_level_is_written() -> None:
    shipped = sti.load_framework()
    back = for_coinr(shipped, "regional")
    rows = list(csv.DictReader(back.imeta.splitlines()))
    scored = [i for i in shipped.at_level("regional") if i.role != "context"]
    assert [r["iCode"] for r in rows if r["Type"] == "Indicator"] == [i.id for i in scored]
    assert back.idata is None
    curved = {i.id for i in scored if isinstance(i, Indicator) and i.curve == "sqrt"}
    assert {n.fields["id"] for n in back.notes if n.code == "F178"} == curved
