"""Findings as the commands give them: formats, the error path, tolerance, annotated copies."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run, Samples, Snapshot, written

HEAD = "unit,trade_gdp,gerd_abroad_share,foreign_researchers,GDP of the year,gerd_abroad_shares\n"
UNITS = ["北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江"]
FORMS = ("text", "concise", "json", "csv", "markdown", "github")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """One of each: a repeated fault, a bound passed, an unknown unit, columns nobody knows."""
    rows = [f"{unit},{10 * n},n.k. {n % 3},1,2,3\n" for n, unit in enumerate(UNITS, 1)]
    rows += ["上海,-4,134,1,2,3\n", "Atlantis,20,0.1,1,2,3\n", "江苏,50,0.2,1,2,3\n"]
    return written(tmp_path / "broken.csv", HEAD + "".join(rows))


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("form", ["text", "concise", "markdown", "github"])
def test_what_each_form_says(
    form: str, lang: str, run: Run, broken: Path, snapshot: Snapshot
) -> None:
    done = run("validate", broken, "-F", form, "--lang", lang)
    assert (done.code, done.err) == (1, "")
    snapshot(f"findings_{form}_{lang}", done.out.replace(str(broken), "broken.csv"))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_programs_get(form: str, run: Run, broken: Path, snapshot: Snapshot) -> None:
    done = run("validate", broken, "-F", form)
    assert (done.code, done.err) == (1, "")
    assert done.out == run("validate", broken, "-F", form, "--lang", "zh").out
    snapshot(f"findings_{form}", done.out)


@pytest.mark.parametrize(
    ("name", "form"),
    [("x.csv", "csv"), ("x.json", "json"), ("x.md", "markdown"), ("x.txt", "text")],
)
def test_the_name_of_the_output_chooses_the_form(
    name: str, form: str, run: Run, broken: Path, tmp_path: Path
) -> None:
    out = tmp_path / name
    done = run("validate", broken, "-o", out)
    assert (done.code, done.out, done.err) == (1, "", "")
    assert out.read_text("utf-8") == run("validate", broken, "-F", form).out


@pytest.mark.parametrize("form", FORMS)
def test_findings_are_the_product_of_validate_whatever_is_wrong(
    form: str, run: Run, tmp_path: Path
) -> None:
    file = written(tmp_path / "no_table.csv", "a,b\n1,2\n")
    done = run("validate", file, "-F", form)
    assert (done.code, done.err) == (1, "")
    assert "L101" in done.out
    out = tmp_path / "out.txt"
    assert run("validate", file, "-F", form, "-o", out).code == 1
    assert out.read_text("utf-8") == done.out


@pytest.mark.parametrize("form", FORMS)
def test_a_refused_file_is_told_in_the_form_asked_for(form: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    done = run("validate", file, "-F", form)
    assert done.code == 3
    shown, silent = (done.err, done.out) if form == "text" else (done.out, done.err)
    assert silent == ""
    assert "R1" in shown


@pytest.mark.parametrize("command", [["evaluate"], ["explain", "北京"]])
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_a_failing_command_keeps_stdout_for_its_product(
    command: list[str], form: str, run: Run, broken: Path
) -> None:
    name, *more = command
    done = run(name, broken, *more, "-F", form)
    assert done.code == 1
    told, silent = (done.out, done.err) if form == "json" else (done.err, done.out)
    assert silent == ""
    if form == "json":
        assert json.loads(told)["schema"] == "stiscore.findings/1"
    else:
        assert told == run("validate", broken, "-F", form).out


def test_a_failing_csv_is_csv_on_stderr(run: Run, broken: Path) -> None:
    done = run("evaluate", broken, "-F", "csv")
    assert (done.code, done.out) == (1, "")
    assert done.err == run("validate", broken, "-F", "csv").out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tolerate_prints_the_product_and_still_ends_in_1(
    lang: str, run: Run, broken: Path, snapshot: Snapshot
) -> None:
    done = run("evaluate", broken, "--tolerate", "--lang", lang)
    assert done.code == 1
    assert ("Errors set aside: 4." if lang == "en" else "已搁置的错误4项") in done.err
    head = done.out.split("\n\n")[0].replace(str(broken), "broken.csv")
    snapshot(f"tolerate_{lang}", head + "\n")


def test_tolerate_flags_json_csv_and_markdown(run: Run, broken: Path) -> None:
    told = json.loads(run("evaluate", broken, "--tolerate", "-F", "json", "-q").out)
    marked = {
        u["label"] for u in told["units"] for i in u["indicators"] if "tolerated" in i["flags"]
    }
    assert marked == {*UNITS, "上海"}
    assert {"D110", "D111", "D101"} <= {f["code"] for f in told["findings"]}
    rows = csv.DictReader(io.StringIO(run("evaluate", broken, "--tolerate", "-F", "csv", "-q").out))
    assert any("tolerated" in row["flags"].split(";") for row in rows)
    assert "Tianjin \\!" in run("evaluate", broken, "--tolerate", "-F", "markdown", "-q").out


def test_explain_says_what_was_set_aside(run: Run, broken: Path) -> None:
    done = run("explain", broken, "天津", "gerd_abroad_share", "--tolerate")
    assert done.code == 1
    assert "set aside (--tolerate), n.k. 2" in done.out
    told = json.loads(run("explain", broken, "天津", "--tolerate", "-F", "json").out)
    assert '"tolerated"' in json.dumps(told)


def test_tolerate_on_a_sound_file_changes_nothing(run: Run, samples: Samples) -> None:
    for form in ("text", "json"):
        plain, on = (run("evaluate", samples["full"], "-F", form, *t) for t in ([], ["--tolerate"]))
        assert plain == on


def test_validate_tolerate_lists_what_it_cost(run: Run, broken: Path) -> None:
    done = run("validate", broken, "--tolerate")
    assert done.code == 1
    assert "warning[D110] cells with errors set aside as missing (--tolerate): 10" in done.out
    assert "warning[D111] rows without a known unit left out (--tolerate): 1" in done.out


def test_a_unit_twice_stops_even_so(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "twice.csv", "unit,trade_gdp\n北京,x\n北京,2\n上海,3\n")
    done = run("evaluate", file, "--tolerate")
    assert (done.code, done.out) == (1, "")
    assert "error[D301]" in done.err


def test_annotate_copies_a_workbook(run: Run, samples: Samples, tmp_path: Path) -> None:
    source, out = tmp_path / "mine.xlsx", tmp_path / "marked.xlsx"
    book = openpyxl.load_workbook(samples["provinces"])
    book["数据"]["C5"] = "n.k."
    book.save(source)
    before = source.read_bytes()
    done = run("validate", source, "--annotate", out, "--lang", "zh")
    assert done.code == 1
    assert "已生成工作簿副本" in done.err
    marked = openpyxl.load_workbook(out)
    assert marked.sheetnames == [*book.sheetnames, "检查结果（stiscore）"]
    assert "不是数值" in marked["数据"]["C5"].comment.text
    assert source.read_bytes() == before
    # The copy is read as the original is.
    first, again = (run("validate", file, "-F", "concise").out for file in (source, out))
    assert again.replace("marked.xlsx", "mine.xlsx") == first


def test_annotate_makes_a_fresh_workbook_of_a_text_file(
    run: Run, broken: Path, tmp_path: Path
) -> None:
    out = tmp_path / "marked.xlsx"
    done = run("validate", broken, "--annotate", out)
    assert done.code == 1
    assert "a fresh workbook with the values as read" in done.err
    page = openpyxl.load_workbook(out)["data"]
    assert [c.value for c in page[1]] == HEAD.strip().split(",")
    assert (page["B2"].value, page["C2"].value) == (10, "n.k. 1")
    assert page["C2"].comment is not None
    assert page["A11"].comment.text.startswith("D302")


def test_annotate_marks_what_could_not_be_read(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "no_table.csv", "a,b\n1,2\n")
    out = tmp_path / "marked.xlsx"
    assert run("validate", file, "--annotate", out).code == 1
    assert openpyxl.load_workbook(out)["Findings (stiscore)"]["C2"].value == "L101"


def test_annotate_writes_only_where_it_may(run: Run, broken: Path, tmp_path: Path) -> None:
    mine = written(tmp_path / "mine.xlsx", "mine")
    refused = {"mine.xlsx": "R151", "marked.csv": "U130", "no/marked.xlsx": "R150"}
    for name, code in refused.items():
        done = run("validate", broken, "--annotate", tmp_path / name)
        assert done.code == 2
        assert f"error[{code}]" in done.err
    assert mine.read_text("utf-8") == "mine"
    assert run("validate", broken, "--annotate", mine, "--force").code == 1
    assert mine.read_bytes().startswith(b"PK")
    again = run("validate", mine, "--annotate", mine, "--force")
    assert again.code == 2
    assert "error[R152]" in again.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_column_of_fractions_is_named_beside_the_scores(
    lang: str, run: Run, tmp_path: Path
) -> None:
    rows = "".join(f"{unit},0.{n}\n" for n, unit in enumerate(UNITS, 1))
    file = written(tmp_path / "fractions.csv", "unit,trade_gdp\n" + rows)
    told = {
        "en": "Look here first: trade_gdp is measured in %",
        "zh": "请首先核对：trade_gdp以%计量",
    }
    done = run("evaluate", file, "--lang", lang)
    assert done.code == 0
    assert done.err.startswith(told[lang])
    assert run("evaluate", file, "--lang", lang, "-q").err == ""
    checked = run("validate", file, "--lang", lang).out.splitlines()
    assert checked[-2].startswith(told[lang])
