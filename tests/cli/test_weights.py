"""``stiscore weights``: what it shows, what it saves, and that ``--preset`` gives it back."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from stiscore.words.refused import refused
from tests.cli.conftest import Run, Samples, Snapshot, scores, written

SHA = re.compile(r"(?<=sha256 )[0-9a-f]{12}\b")
AREAS = (
    "领域,global_resources,green_channels,regional_hubs,国际合作格局\n"
    "global_resources,1,3,2,4\ngreen_channels,,1,1/2,2\nregional_hubs,,,1,3\n国际合作格局,,,,1\n"
)
POINTS = (
    "expert,global_resources,green_channels,regional_hubs,cooperation_framework\n"
    "Li,40,20,30,10\nWu,25,25,25,25\n"
)


def local(text: str) -> dict[str, float]:
    return {row["id"]: row["weight"] for row in json.loads(text)["weights"]}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("method", ["critic", "benefit-of-the-doubt", "ahp"])
def test_what_is_shown(
    method: str, lang: str, run: Run, samples: Samples, snapshot: Snapshot, tmp_path: Path
) -> None:
    sheet = written(tmp_path / "areas.csv", AREAS)
    asked = ["--pairwise", sheet] if method == "ahp" else []
    done = run("weights", samples["provinces"], "--method", method, *asked, "--lang", lang)
    assert done.code == 0, done.err
    assert [line for line in done.out.splitlines() if cell_len(line) > 80] == []
    assert refused(done.out) == []
    snapshot(f"weights_{method}_{lang}_80", SHA.sub("*" * 12, done.out))


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_narrow_text_drops_whole_columns_and_says_so(lang: str, run: Run, samples: Samples) -> None:
    done = run("weights", samples["full"], "--method", "entropy", "--lang", lang, "--width", 44)
    assert [line for line in done.out.splitlines() if cell_len(line) > 44] == []
    assert ("因宽度所限" if lang == "zh" else "Columns left out") in done.out.replace("\n", " ")


def test_json_csv_and_markdown_hold_the_same_weights(run: Run, samples: Samples) -> None:
    asked = ("weights", samples["economies"], "--method", "weight=standard-deviation")
    told = json.loads(run(*asked, "-F", "json").out)
    assert told["schema"] == "stiscore.weights/1"
    rows = csv.DictReader(io.StringIO(run(*asked, "-F", "csv").out))
    by_id = {row["node"]: row for row in rows}
    assert {i: float(row["weight"]) for i, row in by_id.items()} == local(json.dumps(told))
    pipes = run(*asked, "-F", "markdown").out
    for row in told["weights"]:
        siblings = [w for w in told["weights"] if w["parent"] == row["id"]]
        if siblings:
            assert sum(w["weight"] for w in siblings) == pytest.approx(1, rel=1e-12)
        if row["parent"]:
            assert f" {round(100 * row['effective_weight'], 1):.1f} | " in pipes
    assert pipes.startswith("# Weights by standard-deviation\n")


@pytest.mark.parametrize("name", ["provinces", "economies"])
def test_saved_weights_come_back_by_preset(
    name: str, run: Run, samples: Samples, tmp_path: Path
) -> None:
    file, data = tmp_path / "critic.yaml", samples[name]
    asked = ("weights", data, "--method", "critic", "--save", file)
    done = run(*asked, "-F", "json")
    assert done.code == 0, done.err
    assert f"wrote {file}: use it with --preset {file}\n" in done.err
    by_method = scores(run("evaluate", data, "--method", "weight=critic", "-F", "json").out)
    by_preset = scores(run("evaluate", data, "--preset", file, "-F", "json").out)
    assert by_preset == pytest.approx(by_method, rel=1e-9)
    again = local(run("weights", data, "--preset", file, "-F", "json").out)
    assert again == pytest.approx(local(done.out), rel=1e-12)
    refusal = run(*asked)
    assert refusal.code == 2
    assert "--force" in refusal.err
    assert run(*asked, "--force", "-q").code == 0


def test_a_framework_of_other_weights_is_told_how_to_use_the_file(
    run: Run, samples: Samples, tmp_path: Path
) -> None:
    shipped = Path(samples["provinces"]).parent.parent / "indicators.yaml"
    text = shipped.read_text(encoding="utf-8")
    assert text.count("\n  weight: {id: declared") == 1
    text = re.sub(r"\n  weight: \{id: declared[^}]*\}", "\n  weight: {id: equal}", text)
    own = written(tmp_path / "own.yaml", text)
    saved = tmp_path / "p.yml"
    asked = ("weights", samples["provinces"], "-f", own, "--method", "entropy", "--save", saved)
    done = run(*asked, "-F", "json")
    switches = ["--method", "weight.level1=declared", "--method", "weight.level2=declared"]
    assert " ".join(switches) in done.err
    back = ("weights", samples["provinces"], "-f", own, "--preset", saved, *switches, "-F", "json")
    assert local(run(*back).out) == pytest.approx(local(done.out), rel=1e-12)


def test_other_stages_are_set_before_weights_are_read(run: Run, samples: Samples) -> None:
    data = samples["provinces"]
    plain = local(run("weights", data, "--method", "entropy", "-F", "json").out)
    done = run(
        "weights", data, "--method", "entropy", "--method", "normalise=min-max", "-F", "json"
    )
    told = json.loads(done.out)
    assert told["method"]["normalise"]["id"] == "min-max"
    assert local(done.out) != plain
    assert [w["declared"] for w in told["weights"]] == [
        w["declared"] for w in json.loads(run("weights", data, "-F", "json").out)["weights"]
    ]


def test_points_share_out_the_weight(run: Run, samples: Samples, tmp_path: Path) -> None:
    sheet = written(tmp_path / "points.csv", POINTS)
    asked = ("weights", samples["provinces"], "--points", sheet, "-F", "json")
    told = run(*asked, "--method", "budget", "--method", "weight.level2.area_weight=equal")
    weights = local(told.out)
    mean = {
        "global_resources": 0.325, "green_channels": 0.225,
        "regional_hubs": 0.275, "cooperation_framework": 0.175,
    }  # fmt: skip
    assert {node: weights[node] for node in mean} == pytest.approx(mean, rel=1e-12)
    assert json.loads(told.out)["weight_methods"] == {"level1": "declared", "level2": "budget"}
    assert local(run(*asked).out)["green_channels"] != weights["green_channels"]


def test_evaluate_warns_of_judgements_that_contradict_each_other(
    run: Run, samples: Samples, tmp_path: Path
) -> None:
    torn = AREAS.replace("1,3,2,4", "1,9,1/9,9")
    sheet = written(tmp_path / "areas.csv", torn)
    done = run("weights", samples["provinces"], "--pairwise", sheet, "-v")
    assert (done.code, "warning[C316]" in done.err) == (0, True)
    assert run("weights", samples["provinces"], "--pairwise", sheet, "--strict").code == 1


def test_what_is_no_preset_is_refused(run: Run, samples: Samples, tmp_path: Path) -> None:
    data = samples["provinces"]
    assert run("evaluate", data, "--preset", "none.yaml").code == 2
    wrong = written(tmp_path / "p.yaml", "weights: {regional_hubs: -1}\n")
    done = run("evaluate", data, "--preset", wrong)
    assert (done.code, done.out) == (3, "")
    assert "F105" in done.err
    assert "F106" in done.err
    done = run("weights", data, "--method", "entropy", "--save", tmp_path / "p.json")
    assert done.code == 2
    assert "--save takes a name that ends in .yaml" in done.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_preset_of_another_framework_warns(
    lang: str, run: Run, samples: Samples, tmp_path: Path
) -> None:
    text = (
        "schema: stiscore.preset/1\nframework: other\nmethod: []\n"
        f"data: '{'0' * 64}'\nweights: {{regional_hubs: 2}}\n"
    )
    file = written(tmp_path / "p.yaml", text)
    asked = ("evaluate", samples["provinces"], "--preset", file, "--lang", lang, "-F", "json")
    done = run(*asked)
    assert done.code == 0
    assert "F187" in done.err
    assert json.loads(done.out)["area_weights"]["regional_hubs"] == 2
    assert "F187" not in run(*asked, "-q").err


def test_an_unknown_method_is_refused_with_what_there_is(run: Run, samples: Samples) -> None:
    done = run("weights", samples["provinces"], "--method", "entropie")
    assert done.code == 2
    assert "entropy" in done.err
