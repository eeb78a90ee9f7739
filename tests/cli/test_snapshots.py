"""What people read, as a whole: a change of wording or layout shows here and is looked at."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Run, Snapshot

# The digest of the framework changes with every word in it; what it is stands in other tests.
SHA = re.compile(r"(?<=sha256 )[0-9a-f]{12}\b")

CASES = {
    f"evaluate_{name}_{lang}_{width}": (["evaluate", name, "--lang", lang], width)
    for name in ("provinces", "economies")
    for lang in ("en", "zh")
    for width in (80, 120)
}
CASES |= {
    "evaluate_full_en_80": (["evaluate", "full"], 80),
    "evaluate_provinces_ascii_120": (["evaluate", "provinces", "--ascii"], 120),
    "evaluate_provinces_en_44": (["evaluate", "provinces"], 44),
    "card_en_80": (["evaluate", "provinces", "-u", "江苏"], 80),
    "card_zh_80": (["evaluate", "provinces", "-u", "CN-JS", "--lang", "zh"], 80),
    "card_both_80": (["evaluate", "provinces", "-u", "Jiangsu", "--lang", "both"], 80),
    "card_unranked_zh_44": (["evaluate", "provinces", "-u", "西藏", "--lang", "zh"], 44),
    "explain_indicator_en_80": (["explain", "provinces", "江苏", "gerd_abroad_share"], 80),
    "explain_indicator_zh_80": (
        ["explain", "provinces", "江苏", "gerd_abroad_share", "--lang", "zh"],
        80,
    ),
    "inspect_provinces_en_80": (["inspect", "provinces"], 80),
}


def shown(run: Run, samples: dict[str, Path], arguments: list[str], width: int) -> str:
    told = [samples.get(a, a) for a in arguments]
    done = run(*told, "--width", width)
    assert done.code == 0, done.err
    return done.out


@pytest.mark.parametrize("name", CASES)
def test_what_is_shown(name: str, run: Run, samples: dict[str, Path], snapshot: Snapshot) -> None:
    arguments, width = CASES[name]
    text = shown(run, samples, arguments, width)
    too_long = [line for line in text.splitlines() if cell_len(line) > width]
    assert too_long == []
    snapshot(name, SHA.sub("*" * 12, text))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_findings(lang: str, run: Run, samples: dict[str, Path], snapshot: Snapshot) -> None:
    done = run("validate", samples["provinces"], "--lang", lang)
    assert (done.code, done.err) == (0, "")
    snapshot(f"validate_provinces_{lang}", done.out)


@pytest.mark.parametrize("width", [44, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("what", ["provinces", "full"])
def test_no_figure_is_lost_and_no_line_too_long(
    what: str, lang: str, width: int, run: Run, samples: dict[str, Path]
) -> None:
    (unit,) = json.loads(run("evaluate", samples[what], "-u", "CN-JS", "-F", "json").out)["units"]
    score = f"{unit['score']:.1f}"
    ranks = shown(run, samples, ["evaluate", what, "--lang", lang], width).splitlines()
    card = shown(
        run, samples, ["evaluate", what, "-u", "CN-JS", "--lang", lang], width
    ).splitlines()
    for lines in (ranks, card):
        assert [line for line in lines if cell_len(line) > width] == []
        assert not any("…" in line for line in lines)
    assert any(re.match(rf" *{unit['rank']} .*江苏.* {re.escape(score)}\b", line) for line in ranks)
    for area in (g for g in unit["groups"] if g["score"] is not None):
        assert any(f" {area['score']:.1f}" in line for line in card)
    for indicator in (i for i in unit["indicators"] if i["raw"] is not None):
        assert any(f" {indicator['raw']:.6g} " in f"{line} " for line in card)
