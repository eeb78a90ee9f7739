"""``stiscore run``: a plan's outputs, what is made anew, what is never overwritten, how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.cells import cell_len

import stiscore as sti
from stiscore.batch import folder as output_folder
from stiscore.batch import making, products
from stiscore.batch import work as at_work
from stiscore.batch.commands import COMMANDS
from stiscore.cli.app import app
from stiscore.errors import UsageError
from stiscore.io.plan_model import OF_EVERY_OUTPUT, PlannedOutput
from stiscore.words.refused import refused
from tests.cli.conftest import Process, Run, Samples, Snapshot
from tests.published import conforms

SHA = re.compile(r"(?<=sha256 )[0-9a-f]{12}\b")
PLAN = """\
schema: stiscore.plan/1
into: out
files: [a.csv, b.csv]
frameworks: [framework.yaml]
methods:
  own: []
  equal: {settings: [aggregate=geometric], weights: {foreign_talent: 2}}
outputs:
  - {command: evaluate, draws: 50, seed: 3}
  - {command: gaps, format: markdown, lang: zh, draws: 0}
  - {command: validate, format: csv}
  - {command: compare, format: csv, draws: 0}
"""
Folder = Callable[..., Path]


@pytest.fixture
def planned(repo: Path, tmp_path: Path) -> Folder:
    """A folder with two tables, a framework and a plan; the path of the plan."""

    def made(plan: str = PLAN, name: str = "here") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        source = repo / "sample_data" / "broken"
        shutil.copy(source / "framework.yaml", folder)
        for table in ("a.csv", "b.csv"):
            shutil.copy(source / "clean.csv", folder / table)
        (folder / "plan.yaml").write_text(plan, encoding="utf-8")
        return folder / "plan.yaml"

    return made


def manifest(plan: Path) -> dict[str, Any]:
    return conforms((plan.parent / "out" / "manifest.json").read_text(encoding="utf-8"))


def states(plan: Path) -> dict[str, str]:
    return {output["path"]: output["state"] for output in manifest(plan)["outputs"]}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_outputs_are_what_the_commands_print(planned: Folder, run: Run) -> None:
    plan = planned()
    assert run("run", plan).code == 0
    out = plan.parent / "out"
    assert len(tree(out)) == 2 * 2 * 3 + 2 + 1
    common = (plan.parent / "a.csv", "-f", plan.parent / "framework.yaml", "-q")
    equal = ("--method", "aggregate=geometric", "--weights", "foreign_talent=2")
    told = run("evaluate", *common, *equal, "--draws", 50, "--seed", 3, "-F", "json").out
    assert (out / "a/framework/equal/evaluate.json").read_text(encoding="utf-8") == told
    told = run("gaps", *common, "--draws", 0, "-F", "markdown", "--lang", "zh").out
    assert (out / "a/framework/own/gaps.md").read_text(encoding="utf-8") == told
    both = (common[0], plan.parent / "b.csv", *common[1:])
    told = run("compare", *both, "--draws", 0, "-F", "csv").out
    assert (out / "together/framework/own/compare.csv").read_text(encoding="utf-8") == told


def test_the_manifest_holds_what_outputs_rest_on(planned: Folder, run: Run) -> None:
    plan = planned()
    done = run("run", plan, "-F", "json")
    told = manifest(plan)
    assert json.loads(done.out) == told
    assert [(i["name"], i["path"]) for i in told["inputs"]] == [("a", "a.csv"), ("b", "b.csv")]
    first = told["outputs"][0]
    assert (first["seed"], first["draws"], first["exit"]) == (3, 50, 0)
    assert first["settings"] == {}
    assert told["outputs"][3]["settings"]["settings"] == ["aggregate=geometric"]
    text = (plan.parent / "out" / "manifest.json").read_text(encoding="utf-8")
    assert str(plan.parent) not in text
    assert text == json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def test_the_same_inputs_give_the_same_bytes_in_any_place_and_number_of_processes(
    planned: Folder, run: Run
) -> None:
    held = []
    for name, jobs in (("one", 1), ("other", 2)):
        plan = planned(name=name)
        assert run("run", plan, "-j", jobs).code == 0
        held.append(tree(plan.parent / "out"))
    assert held[0] == held[1]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often which file was read and scored, and which output was made."""
    times: Counter[str] = Counter()
    read, evaluate, written = at_work.read_book, at_work.api.evaluate, products.written

    def reads(path: Path, **options: Any) -> Any:
        times[f"read {path.name}"] += 1
        return read(path, **options)

    def scores(*told: Any, **options: Any) -> Any:
        times["scored"] += 1
        return evaluate(*told, **options)

    def writes(product: Any, form: str, *rest: Any) -> str:
        times["made"] += 1
        return written(product, form, *rest)

    monkeypatch.setattr(at_work, "read_book", reads)
    monkeypatch.setattr(at_work.api, "evaluate", scores)
    monkeypatch.setattr(at_work, "written", writes)
    return times


