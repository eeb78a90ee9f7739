"""``stiscore explain`` as people and programs read it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len

import stiscore as sti
from stiscore.analysis.explain import Leaf
from stiscore.analysis.scenario import with_values
from stiscore.framework.override import with_methods
from stiscore.report.explain_json import as_json
from stiscore.report.phrases import reaching
from tests.cli.conftest import Run, Samples, Snapshot, written
from tests.cli.test_snapshots import SHA
from tests.published import conforms

NODES = {
    "tree": [],
    "index": ["openness"],
    "group": ["regional_hubs"],
    "gap": ["foreign_rd_funding"],
    "first": ["hightech_newproduct_export_share"],
}
UNITS = {"first": "上海"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", NODES)
def test_what_is_shown(
    case: str, lang: str, run: Run, samples: Samples, snapshot: Snapshot
) -> None:
    asked = [samples["provinces"], UNITS.get(case, "江苏"), *NODES[case]]
    done = run("explain", *asked, "--lang", lang, "--width", "80", "-q")
    assert (done.code, done.err) == (0, "")
    snapshot(f"explain_{case}_{lang}_80", SHA.sub("*" * 12, done.out))


def test_an_unranked_unit_is_told_why(run: Run, samples: Samples, snapshot: Snapshot) -> None:
    done = run("explain", samples["provinces"], "西藏", "--width", "44", "--draws", "0")
    assert done.code == 0
    assert "next above" not in done.out
    snapshot("explain_unranked_en_44", SHA.sub("*" * 12, done.out))


@pytest.mark.parametrize("width", [44, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("node", [[], ["global_resources"], ["trade_gdp"], ["going_global"]])
def test_no_line_is_too_long(
    node: list[str], lang: str, width: int, run: Run, samples: Samples
) -> None:
    asked = [samples["provinces"], "江苏", *node, "--lang", lang, "--width", width, "--draws", "20"]
    done = run("explain", *asked, "--peers", "group")
    assert done.code == 0
    assert [line for line in done.out.splitlines() if cell_len(line) > width] == []


METHODS = {
    "none": [],
    "geometric": ["aggregate=geometric"],
    "copeland": ["aggregate=copeland"],
    "rank": ["normalise=rank"],
    "own weights": ["weight=benefit-of-the-doubt"],
    "uneven": [
        "normalise=min-max",
        "normalise.range=70,130",
        "aggregate=adjusted-mazziotta-pareto",
    ],
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("unit", ["江苏", "西藏"])
def test_json_is_as_published(unit: str, method: str) -> None:
    card = scored_by(method)
    report = card.report_of(unit)
    told = conforms(as_json(card.explanation(unit), report))
    (whole,) = told["nodes"]
    assert whole["score"] == told["score"]
    assert (told["unranked"] is None) == told["ranked"]
    for node in ("regional_hubs", "trade_gdp", "going_global"):
        conforms(as_json(card.explanation(unit, node), report))


@cache
def scored_by(method: str) -> sti.Scorecard:
    """The provinces under one of ``METHODS``."""
    framework = with_methods(sti.load_framework(), METHODS[method])
    return sti.evaluate(sti.read(sti.sample("provinces"), framework), framework, draws=10)


def test_json_says_what_one_rank_more_would_take(run: Run, samples: Samples) -> None:
    told = conforms(
        run(
            "explain", samples["provinces"], "江苏", "trade_gdp", "-F", "json", "--peers", "east"
        ).out
    )
    over = told["next_above"]
    assert (over["id"], over["rank"]) == ("CN-CQ", told["rank"] - 1)
    assert over["difference"] == pytest.approx(over["score"] - told["score"])
    assert 0 <= over["above_share"] <= 1
    (node,) = told["nodes"]
    assert node["weight"]["why"] == ["absent"]
    assert node["basis"]["year"] == 2022
    assert node["next_rank"]["alone"]["reached"]
    assert node["next_rank"]["alone"]["value"] > node["raw"]
    assert node["peer_median"] is not None
    assert told["peers"]["id"] == "east"


def test_the_value_that_is_printed_is_enough(repo: Path) -> None:
    card = sti.evaluate(sti.read(str(repo / "sample_data/provinces_2022.xlsx")), draws=0)
    row = next(i for i, u in enumerate(card.evaluated.scores.data.units) if u.label == "江苏")
    told = card.explanation("江苏", "trade_gdp")
    (leaf,) = told.parts
    assert isinstance(leaf, Leaf)
    assert leaf.step is not None
    assert leaf.step.alone is not None
    printed = float(reaching(leaf.step.alone.value, benefit=True))
    again = with_values(card.evaluated, row, {"trade_gdp": printed})
    assert again.group_ranks[row, -1] == card.evaluated.group_ranks[row, -1] - 1


@pytest.mark.parametrize("name", ["trade_gdp", "Trade openness", "外贸依存度", "对外开放度"])
def test_a_node_goes_by_any_of_its_names(name: str, run: Run, samples: Samples) -> None:
    done = run("explain", samples["provinces"], "江苏", name, "--draws", "0")
    assert done.code == 0
    assert "Trade openness (trade_gdp): 67.5, rank 5" in done.out


def test_a_gap_goes_by_its_name_at_the_level(run: Run, samples: Samples) -> None:
    data = samples["provinces"]
    named = run("explain", data, "江苏", "省级科技计划开放度有限", "--draws", "0")
    assert named.out == run("explain", data, "江苏", "programme_openness", "--draws", "0").out
    assert "not measured (0 of " in " ".join(named.out.split())


@pytest.mark.parametrize("name", ["外贸依存", "Trade opennes"])
def test_a_name_nearly_right_is_hinted_at(name: str, run: Run, samples: Samples) -> None:
    done = run("explain", samples["provinces"], "江苏", name)
    assert (done.code, done.out) == (2, "")
    assert "did you mean" in done.err


def test_other_units_are_named_as_the_set_of_labels_does(run: Run, samples: Samples) -> None:
    done = run("explain", samples["provinces"], "江苏", "--labels", "iso", "--draws", "0")
    assert "Next above: Chongqing Shi" in done.out
    assert "next above Zhejiang Sheng" in done.out


def test_medians_stand_there_only_when_asked_for(run: Run, samples: Samples) -> None:
    asked = [samples["provinces"], "江苏", "trade_gdp", "--draws", "0"]
    assert "peer median" not in run("explain", *asked).out
    named = run("explain", *asked, "--peers", "上海,浙江").out
    assert "Peers: the peers named (2)" in named
    # Halfway between 100 (Shanghai, beyond the goalpost) and 80.16 (Zhejiang).
    assert "peer median 90.1 (-22.6)" in named
    assert "peer median" in run("explain", *asked, "--group", "east").out


def test_a_standard_error_and_an_implausible_value_are_told(run: Run, tmp_path: Path) -> None:
    rows = "unit,trade_gdp,trade_gdp_se,gerd_abroad_share\n北京,0.3,0.1,0.1\n上海,40,2,0.2\n"
    file = written(tmp_path / "two.csv", rows)
    said = " ".join(run("explain", file, "北京", "trade_gdp", "--draws", "0").out.split())
    assert "standard error of trade_gdp as the file gives it: 0.1" in said
    assert "outside the plausible range 0.5 to 150: look at the figure again" in said
    told = conforms(run("explain", file, "北京", "trade_gdp", "-F", "json").out)
    assert told["nodes"][0]["parts"][0]["standard_error"] == [0.1, 0.1]
    assert told["nodes"][0]["implausible"] == [0.5, 150]


def test_three_levels_of_the_real_asem_files(run: Run, shared: Path, tmp_path: Path) -> None:
    folder, mine = shared / "data" / "real", tmp_path / "asem.yaml"
    made = run("framework", "from-coinr", folder / "asem_iMeta_from_COINr.csv", "-o", mine)
    assert made.code == 0
    data = folder / "asem_iData_from_COINr.csv"
    asked = [data, "CHN", "-f", mine, "--draws", "10"]
    done = run("explain", *asked, "Conn", "--lang", "zh")
    assert done.code == 0
    assert "计算：0.2 x " in done.out
    told = conforms(run("explain", *asked, "-F", "json").out)
    assert told["nodes"][0]["children"][0]["children"][0]["children"]
    left_out = " ".join(run("explain", *asked, "LPI").out.split())
    assert "its scale is taken from this table" in left_out


def test_markdown_has_what_text_has(run: Run, samples: Samples) -> None:
    asked = [samples["provinces"], "江苏", "global_resources", "--draws", "0"]
    done = run("explain", *asked, "-F", "markdown")
    assert "  - worked out: 0.5 x 65.00 + 0.5 x 18.81 = 41.90" in done.out


def test_the_example_in_the_docs_is_true(run: Run, samples: Samples, repo: Path) -> None:
    page = (repo / "docs" / "explain.md").read_text(encoding="utf-8")
    shown = page.split("江苏 regional_hubs\n")[1].split("...\n")[0]
    done = run("explain", samples["provinces"], "江苏", "regional_hubs", "--width", "80")
    assert done.out.startswith(shown)
