"""``stiscore whatif``: what it shows, in which form, and how it is refused."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

import stiscore as sti
from stiscore.io.scenarios import on_command_line, read_scenarios
from stiscore.words import Lang
from stiscore.words.refused import refused
from tests.cli.conftest import Run, Samples, Snapshot
from tests.published import conforms

SHA = re.compile(r"(?<=sha256 )[0-9a-f]{12}\b|(?<=\"sha256\": \")[0-9a-f]{64}\b")
DOUBLED = "rd_expenditure_abroad=x2"
QUICK = ("--draws", 200, "-q")
WIDTHS: tuple[tuple[Lang, int], ...] = (
    ("en", 44), ("zh", 44), ("both", 44), ("both", 120), ("en", 120),
)  # fmt: skip
SCENARIOS = (
    "scenario,indicator,change,unit\n"
    "doubled funds,rd_expenditure_abroad,x2,\n,trade_gdp,+10%,\n"
    "more trade,外贸依存度,80,江苏\nless funds,gerd_abroad_share,-50%,江苏\n"
)


def plain(text: str) -> str:
    return SHA.sub("*" * 12, text)


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    file = tmp_path / "scenarios.csv"
    file.write_text(SCENARIOS, encoding="utf-8")
    return file


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("unit", ["四川", "北京"])
def test_doubled_funds_from_abroad(
    lang: Lang, unit: str, run: Run, samples: Samples, snapshot: Snapshot
) -> None:
    done = run("whatif", samples["provinces"], unit, DOUBLED, "--lang", lang)
    assert done.code == 0, done.err
    assert [line for line in done.out.splitlines() if cell_len(line) > 80] == []
    assert refused(done.out) == []
    name = "beijing" if unit == "北京" else "sichuan"
    snapshot(f"whatif_{name}_{lang}_80", plain(done.out))


def test_any_width_and_language(samples: Samples, scenarios: Path, snapshot: Snapshot) -> None:
    full = on_command_line(["programme_open_share=50", "通关时间:", "trade_gdp=+5"])
    china = on_command_line(["gerd_abroad_share=x3", "ip_payments=+20%"])
    asked = (
        ("full", "full", "贵州", full),
        ("china", "economies", "China", china),
        ("scenarios", "provinces", "四川", read_scenarios(scenarios)),
    )
    for name, sample, unit, changes in asked:
        told = sti.whatif(sti.evaluate(sti.read(samples[sample]), draws=200), unit, changes)
        for lang, width in WIDTHS:
            out = told.to_text(lang, width)
            assert [line for line in out.splitlines() if cell_len(line) > width] == []
            assert refused(out) == []
            if name == "china" or (name == "scenarios" and width == 120):
                snapshot(f"whatif_{name}_{lang}_{width}", plain(out))


@pytest.mark.parametrize("form", ["markdown", "csv"])
def test_the_other_forms(
    form: str, run: Run, samples: Samples, scenarios: Path, snapshot: Snapshot
) -> None:
    asked = ("whatif", samples["provinces"], "四川")
    one = run(*asked, DOUBLED, *QUICK, "-F", form)
    several = run(*asked, "--scenarios", scenarios, *QUICK, "-F", form)
    assert (one.code, one.err, several.code, several.err) == (0, "", 0, "")
    if form == "csv":
        rows = [*csv.DictReader(io.StringIO(several.out))]
        assert {row["unit"] for row in rows} == {"CN-SC", "CN-JS"}
    else:
        snapshot("whatif_sichuan_markdown", plain(one.out))
        snapshot("whatif_scenarios_markdown", plain(several.out))


def test_json_is_what_is_published(run: Run, samples: Samples, scenarios: Path) -> None:
    asked = ("whatif", samples["provinces"], "四川", *QUICK, "-F", "json")
    one = conforms(run(*asked, DOUBLED).out)
    assert {"score", "rank"} <= one["before"].keys()
    assert one["after"]["score"] > one["before"]["score"]
    figures = {f["id"]: f for f in one["scenarios"][0]["figures"]}
    assert figures["rd_expenditure_abroad"]["factor"] == 2
    share = figures["gerd_abroad_share"]
    assert share["to"] == pytest.approx(100 * 2 * share["from"] / (100 + share["from"]))
    several = conforms(run(*asked, "--scenarios", scenarios).out)
    assert [s["scenario"] for s in several["scenarios"]] == [
        "doubled funds", "more trade", "less funds",
    ]  # fmt: skip
    assert several["scenarios"][1]["unit"] == "CN-JS"


def test_it_is_the_scorecard_of_the_edited_file(run: Run, tmp_path: Path) -> None:
    table = (
        "省份,外贸依存度（%）,R&D经费中国外资金占比（%）\n北京,20,0.5\n上海,90,{}\n江苏,40,0.1\n"
    )
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(table.format("0.2"), encoding="utf-8")
    two.write_text(table.format("0.35"), encoding="utf-8")
    asked = ("--draws", 0, "-q", "-F", "json")
    told = conforms(run("whatif", one, "上海", "gerd_abroad_share=0.35", *asked).out)
    typed = conforms(run("evaluate", two, *asked).out)
    unit = next(u for u in typed["units"] if u["id"] == "CN-SH")
    assert (told["after"]["score"], told["after"]["rank"]) == (unit["score"], unit["rank"])


def test_a_saved_frame_and_labels_are_kept(run: Run, samples: Samples, tmp_path: Path) -> None:
    frame = tmp_path / "frame.json"
    assert run("evaluate", samples["provinces"], "--save-frame", frame, "--draws", 0).code == 0
    asked = ("whatif", samples["provinces"], "四川", DOUBLED, *QUICK)
    told = conforms(run(*asked, "--frame", frame, "-F", "json").out)
    assert told["frame"] is not None
    assert "What-if: Sichuan" in run(*asked, "--labels", "iso").out


def test_the_real_yearbook(run: Run, shared: Path) -> None:
    file = shared / "data" / "real" / "cn_yearbook_1-14_rd_by_source_region_2021_raw.xlsx"
    told = conforms(run("whatif", file, "四川", "国外资金=x2", *QUICK, "-F", "json").out)
    figures = {f["id"]: (f["from"], f["to"]) for f in told["scenarios"][0]["figures"]}
    part, total = figures["rd_expenditure_abroad"], figures["rd_expenditure"]
    assert part[1] == 2 * part[0]
    assert total[1] - total[0] == pytest.approx(part[0])
    assert figures["gerd_abroad_share"][1] == pytest.approx(100 * part[1] / total[1])


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (("四川", "trade_gdp=twice"), 2, "U103"),
        (("四川", "trade_gdp"), 2, "U103"),
        (("四川", "trade=3"), 2, "U101"),
        (("四川川", "trade_gdp=3"), 2, "U101"),
        (("四川", "trade_gdp=-3亿元"), 2, "U172"),
        (("四川", "trade_gdp=9999"), 2, "U170"),
        (("四川", "foreign_talent=3"), 2, "U171"),
        (("四川", "industrial_rd_expenditure=x2"), 2, "U176"),
        (("四川",), 2, "U178"),
        (("trade_gdp=3",), 2, "U178"),
        (("四川", "trade_gdp=3", "--scenarios", "{}"), 2, "U178"),
        (("--scenarios", "{}"), 2, "U178"),
        (("四川", "--scenarios", "none.csv"), 2, "R100"),
    ],
)
def test_what_cannot_be_is_one_clear_line(
    asked: tuple[str, ...], code: int, told: str, run: Run, samples: Samples, scenarios: Path
) -> None:
    given = [each.replace("{}", str(scenarios)) for each in asked]
    for lang in ("en", "zh"):
        done = run("whatif", samples["provinces"], *given, "--lang", lang)
        assert (done.code, done.out) == (code, "")
        assert f"[{told}]" in done.err


def test_a_fault_in_a_file_is_told_with_its_place(
    run: Run, samples: Samples, scenarios: Path
) -> None:
    scenarios.write_text(SCENARIOS.replace(",80,", ",8000,"), encoding="utf-8")
    done = run("whatif", samples["provinces"], "四川", "--scenarios", scenarios)
    assert (done.code, done.out) == (2, "")
    assert "scenarios.csv:4:3 error[U170]" in done.err


def test_errors_in_the_data_stop_it(run: Run, faulty: Path) -> None:
    assert run("whatif", faulty, "北京", "trade_gdp=x2").code == 1
    done = run("whatif", faulty, "北京", "trade_gdp=x2", "--tolerate", *QUICK, "-F", "json")
    assert done.code == 1
    assert conforms(done.out)["schema"] == "stiscore.whatif/1"


def test_ranges_that_nothing_moves_tell_no_rank_apart(run: Run, shared: Path) -> None:
    file = shared / "data" / "real" / "cn_rd_by_source_region_2022_tidy.xlsx"
    told = conforms(run("whatif", file, "四川", DOUBLED, *QUICK, "-F", "json").out)
    (scenario,) = told["scenarios"]
    assert scenario["before"]["rank"] != scenario["after"]["rank"]
    assert scenario["inside_range"] is None
    page = " ".join(run("whatif", file, "四川", DOUBLED, *QUICK).out.split())
    assert "No method variant moves any rank of this table" in page
    assert "outside that range" not in page


def test_a_figure_is_shown_with_its_cell(run: Run, samples: Samples) -> None:
    asked = ("whatif", samples["provinces"], "四川", DOUBLED, *QUICK)
    held = conforms(run(*asked, "-F", "json").out)["scenarios"][0]["figures"]
    cells = {f["id"]: [place["cell"] for place in f["cells"]] for f in held}
    assert cells == {
        "rd_expenditure_abroad": [],
        "rd_expenditure": [],
        "gerd_abroad_share": ["B25"],
    }
    assert re.search(r"0\.0676783 .* B25$", run(*asked).out, re.MULTILINE)