def test_a_table_is_read_once_and_scored_once_for_like_outputs(
    planned: Folder, run: Run, counted: Counter[str]
) -> None:
    outputs = "  - {command: evaluate, draws: 20}\n  - {command: gaps, draws: 20}\n"
    plan = planned(PLAN.partition("outputs:\n")[0] + "outputs:\n" + outputs)
    assert run("run", plan).code == 0
    # Two tables, each under two methods; two outputs of each share a scorecard.
    assert counted == {"read a.csv": 1, "read b.csv": 1, "scored": 4, "made": 8}


def test_only_what_changed_is_made_anew(planned: Folder, run: Run, counted: Counter[str]) -> None:
    plan = planned()
    assert run("run", plan).code == 0
    first = tree(plan.parent / "out")
    counted.clear()
    assert run("run", plan).code == 0
    assert counted == {}
    assert set(states(plan).values()) == {"unchanged"}
    again = tree(plan.parent / "out")
    assert run("run", plan).code == 0
    assert tree(plan.parent / "out") == again
    assert {k for k in first if first[k] != again[k]} == {"manifest.json"}
    edit(plan.parent / "b.csv", "江苏,", "江苏,1")
    counted.clear()
    assert run("run", plan).code == 0
    redone = {path for path, state in states(plan).items() if state == "done"}
    assert {path.partition("/")[0] for path in redone} == {"b", "together"}
    assert counted["made"] == len(redone) == 8
    edit(plan, "draws: 50", "draws: 60")
    assert run("run", plan).code == 0
    redone = {path for path, state in states(plan).items() if state == "done"}
    assert {path.rpartition("/")[2] for path in redone} == {"evaluate.json"}
    (plan.parent / "out/a/framework/own/validate.csv").unlink()
    assert run("run", plan).code == 0
    assert Counter(states(plan).values()) == {"done": 1, "unchanged": 13}


def test_a_framework_that_changes_takes_its_outputs_along(planned: Folder, run: Run) -> None:
    plan = planned()
    edit(plan, "frameworks: [framework.yaml]", "frameworks: [framework.yaml, other.yaml]")
    shutil.copy(plan.parent / "framework.yaml", plan.parent / "other.yaml")
    assert run("run", plan).code == 0
    with (plan.parent / "other.yaml").open("a", encoding="utf-8") as file:
        file.write("# a comment changes nothing\n")
    assert run("run", plan).code == 0
    assert set(states(plan).values()) == {"unchanged"}
    framework = (plan.parent / "other.yaml").read_text(encoding="utf-8")
    (plan.parent / "other.yaml").write_text(
        framework.replace("version:", "version: 9 #", 1), encoding="utf-8"
    )
    run("run", plan)
    assert {p.split("/")[1] for p, state in states(plan).items() if state != "unchanged"} == {
        "other"
    }


def test_what_fails_stops_no_other(
    planned: Folder, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned()
    (plan.parent / "b.csv").write_text("no table\n", encoding="utf-8")

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("at " + str(plan))

    monkeypatch.setattr("stiscore.shortfalls.gaps", broken)
    done = run("run", plan)
    assert (done.code, done.err) == (1, "")
    told = {output["path"]: output for output in manifest(plan)["outputs"]}
    assert told["a/framework/own/evaluate.json"]["state"] == "done"
    bug = told["a/framework/own/gaps.md"]
    assert (bug["state"], bug["exit"], bug["bug"]) == ("failed", 70, "RuntimeError")
    failed = told["b/framework/own/evaluate.json"]
    assert (failed["state"], failed["sha256"]) == ("failed", None)
    (fault,) = failed["failures"]
    assert fault["location"]["file"] == "b.csv"
    assert f"b/framework/own/evaluate.json: {fault['code']} b.csv" in done.out
    # What cannot be understood as a table has findings, which are a product of `validate`.
    checked = told["b/framework/own/validate.csv"]
    assert (checked["state"], checked["exit"]) == ("done", 1)
    assert not (plan.parent / "out/b/framework/own/evaluate.json").exists()
    monkeypatch.undo()
    shutil.copy(plan.parent / "a.csv", plan.parent / "b.csv")
    assert run("run", plan).code == 0


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[framework.yaml]", "[framework.yaml, none.yaml]", "R100"),
        ("[framework.yaml]", "[framework.yaml, plan.yaml]", "F104"),
        ("own: []", "own: []\n  odd: [aggregate=median]", "U104"),
        ("own: []", "own: []\n  odd: {preset: none}", "U101"),
        ("[a.csv, b.csv]", "[a.csv, b.csv, c.csv]", "R100"),
        ("draws: 50, seed: 3", "unit: Atlantis", "U101"),
    ],
)
def test_a_part_that_does_not_exist_fails_its_own_outputs(
    old: str, new: str, code: str, planned: Folder, run: Run
) -> None:
    plan = planned()
    edit(plan, old, new)
    assert run("run", plan).code == 1
    outputs = manifest(plan)["outputs"]
    failed = [o for o in outputs if o["state"] == "failed"]
    assert 0 < len(failed) < len(outputs)
    # Outputs over all files know nothing of the one that is not there.
    assert {f["code"] for o in failed for f in o["failures"]} >= {code}
    assert str(plan.parent) not in json.dumps(outputs)


