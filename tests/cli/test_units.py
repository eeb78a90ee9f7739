"""``stiscore units``, ``--labels`` and ``--group`` as people type them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Samples, written


def test_the_whole_registry_in_three_forms(run: Run) -> None:
    told = json.loads(run("units", "-F", "json").out)
    assert told["schema"] == "stiscore.units/1"
    kinds = [u["registry"] for u in told["units"]]
    assert (kinds.count("province"), kinds.count("economy")) == (34, 252)
    assert len(told["groups"]) == 24
    assert all(g["source"]["zh"] for g in told["groups"])
    rows = list(csv.DictReader(io.StringIO(run("units", "-F", "csv").out)))
    assert [r["id"] for r in rows] == [u["id"] for u in told["units"]]
    assert rows[0]["groups"] == "central yangtze_delta yangtze_belt"
    assert run("units", "--level", "regional", "--width", 120).out.count("\n") == 35


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_one_label_is_explained(run: Run, lang: str) -> None:
    done = run("units", "湖 北", "--lang", lang)
    assert done.code == 0
    for part in ("CN-HB", "420000", "鄂 42", "yangtze_belt"):
        assert part in done.out
    assert ("省级" in done.out) == (lang != "en")


def test_what_a_label_is_can_depend_on_the_table(run: Run) -> None:
    told = json.loads(run("units", "澳门", "-F", "json").out)
    assert [u["id"] for u in told["units"]] == ["MAC", "CN-MO"]
    told = json.loads(run("units", "澳门", "--level", "regional", "-F", "json").out)
    assert [u["id"] for u in told["units"]] == ["CN-MO"]
    assert [g["id"] for g in told["groups"]] == ["greater_bay_area"]


@pytest.mark.parametrize(
    ("text", "lang", "near"),
    [
        ("福健", "zh", "相近的有：福建 Fujian"),
        ("Shan xi", "en", "near it: 陕西 Shaanxi / 山西 Shanxi"),
        ("Congo", "en", "Congo, Dem. Rep."),
        ("Qwertyuiop", "en", "nothing there is like it"),
    ],
)
def test_a_label_that_names_nothing_ends_in_two(run: Run, text: str, lang: str, near: str) -> None:
    done = run("units", text, "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert "error[U123]" in done.err
    assert near in done.err


def test_units_of_a_group(run: Run) -> None:
    done = run("units", "--group", "京津冀", "-F", "csv", "--labels", "cn_official")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [r["id"] for r in rows] == ["CN-BJ", "CN-HE", "CN-TJ"]
    assert rows[1]["label_zh"] == "河北省"
    done = run("units", "--group", "京津")
    assert done.code == 2
    assert "did you mean '京津冀'?" in done.err


def test_a_list_written_here_serves_as_labels(run: Run, tmp_path: Path) -> None:
    done = run("units", "--level", "regional", "-F", "csv", "--labels", "iso")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    text = "id,label_en,label_zh\n" + "".join(
        f"{r['id']},{r['label_en']},{r['label_zh']}\n" for r in rows
    )
    file = written(tmp_path / "mine.csv", text + "X-1,Zone,园区\n")
    done = run("units", "上海", "--labels", file)
    assert done.code == 0
    assert "Shanghai Shi" in done.out
    assert "X-1" in done.err


def test_evaluate_shows_a_group_with_labels_of_a_set(run: Run, samples: Samples) -> None:
    done = run("evaluate", samples["provinces"], "--group", "长三角", "--labels", "cn_official")
    assert done.code == 0
    lines = done.out.splitlines()
    table = [line.split() for line in lines if line[:4].strip().isdigit() and len(line) > 50]
    # Between rank and unit stand the range and the tier.
    ranks = [[row[0], *row[3:5]] for row in table]
    assert [row[1:] for row in ranks] == [
        ["Shanghai", "1"],
        ["Jiangsu", "2"],
        ["Anhui", "3"],
        ["Zhejiang", "4"],
    ]
    assert "Membership: outline plan" in done.out
    assert "Labels: as Chinese official statistics" in done.out
    whole = run("evaluate", samples["provinces"], "-F", "json")
    held = {u["id"]: u for u in json.loads(whole.out)["units"]}
    assert [int(row[0]) for row in ranks] == [
        held[key]["rank"] for key in ("CN-SH", "CN-JS", "CN-AH", "CN-ZJ")
    ]
    assert held["CN-JS"]["rank_in_group"]["yangtze_delta"] == 2


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [("--group", "wesst", "U101"), ("--group", "OECD", "U124"), ("--labels", "isoo", "U101")],
)
def test_what_is_not_there_ends_in_two(
    run: Run, samples: Samples, option: str, value: str, code: str
) -> None:
    done = run("evaluate", samples["provinces"], option, value)
    assert (done.code, done.out) == (2, "")
    assert f"error[{code}]" in done.err


def test_explain_names_the_unit_as_the_set_does(run: Run, samples: Samples) -> None:
    done = run("explain", samples["provinces"], "江苏", "--labels", "iso", "--lang", "zh")
    assert done.code == 0
    assert done.out.splitlines()[0].startswith("江苏省")
    assert "ISO 3166-2" in done.out


def test_findings_keep_the_labels_of_the_file(run: Run, faulty: Path) -> None:
    done = run("evaluate", faulty, "--labels", "iso")
    assert done.code == 1
    assert "北京" in done.err
    assert "Beijing Shi" not in done.err


def test_provinces_by_short_names_are_read_once_the_level_is_settled(
    run: Run, tmp_path: Path
) -> None:
    text = "unit,trade_gdp,gerd_abroad_share\n京,10,0.1\n沪,20,0.2\n苏,30,0.3\n"
    file = written(tmp_path / "short.csv", text)
    assert run("evaluate", file).code == 1
    done = run("evaluate", file, "--level", "regional", "-F", "json")
    assert done.code == 0
    assert {u["id"] for u in json.loads(done.out)["units"]} == {"CN-BJ", "CN-SH", "CN-JS"}
