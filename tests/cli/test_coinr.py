"""``framework from-coinr``, ``from-coin-tool`` and ``to-coinr`` as people run them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import stiscore as sti
from tests.cli.conftest import Run, Samples, scores
from tests.coin_tool import workbook

IMETA = (
    "iCode,iName,Direction,Weight,Unit,Denominator,Parent,Type\n"
    "trade,Trade,1,1,USD,people,top,Indicator\n"
    "tariff,Tariff,-1,3,%,,top,Indicator\n"
    "top,Openness,1,1,,,,Aggregate\n"
    "people,People,,,number,,,Denominator\n"
    "area,Part,,,,,,Group\n"
)
IDATA = (
    "uCode,uName,area,people,trade,tariff\n"
    "x,Unit X,north,10,50,4\ny,Unit Y,south,20,60,8\nz,Unit Z,north,5,10,2\n"
)


def write(folder: Path) -> tuple[Path, Path]:
    (folder / "iMeta.csv").write_text(IMETA, encoding="utf-8")
    (folder / "iData.csv").write_text(IDATA, encoding="utf-8")
    return folder / "iMeta.csv", folder / "iData.csv"


def test_from_metadata_to_scores_and_back(run: Run, tmp_path: Path) -> None:
    imeta, idata = write(tmp_path)
    made = tmp_path / "made.yaml"
    done = run("framework", "from-coinr", imeta, "-o", made, "--id", "open")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"wrote {made}\n"
    assert run("framework", "check", "-f", made).code == 0

    scored = run("evaluate", idata, "-f", made, "-F", "json")
    assert scored.code == 0, scored.err
    # Trade per head 5, 3, 2 and tariffs 4, 8, 2 from their extremes, weighted 1 to 3.
    wanted = {"x": (100 + 3 * 100 * 4 / 6) / 4, "y": (100 / 3) / 4, "z": 300 / 4}
    assert scores(scored.out) == pytest.approx(wanted, rel=1e-12)

    folder = tmp_path / "back"
    done = run("framework", "to-coinr", "-f", made, "--data", idata, "-o", folder)
    assert done.code == 0, done.err
    assert "2 indicators in 1 groups" in done.err
    rows = {r["iCode"]: r for r in records(folder / "iMeta.csv")}
    assert (rows["trade"]["Denominator"], rows["trade"]["Weight"]) == ("people", "0.25")
    assert (rows["area"]["Type"], rows["people"]["Type"]) == ("Group", "Denominator")
    first = records(folder / "iData.csv")[0]
    assert first == {"uCode": "x", "uName": "Unit X", "area": "north", "people": "10.0",
                     "trade": "50.0", "tariff": "4.0"}  # fmt: skip


def records(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_the_file_says_where_it_comes_from_in_both_languages(run: Run, tmp_path: Path) -> None:
    imeta, _ = write(tmp_path)
    text = run("framework", "from-coinr", imeta, "-o", "-").out
    assert text.startswith("# Taken over from iMeta.csv.")
    assert "# 由iMeta.csv转换而来。" in text
    above, _, _ = text.partition("  coverage:\n")
    assert above.splitlines()[-2].startswith("  # These are COINr's")


def test_faults_end_in_exit_code_3_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    imeta, _ = write(tmp_path)
    imeta.write_text(IMETA.replace(",-1,3", ",0,3"), encoding="utf-8")
    done = run("framework", "from-coinr", imeta, "-o", tmp_path / "made.yaml", "--lang", "zh")
    assert done.code == 3
    assert "iMeta.csv:3:3 error[F149] tariff的方向为“0”" in done.err
    assert not (tmp_path / "made.yaml").exists()


def test_no_file_is_replaced_unasked(run: Run, tmp_path: Path) -> None:
    imeta, _ = write(tmp_path)
    made = tmp_path / "made.yaml"
    made.write_text("mine", encoding="utf-8")
    assert run("framework", "from-coinr", imeta, "-o", made).code == 2
    assert made.read_text(encoding="utf-8") == "mine"
    assert run("framework", "from-coinr", imeta, "-o", made, "--force").code == 0
    assert run("framework", "from-coinr", imeta, "-o", imeta, "--force").code == 2


def test_the_coin_tool_gives_framework_and_data(run: Run, tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", None, {"E16": 12.5})
    made, data = tmp_path / "made.yaml", tmp_path / "data.csv"
    done = run("framework", "from-coin-tool", book, "-o", made, "--data", data)
    assert done.code == 0, done.err
    assert "note[F171] not taken over: Source" in done.err
    assert f"wrote {data}: 3 units, 3 indicators" in done.err
    assert data.read_text(encoding="utf-8").splitlines()[2] == "BE,Belgium,14.1,,4.0"
    scored = run("evaluate", data, "-f", made, "-F", "json")
    assert scored.code == 0, scored.err
    # Scores from 1 to 10; the pillars' geometric mean has one child each and changes nothing.
    austria = 0.6 * (0.7 * (1 + 9 / 1.6) + 0.3 * 10) + 0.4 * 10
    belgium = 0.6 * 10 + 0.4 * (10 - 9 * 2.2 / 15.2)
    told = scores(scored.out)
    assert told.keys() == {"AT", "BE", "EL"}
    for unit, wanted in {"AT": austria, "BE": belgium, "EL": 1.0}.items():
        assert told[unit] == pytest.approx(wanted, rel=1e-12)


def test_nothing_is_written_where_the_second_file_may_not_be(run: Run, tmp_path: Path) -> None:
    book, data = workbook(tmp_path / "book.xlsx"), tmp_path / "data.csv"
    data.write_text("mine", encoding="utf-8")
    done = run("framework", "from-coin-tool", book, "-o", tmp_path / "f.yaml", "--data", data)
    assert done.code == 2
    assert not (tmp_path / "f.yaml").exists()


def test_the_shipped_framework_goes_to_coinr(run: Run, tmp_path: Path, samples: Samples) -> None:
    done = run("framework", "to-coinr", "--data", samples["provinces"], "-o", tmp_path / "r")
    assert done.code == 0, done.err
    rows = records(tmp_path / "r" / "iMeta.csv")
    root = sti.load_framework().index.id
    shares = [float(r["Weight"]) for r in rows if r["Parent"] == root]
    assert abs(sum(shares) - 1) < 1e-12
    assert len(records(tmp_path / "r" / "iData.csv")) == 31
    assert run("framework", "to-coinr", "--level", "local", "-o", tmp_path / "s").code == 2
    assert run("framework", "to-coinr", "-o", tmp_path / "no" / "such").code == 2