def test_nobodys_file_is_overwritten(planned: Folder, run: Run) -> None:
    plan = planned()
    own = plan.parent / "out/a/framework/own/gaps.md"
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    done = run("run", plan)
    assert (done.code, done.out) == (2, "")
    assert "error[U200]" in done.err
    assert tree(plan.parent / "out") == {"a/framework/own/gaps.md": b"mine"}
    assert run("run", plan, "--force").code == 0
    assert own.read_text(encoding="utf-8") != "mine"
    own.write_text("edited", encoding="utf-8")
    assert run("run", plan).code == 2
    assert own.read_text(encoding="utf-8") == "edited"


def test_an_input_is_no_output(planned: Folder, run: Run) -> None:
    plan = planned()
    place = plan.parent / "out/a/framework/own"
    place.mkdir(parents=True)
    shutil.copy(plan.parent / "a.csv", place / "validate.csv")
    edit(plan, "[a.csv, b.csv]", "[out/a/framework/own/validate.csv, a.csv]")
    done = run("run", plan, "--force")
    assert done.code == 2
    assert "R152" in done.err
    assert (place / "validate.csv").read_bytes() == (plan.parent / "a.csv").read_bytes()


def test_outputs_of_earlier_runs_are_left_until_they_are_pruned(planned: Folder, run: Run) -> None:
    plan = planned()
    assert run("run", plan).code == 0
    edit(plan, "  - {command: gaps, format: markdown, lang: zh, draws: 0}\n", "")
    changed = plan.parent / "out/b/framework/own/gaps.md"
    changed.write_text("mine now", encoding="utf-8")
    done = run("run", plan)
    assert (done.code, done.out.count("gaps.md")) == (0, 3)
    assert len(manifest(plan)["stale"]) == 3
    assert run("run", plan, "--prune").code == 0
    told = manifest(plan)
    assert (len(told["pruned"]), told["stale"]) == (3, [])
    assert [f for f in tree(plan.parent / "out") if f.endswith("gaps.md")] == [
        "b/framework/own/gaps.md"
    ]
    assert changed.read_text(encoding="utf-8") == "mine now"


def test_a_manifest_that_names_a_file_elsewhere_removes_nothing(planned: Folder, run: Run) -> None:
    plan = planned()
    assert run("run", plan).code == 0
    told = manifest(plan)
    victim = plan.parent / "a.csv"
    sha = told["inputs"][0]["sha256"]
    told["stale"] = [{"path": path, "sha256": sha} for path in (
        "../a.csv", "x/y/../../../a.csv", str(victim), "a/../../a.csv",
    )]  # fmt: skip
    (plan.parent / "out/manifest.json").write_text(json.dumps(told), encoding="utf-8")
    assert run("run", plan, "--prune").code == 0
    assert victim.is_file()
    assert manifest(plan)["pruned"] == []


@pytest.mark.parametrize("part", ["\0", "long" * 100])
def test_a_manifest_that_names_what_cannot_be_is_no_bug(
    part: str, planned: Folder, run: Run
) -> None:
    plan = planned()
    assert run("run", plan).code == 0
    told = manifest(plan)
    told["stale"] = [{"path": f"a/b/c/{part}", "sha256": told["inputs"][0]["sha256"]}]
    (plan.parent / "out/manifest.json").write_text(json.dumps(told), encoding="utf-8")
    assert run("run", plan).code == 0


