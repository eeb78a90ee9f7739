"""The commands as people and scripts run them: what they print and write."""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256
from pathlib import Path

import pytest

import stiscore as sti
from stiscore.cli.app import app
from stiscore.framework.method import STAGES
from tests.cli.conftest import Run, Samples, scores, written
from tests.test_docs import commands


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_has_help(command: str, run: Run) -> None:
    done = run(*command.split(), "--help")
    assert done.code == 0
    assert done.out.startswith("Usage:")
    assert "--help" in done.out
    assert run(*command.split(), "-h").out == done.out


def test_the_program_introduces_itself(run: Run) -> None:
    assert all(str(c.name) in run("--help").out for c in app.registered_commands)
    assert run("--version").out == f"stiscore {sti.__version__}\n"


def test_evaluate_as_text(run: Run, samples: Samples) -> None:
    done = run("evaluate", samples["provinces"])
    assert done.code == 0
    assert "29 of 31 provinces ranked." in done.out
    assert done.err.startswith("Warnings: ")
    assert run("evaluate", samples["provinces"], "-q") == (0, done.out, "")
    assert "warning[D204]" in run("evaluate", samples["provinces"], "-v").err


def test_evaluate_as_json(run: Run, samples: Samples) -> None:
    done = run("evaluate", samples["provinces"], "-F", "json")
    told = json.loads(done.out)
    assert told["schema"] == "stiscore.scorecard/1"
    assert told["data"]["sha256"] == sha256(samples["provinces"].read_bytes()).hexdigest()
    assert "Warnings" in done.err
    for unit in told["units"]:
        areas = [g["contribution"] for g in unit["groups"] if g["parent"] == "openness"]
        assert sum(points for points in areas if points is not None) == pytest.approx(unit["score"])
    assert {f["severity"] for f in told["findings"]} <= {"warning", "note"}


def test_evaluate_as_csv_holds_the_figures_of_the_json(run: Run, samples: Samples) -> None:
    rows = list(csv.DictReader(io.StringIO(run("evaluate", samples["full"], "-F", "csv").out)))
    told = scores(run("evaluate", samples["full"], "-F", "json").out)
    assert {r["unit"]: float(r["score"]) for r in rows if r["kind"] == "index"} == told
    assert {r["kind"] for r in rows} == {"index", "group", "gap", "indicator"}
    assert all("invented" in r["flags"].split(";") for r in rows)


def test_evaluate_as_markdown(run: Run, samples: Samples) -> None:
    told = run("evaluate", samples["provinces"], "-F", "markdown").out
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert told.startswith("# ")
    assert any("上海 Shanghai | 1 |" in row for row in rows)
    card = run("evaluate", samples["provinces"], "-F", "markdown", "-u", "江苏").out
    assert "## 江苏 Jiangsu" in card


@pytest.mark.parametrize("unit", ["CN-JS", "江苏", "Jiangsu", "江苏省", "jiangsu"])
def test_a_unit_answers_to_its_names(unit: str, run: Run, samples: Samples) -> None:
    told = json.loads(run("evaluate", samples["provinces"], "-u", unit, "-F", "json").out)
    assert [(u["id"], u["rank"]) for u in told["units"]] == [("CN-JS", 8)]


def test_several_units_keep_the_ranks_of_all(run: Run, samples: Samples) -> None:
    text = run("evaluate", samples["provinces"], "-u", "江苏", "-u", "北京", "-F", "json").out
    assert [(u["id"], u["rank"]) for u in json.loads(text)["units"]] == [("CN-BJ", 2), ("CN-JS", 8)]


def test_weights_methods_and_presets_are_used(run: Run, samples: Samples) -> None:
    def told(*more: str) -> dict[str, float | None]:
        return scores(run("evaluate", samples["full"], "-F", "json", *more).out)

    plain = told()
    assert told("--preset", "equal") == pytest.approx(plain)
    doubled, geometric = (
        told("--weights", "foreign_talent=2"),
        told("--method", "aggregate=geometric"),
    )
    assert doubled != plain
    assert doubled.keys() == plain.keys() == geometric.keys()
    # A geometric mean lies below the arithmetic one unless all parts are equal.
    assert all((geometric[u] or 0) < (plain[u] or 0) for u in plain)


