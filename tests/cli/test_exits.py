"""How runs end: exit codes, clear lines, and files left as they were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Samples, written

ZEROS = "unit,trade_gdp,gerd_abroad_share\n北京,0,0\n上海,40,0.2\n"
NO_FLOOR = ("--method", "aggregate=geometric", "--method", "aggregate.floor=null")


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
    assert "errors: 2" in done.err