@pytest.mark.parametrize("text", ["{}", "no json", '{"schema": "stiscore.manifest/2"}', "[1]"])
def test_a_manifest_that_is_none_is_refused(text: str, planned: Folder, run: Run) -> None:
    plan = planned()
    (plan.parent / "out").mkdir()
    (plan.parent / "out/manifest.json").write_text(text, encoding="utf-8")
    done = run("run", plan)
    assert done.code == 2
    assert "error[U202]" in done.err
    assert run("run", plan, "--force").code == 0


def test_check_writes_nothing(planned: Folder, run: Run) -> None:
    plan = planned()
    done = run("run", "--check", plan, "-F", "json")
    assert done.code == 0
    assert {o["state"] for o in conforms(done.out)["outputs"]} == {"planned"}
    assert not (plan.parent / "out").exists()
    assert "14 to do" in run("run", "--check", plan).out
    assert run("run", plan).code == 0
    before = tree(plan.parent / "out")
    assert "14 unchanged" in run("run", plan, "--check").out
    assert tree(plan.parent / "out") == before


def test_a_folder_that_cannot_be_written_is_told_before_any_work(
    planned: Folder, run: Run, counted: Counter[str]
) -> None:
    plan = planned()
    (plan.parent / "out").write_text("a file", encoding="utf-8")
    assert run("run", plan).code == 2
    assert run("run", plan, "-o", plan.parent / "out" / "deeper").code == 2
    assert counted == {}


@pytest.mark.parametrize(("lang", "width"), [("en", 80), ("zh", 44), ("both", 120)])
def test_what_is_shown(
    lang: str, width: int, planned: Folder, run: Run, snapshot: Snapshot
) -> None:
    plan = planned()
    (plan.parent / "b.csv").write_text("unit,trade_gdp\n江苏,x\n", encoding="utf-8")
    edit(plan, "[a.csv, b.csv]", '[a.csv, b.csv, "none*.csv"]')
    done = run("run", plan, "--lang", lang, "--width", width)
    assert done.code == 1
    assert [line for line in done.out.splitlines() if cell_len(line) > width] == []
    assert refused(done.out) == []
    snapshot(f"run_{lang}_{width}", SHA.sub("*" * 12, done.out))


def test_what_is_shown_as_markdown(planned: Folder, run: Run, snapshot: Snapshot) -> None:
    done = run("run", planned(), "-F", "markdown")
    snapshot("run_markdown", SHA.sub("*" * 12, done.out))