def test_a_saved_frame_gives_the_same_scores(run: Run, samples: Samples, tmp_path: Path) -> None:
    frame, data = tmp_path / "frame.json", samples["provinces"]
    first = run("evaluate", data, "--save-frame", frame, "-F", "json")
    again = run("evaluate", data, "--frame", frame, "-F", "json")
    assert scores(first.out) == scores(again.out)
    assert json.loads(again.out)["frame"]
    assert "Scored on the saved frame" in run("evaluate", data, "--frame", frame).out
    for more in (["--weights", "foreign_talent=2"], ["--method", "aggregate=geometric"]):
        done = run("evaluate", data, "--frame", frame, *more)
        assert (done.code, done.out) == (2, "")
        assert "--frame stands alone" in done.err


def test_the_scale_of_one_year_serves_another(run: Run, samples: Samples, tmp_path: Path) -> None:
    frame, data = tmp_path / "2021.json", samples["full"]
    method = ["--method", "normalise=min-max"]
    assert run("evaluate", data, "--year", "2021", *method, "--save-frame", frame).code == 0
    framed = scores(run("evaluate", data, "--year", "2022", "--frame", frame, "-F", "json").out)
    fresh = scores(run("evaluate", data, "--year", "2022", *method, "-F", "json").out)
    assert framed.keys() == fresh.keys()
    assert framed != fresh


@pytest.mark.parametrize("name", ["x.json", "x.CSV", "x.md", "x.txt"])
def test_the_name_of_the_output_chooses_its_format(
    name: str, run: Run, samples: Samples, tmp_path: Path
) -> None:
    form = {"json": "json", "CSV": "csv", "txt": "text"}.get(name[2:], "markdown")
    file = tmp_path / name
    done = run("evaluate", samples["provinces"], "-o", file, "-q")
    assert done == (0, "", "")
    assert file.read_text("utf-8") == run("evaluate", samples["provinces"], "-F", form).out


def test_the_latest_year_is_scored_with_a_note(run: Run, two_years: Path) -> None:
    plain = run("evaluate", two_years, "-F", "json")
    assert json.loads(plain.out)["data"]["period"] == "2022"
    assert "L105" in {f["code"] for f in json.loads(plain.out)["findings"]}
    assert "note[L105]" in run("evaluate", two_years, "-v").err
    assert scores(run("evaluate", two_years, "--year", "2022", "-F", "json").out) == scores(
        plain.out
    )
    earlier = json.loads(run("evaluate", two_years, "--year", "2021", "-F", "json").out)
    assert earlier["data"]["period"] == "2021"
    assert earlier["units"][0]["id"] == "CN-SH"
    assert "2021, 2022" in run("evaluate", two_years, "--year", "2020").err


def test_common_ranks_only_units_with_every_area(run: Run, samples: Samples) -> None:
    def ranked(*more: str) -> set[str]:
        told = json.loads(run("evaluate", samples["economies"], "-F", "json", *more).out)
        return {u["id"] for u in told["units"] if u["rank"] is not None}

    assert ranked("--common") < ranked()


def test_validate(run: Run, faulty: Path, samples: Samples) -> None:
    done = run("validate", faulty)
    assert (done.code, done.err) == (1, "")
    assert "error[D203]" in done.out
    assert "错误2项" in run("validate", faulty, "--lang", "zh").out
    assert run("validate", samples["full"]).code == 0
    assert run("validate", samples["full"], "--strict").code == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (None, ["openness", "gerd_abroad_share", "B12"]),
        ("global_resources", ["global_resources", "gerd_abroad_share", "B12"]),
        ("gerd_abroad_share", ["sqrt(0.211241)", "[数据] B12"]),
        ("foreign_rd_funding", ["foreign_rd_funding", "gerd_abroad_share"]),
    ],
)
def test_explain(
    node: str | None, expected: list[str], lang: str, run: Run, samples: Samples
) -> None:
    asked = [samples["provinces"], "江苏", *([node] if node else [])]
    done = run("explain", *asked, "--lang", lang, "-q")
    assert (done.code, done.err) == (0, "")
    assert all(e in done.out for e in expected)
    told = json.loads(run("explain", *asked, "-F", "json").out)
    assert told
    assert run("explain", *asked, "-F", "markdown", "--lang", lang).out.startswith("- ")


