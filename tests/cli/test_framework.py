"""``stiscore framework`` as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from stiscore.cli.framework import app
from stiscore.errors import FrameworkInvalid, UsageError
from tests.unit.small_framework import SMALL, damaged

run = CliRunner(env={"TERM": "dumb", "COLUMNS": "80"}).invoke


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("node", [None, "gerd_abroad_share", "going_global", "green_channels"])
def test_what_is_shown_fits_eighty_columns(lang: str, node: str | None) -> None:
    done = run(app, ["show", *([node] if node else []), "--lang", lang, "--width", "80"])
    assert done.exit_code == 0
    assert max(cell_len(line) for line in done.stdout.splitlines()) <= 80


def test_the_tree_names_everything_once() -> None:
    shown = run(app, ["show", "--width", "80"]).stdout
    assert "8 areas, 51 indicators (43 scored national, 34 scored regional), 7 gaps" in " ".join(
        shown.split()
    )
    assert "gerd_abroad_share, core, weight 1, higher is better" in shown
    assert "national 0 to 25, regional 0 to 0.5, gap foreign_rd_funding" in shown


def test_a_level_has_its_own_indicators_and_names() -> None:
    shown = run(app, ["show", "--level", "regional", "--lang", "zh", "--width", "80"]).stdout
    assert "省级科技计划开放度有限" in shown
    assert "国家科技计划" not in shown
    assert "logistics_performance" not in shown


def test_an_indicator_shows_all_it_carries() -> None:
    shown = run(app, ["show", "nonresident_patent_share", "--width", "80"]).stdout
    words = " ".join(shown.split())
    assert "100 x patents_nonresident / sum(patents_nonresident, patents_resident)" in words
    assert "goalposts 3 to 60" in words
    assert "bounds 0 to 100" in words
    assert "World Bank WDI / WIPO IP.PAT.NRES" in words


@pytest.mark.parametrize("node", ["M3.1", "B1", "D1", "gdp_cny", "east"])
def test_every_kind_of_part_can_be_shown(node: str) -> None:
    assert run(app, ["show", node]).stdout.startswith(node)
    assert json.loads(run(app, ["show", node, "-F", "json"]).stdout)["id"] == node


def test_json_has_the_shape_scripts_rely_on() -> None:
    told = json.loads(run(app, ["show", "-F", "json"]).stdout)
    resources = next(c for c in told["index"]["children"] if c["id"] == "global_resources")
    abroad = next(c for c in resources["children"] if c["id"] == "gerd_abroad_share")
    assert (abroad["direction"], abroad["role"], abroad["curve"]) == ("benefit", "core", "sqrt")
    assert abroad["levels"]["regional"]["goalposts"] == [0, 0.5]
    assert abroad["levels"]["regional"]["bounds"] == [0, 100]
    assert told["gaps"][0]["id"] == "programme_openness"


def test_check_of_the_shipped_framework() -> None:
    done = run(app, ["check", "--strict"])
    assert done.exit_code == 0
    assert done.stdout.startswith("indicators.yaml: no errors. 8 areas")


def test_check_lists_doubts(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(damaged(("plausible: [0, 60]", "plausible: [0, 40]")), encoding="utf-8")
    done = run(app, ["check", "-f", str(file)])
    assert done.exit_code == 0
    assert f"{file}:29:31 warning[F123]" in done.stdout
    assert run(app, ["check", "-f", str(file), "--strict"]).exit_code == 1
    (told,) = json.loads(run(app, ["check", "-f", str(file), "-F", "json"]).stdout)["findings"]
    assert told["code"] == "F123"


def test_errors_are_raised_for_the_app_to_tell(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(damaged(("basis: none\n", "")), encoding="utf-8")
    assert isinstance(run(app, ["check", "-f", str(file)]).exception, FrameworkInvalid)
    assert isinstance(run(app, ["show", "nothing_like_it"]).exception, UsageError)
    assert isinstance(run(app, ["show", "--level", "local"]).exception, UsageError)


def test_the_framework_may_come_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(SMALL, encoding="utf-8")
    done = run(app, ["show"], env={"STISCORE_FRAMEWORK": str(file), "STISCORE_LANG": "zh"})
    assert done.stdout.startswith("小  small 1")


def test_init_writes_a_copy_that_checks(tmp_path: Path, repo: Path) -> None:
    file = tmp_path / "mine.yaml"
    assert run(app, ["init", "-o", str(file)]).exit_code == 0
    assert file.read_bytes() == (repo / "indicators.yaml").read_bytes()
    assert run(app, ["check", "-f", str(file)]).exit_code == 0
    file.write_text("mine", encoding="utf-8")
    assert run(app, ["init", "-o", str(file)]).exit_code != 0
    assert file.read_text(encoding="utf-8") == "mine"
    assert run(app, ["init", "-o", str(file), "--force"]).exit_code == 0


def test_schema_is_json() -> None:
    told = json.loads(run(app, ["schema"]).stdout)
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
