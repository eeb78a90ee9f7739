"""``stiscore gaps``: what it shows of one unit and of all, in which form, at which width."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

import stiscore as sti
from stiscore.report.gaps_model import GapsReport
from stiscore.words import Lang
from stiscore.words.gaps import GAPS
from stiscore.words.refused import refused
from tests.cli.conftest import Run, Samples, Snapshot
from tests.published import conforms

SHA = re.compile(r"(?<=sha256 )[0-9a-f]{12}\b")
ONE = ("-u", "江苏", "--group", "east", "-q")
FEW = ("--draws", 200)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_unit(lang: Lang, run: Run, samples: Samples, snapshot: Snapshot) -> None:
    done = run("gaps", samples["provinces"], *ONE, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert refused(done.out) == []
    places = [done.out.index(GAPS[key].say(lang)) for key in ("by_severity", "goes", "actions")]
    assert places == sorted(places)
    snapshot(f"gaps_one_{lang}_80", SHA.sub("*" * 12, done.out))


def test_all_units(run: Run, samples: Samples, snapshot: Snapshot) -> None:
    done = run("gaps", samples["provinces"], *FEW, "-q")
    assert (done.code, done.err) == (0, "")
    snapshot("gaps_all_en_80", SHA.sub("*" * 12, done.out))


@pytest.fixture(scope="module")
def told() -> list[GapsReport]:
    """One unit with everything, one without a rank, a whole table."""
    asked = (("full", ["广东"]), ("provinces", ["西藏"]), ("economies", []))
    cards = [(sti.evaluate(sti.read(sti.sample(name)), draws=50), units) for name, units in asked]
    return [sti.gaps(card, *units) for card, units in cards]


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("width", [44, 80, 120])
def test_no_line_is_wider_than_the_terminal(lang: Lang, width: int, told: list[GapsReport]) -> None:
    for each in told:
        out = each.to_text(lang, width)
        assert [line for line in out.splitlines() if cell_len(line) > width] == []
        assert refused(out) == []
        assert out.count(GAPS["to_measure"].say("zh" if lang == "zh" else "en")[:12]) == 1


def test_markdown_has_empty_columns_to_fill_in(run: Run, samples: Samples) -> None:
    out = run("gaps", samples["provinces"], *ONE, *FEW, "-F", "markdown").out
    assert "| Gap | First action (our suggestion) | Owner | Deadline | Evidence |" in out
    blank = r"^\| Insufficient R\\&D funded from abroad \| .* \|  \|  \|  \|$"
    assert re.search(blank, out, re.MULTILINE)
    assert "____" not in out


def test_the_json_conforms_and_csv_tells_its_figures(run: Run, samples: Samples) -> None:
    asked = ("gaps", samples["full"], "-u", "广东", "-u", "CN-JS", *FEW, "-q")
    told = conforms(run(*asked, "-F", "json").out)
    rows = [*csv.DictReader(io.StringIO(run(*asked, "-F", "csv").out))]
    assert [unit["id"] for unit in told["units"]] == ["CN-JS", "CN-GD"]
    for unit in told["units"]:
        own = [row for row in rows if row["unit"] == unit["id"]]
        for gap in unit["gaps"]:
            held = [row for row in own if row["gap"] == gap["id"]]
            behind = [row for row in held if row["relation"] == "behind"]
            assert [row["indicator"] for row in behind] == [i["id"] for i in gap["indicators"]]
            lost = [i["points_lost"] for i in gap["indicators"] if i["points_lost"] is not None]
            assert [float(r["points_lost"]) for r in behind if r["points_lost"]] == lost
            assert sum(lost) == pytest.approx(gap["severity"], abs=1e-10)
            assert {float(row["severity"]) for row in held} == {gap["severity"]}
            assert {row["owner"] + row["deadline"] + row["evidence"] for row in held} == {""}
        assert unit["widest"] == [gap["id"] for gap in unit["gaps"] if gap["widest"]]
        severities = [gap["severity"] for gap in unit["gaps"]]
        assert severities == sorted(severities, reverse=True)
    blank = {row["unit"]: row for row in rows if row["flags"] == "missing;blank"}
    assert blank["CN-GD"]["indicator"] == "rd_goods_clearance_days"
    assert (blank["CN-GD"]["cells"], blank["CN-GD"]["points_lost"]) == ("Q54", "")


@pytest.mark.parametrize("sample", ["provinces", "economies", "full"])
def test_every_unit_stands_in_the_json_of_all(sample: str, run: Run, samples: Samples) -> None:
    told = conforms(run("gaps", samples[sample], "--draws", 0, "-F", "json", "-q").out)
    assert len(told["units"]) > 30
    counted = {gap["id"]: len(gap["widest_of"]) for gap in told["gaps"]}
    most = max(counted.values())
    assert told["most_common"] == [gap for gap, n in counted.items() if n == most]
    for gap in told["gaps"]:
        shown = [u for u in told["units"] if u["ranked"] and gap["id"] in u["widest"]]
        assert sorted(u["id"] for u in shown) == sorted(gap["widest_of"])


def test_the_severity_is_that_of_the_scorecard(run: Run, samples: Samples) -> None:
    asked = (samples["economies"], "-u", "China", *FEW, "-F", "json", "-q")
    (card,) = conforms(run("evaluate", *asked).out)["units"]
    (told,) = conforms(run("gaps", *asked).out)["units"]
    held = {gap["id"]: gap for gap in told["gaps"]}
    for gap in card["gaps"]:
        mine = held[gap["id"]]
        assert (mine["severity"], mine["rank"]) == (gap["severity"], gap["rank"])
        assert mine["severity_interval"] == gap["severity_interval"]
        assert f"{mine['measured']} of {mine['of']}" == gap["measured"]
    assert told["gap_index"] == card["gap_index"]


def test_a_group_is_shown_alone_or_is_whom_a_unit_is_compared_with(
    run: Run, samples: Samples
) -> None:
    east = run("gaps", samples["provinces"], "--group", "east", *FEW, "-q").out
    assert "Gaps: 10 provinces" in east
    assert "贵州" not in east
    named = conforms(
        run("gaps", samples["provinces"], "-u", "江苏", "--peers", "上海,浙江", *FEW, "-F", "json",
            "-q").out
    )  # fmt: skip
    assert named["units"][0]["peers"]["units"] == ["CN-SH", "CN-ZJ"]
    told = conforms(
        run("gaps", samples["economies"], "-u", "CHN", "--group", "income_upper_middle", *FEW,
            "-F", "json", "-q").out
    )  # fmt: skip
    peers = told["units"][0]["peers"]
    assert peers["id"] == "income_upper_middle"
    assert len(peers["units"]) == peers["ranked"] == 28
    assert "CHN" not in peers["units"]


def test_how_many_peers_stand_behind_a_median(run: Run, samples: Samples) -> None:
    asked = ("-u", "China", "--peers", "income_upper_middle", *FEW, "-q")
    data = sti.read(samples["economies"])
    column = data.position("gerd_abroad_share")
    told = conforms(run("gaps", samples["economies"], *asked, "-F", "json").out)
    unit = told["units"][0]
    peers = {u.id: row for row, u in enumerate(data.units) if u.id in unit["peers"]["units"]}
    having = [id_ for id_, row in peers.items() if data.values[row, column] >= 0]
    gap = next(g for g in unit["gaps"] if g["id"] == "foreign_rd_funding")
    assert gap["peers_measured"] == len(having) == 5 < len(peers)
    page = run("gaps", samples["economies"], *asked).out
    assert f"Medians that rest on fewer than the {len(peers)} peers: Foreign R&D 5." in page
    for command in ("evaluate", "explain"):
        words = " ".join(run(command, samples["economies"], *_of(command, asked)).out.split())
        assert ("Foreign R&D 5." if command == "evaluate" else "; 5 have one)") in words


def _of(command: str, asked: tuple[object, ...]) -> tuple[object, ...]:
    """The same unit and peers as ``explain`` takes them."""
    return asked if command == "evaluate" else ("China", "gerd_abroad_share", *asked[2:])


def test_a_share_of_variants_is_not_taken_for_certainty(run: Run, samples: Samples) -> None:
    page = run("gaps", samples["economies"], "-u", "China", *FEW, "-q").out
    assert GAPS["sure_still"].say("en", n=3) in " ".join(page.split())


def test_what_all_units_lack_is_told_once(run: Run, samples: Samples) -> None:
    head = GAPS["to_measure"].say("en")
    two = run("gaps", samples["provinces"], "-u", "广东", "-u", "江苏", *FEW, "-q").out
    assert two.count(head) == 1
    assert two.index(head) > two.index("江苏 Jiangsu: rank")
    # 西藏 has blank cells of its own.
    other = run("gaps", samples["provinces"], "-u", "广东", "-u", "西藏", *FEW, "-q").out
    assert other.count(head) == 2


def test_labels_and_files(run: Run, samples: Samples, tmp_path: Path) -> None:
    file = tmp_path / "gaps.csv"
    asked = ("gaps", samples["provinces"], "-u", "CN-JS", *FEW, "-q")
    assert run(*asked, "-o", file).code == 0
    assert file.read_text(encoding="utf-8").startswith("unit,label,rank,gap,")
    assert run(*asked, "-o", file).code != 0
    out = run(*asked, "--labels", "iso").out
    assert out.startswith("Gaps: Jiangsu")
    assert "江苏" not in out


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (("-u", "nowhere"), 2, "error[U101] no unit 'nowhere'"),
        (("--peers", "group"), 2, "error[U142]"),
        (("-u", "江苏", "--group", "nowhere"), 2, "error[U101] no peer group"),
        (("--draws", -1), 2, "--draws"),
    ],
    ids=["unit", "peers", "group", "draws"],
)
def test_bad_input_is_one_clear_line(
    asked: tuple[object, ...], code: int, told: str, run: Run, samples: Samples
) -> None:
    done = run("gaps", samples["provinces"], *asked)
    assert (done.code, done.out) == (code, "")
    assert told in done.err


def test_errors_in_the_data_stop_it_unless_they_are_set_aside(run: Run, faulty: Path) -> None:
    assert run("gaps", faulty).code == 1
    done = run("gaps", faulty, "--tolerate", "--draws", 0, "-F", "json")
    assert done.code == 1
    assert conforms(done.out)["schema"] == "stiscore.gaps/1"
