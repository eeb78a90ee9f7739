"""The commands as people and scripts run them: products, exit codes, files left alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import stiscore as sti
from stiscore.cli.app import app
from tests.cli.conftest import Run
from tests.test_docs import commands

Process = Callable[..., Any]
Samples = dict[str, Path]

TWO_YEARS = (
    "unit,year,trade_gdp,gerd_abroad_share\n"
    "北京,2021,10,0.1\n北京,2022,20,0.2\n上海,2021,30,0.3\n上海,2022,40,0.1\n"
)
FAULTY = "unit,trade_gdp,gerd_abroad_share\n北京,10,134\n上海,x,0.3\n江苏,20,0.1\n"
ZEROS = "unit,trade_gdp,gerd_abroad_share\n北京,0,0\n上海,40,0.2\n"
NO_FLOOR = ("--method", "aggregate=geometric", "--method", "aggregate.floor=null")


@pytest.fixture
def two_years(tmp_path: Path) -> Path:
    return written(tmp_path / "two.csv", TWO_YEARS)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return written(tmp_path / "faulty.csv", FAULTY)


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def scores(text: str) -> dict[str, float | None]:
    return {u["id"]: u["score"] for u in json.loads(text)["units"]}


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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-u", "Atlantis"], "no unit 'Atlantis'"),
        (["--weights", "foreign_talnt=2"], "did you mean 'foreign_talent'?"),
        (["--weights", "foreign_talent"], "node=weight pairs, not 'foreign_talent'"),
        (["--weights", "foreign_talent=0"], "above 0"),
        (["--weights", "foreign_talent=nan"], "above 0"),
        (["--preset", "nonsuch"], "there are: equal"),
        (["--method", "aggregate=nonsuch"], "arithmetic"),
        (["--method", "agregate=geometric"], "did you mean 'aggregate'?"),
        (["--method", "aggregate"], "stage=method"),
        (["--method", "aggregate.nonsuch=1"], "nonsuch"),
        (["--level", "local"], "local"),
        (["--sheet", "nonsuch"], "数据"),
        (["--year", "1999"], "1999"),
        (["--frame", "no.json"], "no.json"),
        (["-f", "no.yaml"], "no.yaml"),
        (["-F", "yaml"], "yaml"),
        (["--nonsuch"], "--nonsuch"),
        (["-o", "no_folder_here/x.txt"], "folder"),
    ],
    ids=" ".join,
)
def test_a_slip_ends_in_2_with_a_clear_line(
    arguments: list[str], said: str, run: Run, samples: Samples
) -> None:
    done = run("evaluate", samples["provinces"], *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_no_such_file_ends_in_2(run: Run, tmp_path: Path) -> None:
    done = run("evaluate", tmp_path / "no.xlsx")
    assert done.code == 2
    assert "error[R100]" in done.err


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


def test_an_existing_output_survives(run: Run, samples: Samples, tmp_path: Path) -> None:
    file = written(tmp_path / "mine.csv", "mine")
    done = run("evaluate", samples["provinces"], "-o", file)
    assert (done.code, done.out, file.read_text("utf-8")) == (2, "", "mine")
    assert "error[R151]" in done.err
    assert run("evaluate", samples["provinces"], "-o", file, "--force").code == 0
    assert file.read_text("utf-8").startswith("unit,label,node")
    assert [p.name for p in tmp_path.iterdir()] == ["mine.csv"]


def test_a_failure_writes_nothing(run: Run, faulty: Path, tmp_path: Path) -> None:
    for more in ([], ["-u", "Atlantis"]):
        assert run("evaluate", faulty, "-o", tmp_path / "x.json", *more).code == 1
    assert run("evaluate", faulty, "--save-frame", tmp_path / "f.json").code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["faulty.csv"]


def test_the_input_is_never_written_to(run: Run, two_years: Path) -> None:
    before = (two_years.read_bytes(), two_years.stat().st_mtime_ns)
    two_years.chmod(0o444)
    for command in (["evaluate"], ["validate"], ["inspect"]):
        done = run(*command, two_years, "-o", two_years, "--force")
        assert (done.code, done.out) == (2, "")
        assert "error[R152]" in done.err
    assert run("evaluate", two_years, "--save-frame", two_years, "--force").code == 2
    assert run("explain", two_years, "北京").code == 0
    assert (two_years.read_bytes(), two_years.stat().st_mtime_ns) == before


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


def test_strict_ends_in_1(run: Run, samples: Samples) -> None:
    assert run("evaluate", samples["full"]).code == 0
    assert run("evaluate", samples["full"], "--strict").code == 1
    thin = run("evaluate", samples["provinces"], "--strict")
    assert (thin.code, thin.out) == (1, "")
    assert "error[C305]" in thin.err


def test_fail_under(run: Run, samples: Samples) -> None:
    data = samples["provinces"]
    assert run("evaluate", data, "-u", "上海", "--fail-under", "80").code == 0
    missed = run("evaluate", data, "-u", "上海", "--fail-under", "90")
    assert missed.code == 1
    assert "Shanghai" in missed.out


def test_common_ranks_only_units_with_every_area(run: Run, samples: Samples) -> None:
    def ranked(*more: str) -> set[str]:
        told = json.loads(run("evaluate", samples["economies"], "-F", "json", *more).out)
        return {u["id"] for u in told["units"] if u["rank"] is not None}

    assert ranked("--common") < ranked()


def test_unreadable_and_invalid_end_in_3(run: Run, samples: Samples, tmp_path: Path) -> None:
    file = tmp_path / "broken.xlsx"
    file.write_bytes(samples["provinces"].read_bytes()[:2000])
    done = run("evaluate", file)
    assert (done.code, done.out) == (3, "")
    assert "error[R1" in done.err
    framework = written(tmp_path / "mine.yaml", "schema: stiscore.framework/1\n")
    assert run("evaluate", samples["provinces"], "-f", framework).code == 3
    for bad in ("{}", "no json", '{"schema": "stiscore.frame/1"}'):
        frame = written(tmp_path / "frame.json", bad)
        done = run("evaluate", samples["provinces"], "--frame", frame)
        assert done.code == 3
        assert "error[F190]" in done.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_only_shows_while_computing_ends_in_4(lang: str, run: Run, tmp_path: Path) -> None:
    file = written(
        tmp_path / "zero.csv", "unit,trade_gdp,gerd_abroad_share\n北京,0,0\n上海,40,0.2\n"
    )
    done = run("evaluate", file, *NO_FLOOR, "--lang", lang)
    assert (done.code, done.out) == (4, "")
    assert "error[C311]" in done.err
    assert "北京 Beijing" in done.err
    assert run("evaluate", file, "--method", "aggregate=geometric").code == 0


def test_an_output_that_cannot_be_written_ends_in_4(
    run: Run, samples: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    done = run("evaluate", samples["provinces"], "-o", tmp_path / "x.json", "-F", "text")
    assert done.code == 4
    assert "error[R155]" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_bug_ends_in_70_with_one_line(
    run: Run, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("stiscore.api.evaluate", broken)
    done = run("evaluate", samples["provinces"])
    assert (done.code, done.out) == (70, "")
    assert done.err == "stiscore: bug: ZeroDivisionError: by hand (--debug shows where)\n"


def test_a_failure_as_json_stays_json(run: Run, faulty: Path) -> None:
    done = run("evaluate", faulty, "-F", "json")
    assert (done.code, done.err) == (1, "")
    told = json.loads(done.out)
    assert told["schema"] == "stiscore.findings/1"
    by_code = {f["code"]: f for f in told["findings"]}
    assert by_code["D203"]["location"] == {"file": "faulty.csv", "line": 2, "column": 3}
    assert by_code["D101"]["unit"] == "上海 Shanghai"
    assert set(by_code["D101"]["message"]) == {"en", "zh"}
    checked = run("validate", faulty, "-F", "json")
    assert (checked.code, json.loads(checked.out)) == (1, told)


def test_a_failure_as_text_leaves_stdout_empty(run: Run, faulty: Path) -> None:
    done = run("evaluate", faulty)
    assert (done.code, done.out) == (1, "")
    assert "faulty.csv:2:3 error[D203] 134 is above the upper bound 100" in done.err
    assert "faulty.csv:3:2 error[D101] 'x' is not a number" in done.err
    assert "2 errors" in done.err


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
    done = run("explain", *asked, "--lang", lang)
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
    assert {m["stage"] for m in told} == {"denominate", "normalise", "weight", "aggregate"}
    keys = {"stage", "id", "parameters", "summary", "reference"}
    assert all(set(m) == keys and m["summary"] and m["reference"] for m in told)
    assert all(m["id"] in run("methods").out for m in told)


def test_sample_writes_and_does_not_overwrite(run: Run, samples: Samples, tmp_path: Path) -> None:
    for name, file in samples.items():
        assert run("sample", name, "-o", tmp_path).code == 0
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()
    mine = written(tmp_path / samples["provinces"].name, "mine")
    assert run("sample", "provinces", "-o", tmp_path).code == 2
    assert mine.read_text("utf-8") == "mine"
    assert run("sample", "provinces", "-o", tmp_path, "--force").code == 0
    assert run("sample", "-o", tmp_path / "no").code == 4
    assert run("sample", "nonsuch", "-o", tmp_path).code == 2


def test_the_shipped_framework_is_sound(run: Run) -> None:
    done = run("framework", "check", "--strict")
    assert (done.code, done.err) == (0, "")
    assert "no errors" in done.out


@pytest.mark.parametrize(
    "arguments",
    [["-F", form] for form in ("text", "markdown")]
    + [["-u", "江苏", "-F", form] for form in ("text", "markdown")],
    ids=" ".join,
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_invented_data_say_so_first(
    arguments: list[str], lang: str, run: Run, samples: Samples
) -> None:
    told = run("evaluate", samples["full"], *arguments, "--lang", lang).out
    assert ("虚构数据" if lang == "zh" else "INVENTED DATA") in told.split("\n\n\n")[0][:600]


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_invented_data_say_so_in_an_explanation(form: str, run: Run, samples: Samples) -> None:
    told = run("explain", samples["full"], "江苏", "gerd_abroad_share", "-F", form).out
    if form == "json":
        assert json.loads(told)["invented"] is True
    else:
        assert "INVENTED DATA" in told.splitlines()[0]


def test_invented_data_say_so_in_json_and_html(run: Run, samples: Samples) -> None:
    assert (
        json.loads(run("evaluate", samples["full"], "-F", "json").out)["data"]["invented"] is True
    )
    real = json.loads(run("evaluate", samples["provinces"], "-F", "json").out)
    assert real["data"]["invented"] is False
    card = sti.evaluate(sti.read(samples["full"]))
    assert "INVENTED DATA" in card.to_html()
    assert "INVENTED" not in sti.evaluate(sti.read(samples["provinces"])).to_html()


def test_the_same_input_gives_the_same_bytes_anywhere(
    process: Process, samples: Samples, tmp_path: Path
) -> None:
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C", "LANG": "C"},
    ]
    for form in ("text", "json"):
        asked = ["evaluate", samples["provinces"], "-F", form, "--lang", "both"]
        done = [process(*asked, env=env, cwd=tmp_path) for env in surroundings]
        assert [d.returncode for d in done] == [0, 0]
        assert done[0].stdout == done[1].stdout
        assert done[0].stderr == done[1].stderr
        assert done[0].stdout.endswith(b"\n")


@pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
def test_a_legacy_console_gets_a_replacement_not_a_crash(
    encoding: str, process: Process, samples: Samples
) -> None:
    done = process(
        "evaluate", samples["provinces"], "--lang", "both", env={"PYTHONIOENCODING": encoding}
    )
    assert done.returncode == 0, done.stderr
    assert ("上海" if encoding == "gbk" else "?") in done.stdout.decode(encoding)


def test_paths_with_spaces_and_chinese(process: Process, samples: Samples, tmp_path: Path) -> None:
    folder = tmp_path / "数据 文件夹"
    folder.mkdir()
    file = folder / "各省 2022 (1).xlsx"
    file.write_bytes(samples["provinces"].read_bytes())
    done = process(
        "evaluate", file.name, "-o", "得 分.json", "--save-frame", "标尺.json", cwd=folder
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert file.name in done.stderr.decode()
    told = json.loads((folder / "得 分.json").read_text("utf-8"))
    assert told["data"]["file"] == file.name
    assert str(tmp_path) not in (folder / "得 分.json").read_text("utf-8")
    framed = process("evaluate", file.name, "--frame", "标尺.json", "-F", "csv", cwd=folder)
    assert framed.returncode == 0