def stopped_after(count: int, stop: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs end with ``stop`` once so many outputs are made."""
    every = making.outcomes

    def some(bundle: Any) -> Any:
        for number, outcome in enumerate(every(bundle)):
            if number == count:
                raise stop
            yield outcome

    monkeypatch.setattr(making, "outcomes", some)


def test_a_run_that_is_stopped_keeps_what_is_finished(
    planned: Folder, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned()
    stopped_after(1, KeyboardInterrupt(), monkeypatch)
    done = run("run", plan)
    assert done.code == 130
    assert "INTERRUPTED" in done.out
    assert manifest(plan)["interrupted"] is True
    assert Counter(states(plan).values()) == {"done": 1, "interrupted": 13}
    assert len(tree(plan.parent / "out")) == 2
    monkeypatch.undo()
    assert run("run", plan).code == 0
    assert Counter(states(plan).values()) == {"done": 13, "unchanged": 1}
    assert manifest(plan)["interrupted"] is False


def test_an_output_in_its_place_is_finished_however_late_the_interrupt(
    planned: Folder, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, write = planned(), output_folder.write_whole

    def stopped(target: Path, *args: Any, **options: Any) -> None:
        write(target, *args, **options)
        if target.name == "evaluate.json":
            raise KeyboardInterrupt

    monkeypatch.setattr(output_folder, "write_whole", stopped)
    assert run("run", plan).code == 130
    monkeypatch.undo()
    assert Counter(states(plan).values()) == {"done": 1, "interrupted": 13}
    assert run("run", plan).code == 0
    assert Counter(states(plan).values()) == {"done": 13, "unchanged": 1}


def test_a_run_that_is_killed_leaves_a_folder_that_the_next_one_knows(
    planned: Folder, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned()
    # As SIGKILL does, it leaves no time for a manifest.
    stopped_after(2, SystemExit(9), monkeypatch)
    with pytest.raises(SystemExit):
        sti.run_plan(plan)
    monkeypatch.undo()
    left = plan.parent / "out" / "a" / "framework" / "own"
    assert len(list(left.iterdir())) == 2
    (left / "validate.csv").write_text("somebody's", encoding="utf-8")
    refused_ = run("run", plan)
    assert refused_.code == 2
    assert "validate.csv error[U200]" in refused_.err.replace("\n", "")
    (left / "validate.csv").unlink()
    assert run("run", plan).code == 0
    assert Counter(states(plan).values()) == {"done": 14}
    assert not list(plan.parent.rglob(".manifest.journal"))


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_a_real_run(jobs: int, planned: Folder, repo: Path) -> None:
    outputs = "  - {command: validate}\n  - {command: evaluate, draws: 9000000, of: b}\n"
    plan = planned(PLAN.partition("outputs:\n")[0] + "outputs:\n" + outputs)
    running = subprocess.Popen(
        [sys.executable, "-m", "stiscore", "run", plan, "-j", str(jobs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(repo)},
        start_new_session=True,
        # A shell's background job ignores the signal, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    first = "a/framework/own/validate.json"
    until = time.monotonic() + 90
    # The file of an output is there a moment before it is settled.
    while not settled(plan, first) and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (130, b"")
    assert b"INTERRUPTED" in out
    assert list(plan.parent.rglob("*.part")) == []
    assert manifest(plan)["interrupted"] is True
    assert states(plan)[first] == "done"
    # Never a result of fewer variants than the plan asks for.
    assert list(plan.parent.rglob("evaluate.json")) == []


def settled(plan: Path, place: str) -> bool:
    """Whether the manifest of a run that goes on says that an output is done."""
    return (plan.parent / "out" / "manifest.json").exists() and states(plan)[place] == "done"


def test_every_command_of_a_plan_exists_with_its_options() -> None:
    known = {str(command.name) for command in app.registered_commands}
    assert set(COMMANDS) - known == set()
    options = {option for command in COMMANDS.values() for option in command.options}
    assert options == set(PlannedOutput.model_fields) - OF_EVERY_OUTPUT


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_makes_every_form(
    command: str, run: Run, samples: Samples, tmp_path: Path
) -> None:
    shutil.copy(samples["full"], tmp_path / "a.xlsx")
    shutil.copy(samples["full"], tmp_path / "b.xlsx")
    asked = {
        "explain": {"unit": "江苏", "node": "gerd_abroad_share"},
        "whatif": {"unit": "江苏", "changes": {"gerd_abroad_share": "x2"}},
        "target": {"unit": "江苏", "score": 79},
        "robustness": {"draws": 50, "sobol": False},
        "trends": {"node": "gerd_abroad_share"},
    }
    outputs = [
        {"command": command, "format": form, **asked.get(command, {})}
        for form in COMMANDS[command].forms
    ]
    held = {"schema": "stiscore.plan/1", "into": "out", "files": ["a.xlsx"], "outputs": outputs}
    if COMMANDS[command].given == "tables":
        held["files"] = ["a.xlsx", "b.xlsx"]
    if command == "trends":
        held["files"] = ["a.csv"]
        rows = "unit,year,gerd_abroad_share\n江苏,2021,1\n江苏,2022,2\n北京,2021,3\n北京,2022,1\n"
        (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    done = run("run", plan)
    assert done.code == 0, done.out
    made = tree(tmp_path / "out")
    assert len(made) == len(outputs) + 1
    for name, content in made.items():
        if name.endswith(".json"):
            conforms(content.decode())


def test_the_library_refuses_what_cannot_be(planned: Folder, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="U103"):
        sti.run_plan(planned(), jobs=0)
    with pytest.raises(UsageError, match="R100"):
        sti.run_plan(tmp_path / "none.yaml")


def test_progress_is_told_of_every_output(planned: Folder) -> None:
    told: list[tuple[int, int]] = []
    sti.run_plan(planned(), progress=lambda done, of: told.append((done, of)))
    assert told == [(n, 14) for n in range(1, 15)]


def test_the_example_runs_on_the_samples(repo: Path, tmp_path: Path, run: Run) -> None:
    text = (repo / "docs" / "examples" / "plan.yaml").read_text(encoding="utf-8")
    (tmp_path / "docs" / "examples").mkdir(parents=True)
    shutil.copytree(
        repo / "sample_data", tmp_path / "sample_data", ignore=shutil.ignore_patterns("broken")
    )
    plan = tmp_path / "docs" / "examples" / "plan.yaml"
    plan.write_text(text, encoding="utf-8")
    done = run("run", plan, "-o", tmp_path / "out")
    assert done.code == 0, done.out
    assert len(tree(tmp_path / "out")) == 2 * 2 * 4 + 2 + 1


def test_a_process_of_its_own_needs_no_terminal(planned: Folder, process: Process) -> None:
    done = process("run", planned())
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_examples_are_yaml(repo: Path) -> None:
    for file in (repo / "docs" / "examples").glob("*.y*ml"):
        assert isinstance(yaml.safe_load(file.read_text(encoding="utf-8")), dict)