def test_explain_refuses_what_is_not_there(run: Run, samples: Samples) -> None:
    def said(*asked: str) -> str:
        done = run("explain", samples["provinces"], *asked)
        assert (done.code, done.out) == (2, "")
        return done.err

    assert "'foreign_talent' is not measured" in said("江苏", "foreign_talent")
    assert "'iso_secretariat_share' is not measured" in said("江苏", "iso_secretariat_share")
    assert "no area, gap or indicator 'nonsuch'" in said("江苏", "nonsuch")
    assert "no unit 'Atlantis'" in said("Atlantis")


def test_inspect(run: Run, samples: Samples) -> None:
    data = samples["provinces"]
    assert "数据" in run("inspect", data).out
    told = json.loads(run("inspect", data, "-F", "json").out)
    assert told["sha256"] == sha256(data.read_bytes()).hexdigest()
    rows = list(csv.reader(io.StringIO(run("inspect", data, "--grid").out)))
    assert (len(rows), len(rows[0])) == (33, 11)
    assert rows[2][0] == "北京"


def test_inspect_shows_what_is_wrong_and_does_not_fail(run: Run, faulty: Path) -> None:
    assert run("inspect", faulty).code == 0


def test_rules(run: Run) -> None:
    everything = run("rules").out
    assert "D203  error" in everything
    assert everything.count("\n") == len(json.loads(run("rules", "-F", "json").out)) > 70
    assert run("rules", "d203").out.startswith("D203 error: Above the upper bound\n")
    assert "高于上限" in run("rules", "D203", "--lang", "zh").out
    unknown = run("rules", "X999")
    assert (unknown.code, unknown.out) == (2, "")
    assert "no finding 'X999'" in unknown.err


def test_methods(run: Run) -> None:
    told = json.loads(run("methods", "-F", "json").out)
    assert list(dict.fromkeys(m["stage"] for m in told)) == list(STAGES)
    keys = {"stage", "id", "parameters", "summary", "reference"}
    assert all(set(m) == keys and m["summary"] and m["reference"] for m in told)
    listed = run("methods").out
    assert all(m["id"] in listed for m in told)


def test_no_frame_is_left_where_the_output_is_refused(
    run: Run, samples: Samples, tmp_path: Path
) -> None:
    output, frame = tmp_path / "there.json", tmp_path / "frame.json"
    output.write_text("mine", encoding="utf-8")
    done = run("evaluate", samples["provinces"], "-o", output, "--save-frame", frame)
    assert done.code == 2
    assert output.read_text(encoding="utf-8") == "mine"
    assert not frame.exists()


def test_sample_writes_and_does_not_overwrite(run: Run, samples: Samples, tmp_path: Path) -> None:
    for name, file in samples.items():
        assert run("sample", name, "-o", tmp_path).code == 0
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()
    mine = written(tmp_path / samples["provinces"].name, "mine")
    assert run("sample", "provinces", "-o", tmp_path).code == 2
    assert mine.read_text("utf-8") == "mine"
    assert run("sample", "provinces", "-o", tmp_path, "--force").code == 0
    assert run("sample", "-o", tmp_path / "no").code == 2
    assert run("sample", "nonsuch", "-o", tmp_path).code == 2


def test_the_shipped_framework_is_sound(run: Run) -> None:
    done = run("framework", "check", "--strict")
    assert (done.code, done.err) == (0, "")
    assert "no errors" in done.out
