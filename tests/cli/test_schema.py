"""``stiscore schema``, and that what is published is what is written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from rich.cells import cell_len

import stiscore as sti
from stiscore.report.published import MODELLED, identities, names, schema
from stiscore.words.schemas import SCHEMAS
from tests.cli.conftest import Run, Samples
from tests.published import conforms, validator

CONSTANT = re.compile(r'"(stiscore\.[a-z_]+/\d+)"')
# Lists without a head, whose shape older programs rely on.
BARE = {"stiscore.methods/1", "stiscore.rules/1"}
# What people or the template write, and no command does as JSON.
READ_ONLY = {"stiscore.plan/1", "stiscore.template/1"}


def constants(repo: Path) -> set[str]:
    files = (repo / "stiscore").rglob("*.py")
    return {told for f in files for told in CONSTANT.findall(f.read_text(encoding="utf-8"))}


def test_every_output_has_a_schema_and_every_schema_an_output(repo: Path) -> None:
    written = constants(repo) - READ_ONLY
    assert len(written) > 10
    assert written - BARE == {*identities()} - BARE
    assert {*identities()} >= BARE


def test_every_schema_is_listed_with_what_writes_it() -> None:
    assert set(names()) == set(SCHEMAS)


@pytest.mark.parametrize("identity", identities())
def test_a_schema_is_sound_and_complete_in_itself(identity: str) -> None:
    validator(identity)
    told = schema(identity)
    assert told["$id"] == identity
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    references = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(told)))
    assert references <= {f"#/$defs/{part}" for part in told.get("$defs", ())}


@pytest.mark.parametrize("identity", sorted({*identities()} - {*MODELLED}))
def test_objects_hold_nothing_that_is_not_told(identity: str) -> None:
    told = schema(identity)
    # A method's parameters, a factor's settings and a reason's figures are of their kind.
    free = {"choice", "factor"}
    parts = [part for key, part in told["$defs"].items() if key not in free]
    for held in objects([*parts, {k: v for k, v in told.items() if k != "$defs"}]):
        if "properties" in held:
            assert "additionalProperties" in held


def objects(told: object) -> list[dict[str, object]]:
    if isinstance(told, dict):
        return [told, *objects(list(told.values()))]
    return [o for each in told for o in objects(each)] if isinstance(told, list) else []


def test_the_list_fits_and_names_all(run: Run) -> None:
    for lang in ("en", "zh", "both"):
        for width in (44, 80, 120):
            done = run("schema", "--lang", lang, "--width", width)
            assert done.code == 0
            assert max(map(cell_len, done.out.splitlines())) <= width
            assert all(identity.removeprefix("stiscore.") in done.out for identity in identities())


@pytest.mark.parametrize("name", ["scorecard", "scorecard/1", "stiscore.scorecard/1"])
def test_one_is_printed_by_any_of_its_names(run: Run, name: str) -> None:
    assert json.loads(run("schema", name).out) == schema("stiscore.scorecard/1")


def test_one_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "findings.json"
    assert run("schema", "findings", "-o", file).code == 0
    assert json.loads(file.read_text("utf-8"))["$id"] == "stiscore.findings/1"
    assert run("schema", "findings", "-o", file).code == 2


def test_an_unknown_name_is_one_line_with_the_nearest(run: Run) -> None:
    done = run("schema", "scorecards")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error[U101] no schema 'scorecards'; did you mean 'scorecard'?\n")
    assert "`stiscore schema` lists what there is." in done.err
    assert "没有模式“scorecards”" in run("schema", "scorecards", "--lang", "zh").err


def test_frames_and_presets_are_as_published(run: Run, samples: Samples, tmp_path: Path) -> None:
    frame = tmp_path / "frame.json"
    methods = ("--method", "treat=gii", "--method", "normalise=min-max")
    done = run("evaluate", samples["provinces"], "--save-frame", frame, *methods, "--draws", 0)
    assert done.code == 0, done.err
    assert conforms(frame.read_text("utf-8"))["level"] == "regional"
    preset = tmp_path / "preset.yaml"
    assert run("weights", samples["provinces"], "--method", "equal", "--save", preset).code == 0
    told = yaml.safe_load(preset.read_text("utf-8"))
    assert conforms(json.dumps(told))["framework"] == "sti_openness"


def test_what_departs_is_refused() -> None:
    told = json.loads(sti.evaluate(sti.read(sti.sample("full")), draws=0).to_json())
    told["units"][0]["score"] = "much"
    with pytest.raises(AssertionError, match=r"\$\.units\[0\]\.score"):
        conforms(json.dumps(told))
    with pytest.raises(AssertionError, match="no JSON"):
        conforms('{"schema": NaN}')
    with pytest.raises(AssertionError, match="no schema is published"):
        conforms('{"schema": "stiscore.other/1"}')
