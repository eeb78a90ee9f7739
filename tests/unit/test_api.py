"""The library: frames in and out, cards asked again, saved scales."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import stiscore as sti
from stiscore import api, frames
from stiscore.errors import ExitCode
from stiscore.framework.locate import shipped_framework
from stiscore.io.frame_json import MAX_BYTES
from stiscore.scorecard import Scorecard
from tests import made, tables

UNITS = ["北京", "天津", "河北"]


@pytest.fixture(scope="module")
def card() -> Scorecard:
    rows: list[list[object]] = [["unit", "share", "papers"]]
    rows += [[unit, 10 * n + 5, n] for n, unit in enumerate(UNITS)]
    return api.evaluate(tables.read(rows), tables.framework())


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return pd.DataFrame({"share": [5.0, None, 25.0], "papers": [0, 1, 2]}, index=UNITS)


def test_a_frame_with_units_in_a_column(frame: pd.DataFrame) -> None:
    plain = frame.rename_axis("unit").reset_index()
    data = sti.Dataset.from_frame(plain, tables.framework())
    assert [u.id for u in data.units] == ["CN-BJ", "CN-TJ", "CN-HE"]
    assert data.ids == ("share", "papers")
    shares, papers = data.values.T  # noqa: PD011 - an array of ours
    assert pd.isna(shares).tolist() == [False, True, False]
    assert papers.tolist() == [0, 1, 2]
    assert list(plain.columns) == ["unit", "share", "papers"]


@pytest.mark.parametrize("name", ["unit", "province", None])
def test_a_frame_with_units_in_the_index(frame: pd.DataFrame, name: str | None) -> None:
    data = sti.Dataset.from_frame(frame.rename_axis(name), tables.framework())
    assert [u.label for u in data.units] == UNITS


def test_a_frame_scores_like_the_file() -> None:
    path = sti.sample("provinces")
    whole = pd.read_excel(path, sheet_name="数据", skiprows=[1], engine="openpyxl")
    read = sti.evaluate(sti.read(path)).scores
    made = sti.evaluate(sti.Dataset.from_frame(whole)).scores
    pd.testing.assert_frame_equal(read, made)


def test_scores_breakdown_gaps_and_findings_are_frames(card: Scorecard) -> None:
    assert card.scores["unit"].tolist() == ["CN-HE", "CN-TJ", "CN-BJ"]
    assert card.scores["rank"].tolist() == [1, 2, 3]
    assert {"area"} <= set(card.scores.columns)
    points = card.breakdown.groupby("unit")["points"].sum()
    assert points.to_dict() == pytest.approx(
        dict(zip(card.scores.unit, card.scores.score, strict=True))
    )
    assert list(card.gaps.columns) == ["unit", "gap", "severity", "rank", "measured", "of"]
    told = frames.findings(card.findings)
    assert list(told.columns) == ["code", "severity", "where", "unit", "message", "help"]
    assert len(told) == len(card.findings)


def test_reweight_is_another_card(card: Scorecard) -> None:
    other = card.reweight({"papers": 3})
    before, after = (c.breakdown.set_index(["unit", "indicator"])["weight"] for c in (card, other))
    assert before["CN-BJ", "papers"] == 0.5
    assert after["CN-BJ", "papers"] == 0.75
    assert other.fitted != card.fitted
    with pytest.raises(sti.UsageError, match="did you mean 'papers'"):
        card.reweight({"paper": 3})


def test_a_card_answers_by_name(card: Scorecard) -> None:
    assert {card.unit_id(u) for u in ("CN-BJ", "北京", "Beijing", "北京市")} == {"CN-BJ"}
    assert card.report_of("天津").units[0].rank == 2
    assert card.explain("北京").group.id == "whole"
    with pytest.raises(sti.UsageError, match="Atlantis"):
        card.explain("Atlantis")


def test_a_card_writes_itself(card: Scorecard, tmp_path: Path) -> None:
    assert json.loads(card.to_json())["schema"] == "stiscore.scorecard/1"
    assert card.to_csv().startswith("unit,label,node")
    assert "北京" in card.to_markdown("zh")
    file = tmp_path / "x.html"
    assert card.to_html(file) in file.read_text("utf-8")
    assert card._repr_html_() == card.to_html()
    with pytest.raises(sti.UsageError):
        card.to_html(file)


def test_a_card_cannot_be_changed(card: Scorecard) -> None:
    with pytest.raises(AttributeError):
        card.framed = True  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        card.evaluated.scores.data.values[0, 0] = 1  # noqa: PD011 - an array of ours


@pytest.mark.parametrize("name", ["provinces", "economies", "full"])
def test_samples_by_name(name: str) -> None:
    assert sti.sample(name).is_file()
    assert ("invented" in sti.sample(name).name) is (name == "full")


def test_no_such_sample() -> None:
    with pytest.raises(sti.UsageError, match="there are: economies, full, provinces"):
        sti.sample("nonsuch")


def test_findings_travel_with_the_error() -> None:
    rows: list[list[object]] = [["unit", "share", "papers"]]
    rows += [["北京", 134, 1], ["天津", "x", 2], ["河北", 20, 3]]
    data = tables.read(rows)
    with pytest.raises(sti.DataInvalid) as error:
        api.evaluate(data, tables.framework())
    told = {f.code for f in error.value.findings}
    assert {"D101", "D203"} <= told
    assert told == {f.code for f in api.validate(data, tables.framework())}
    assert error.value.exit_code is ExitCode.FINDINGS


def test_a_saved_frame_comes_back(card: Scorecard, tmp_path: Path) -> None:
    file = tmp_path / "frame.json"
    sti.save_frame(card.fitted, file)
    assert sti.load_frame(file) == card.fitted
    again = api.evaluate(card.evaluated.scores.data, frame=sti.load_frame(file))
    pd.testing.assert_frame_equal(again.scores, card.scores)
    with pytest.raises(sti.UsageError):
        sti.save_frame(card.fitted, file)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "not json", '{"schema": "other/1"}'])
def test_what_is_no_frame(text: str, tmp_path: Path) -> None:
    file = tmp_path / "frame.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(sti.FrameworkInvalid, match=r"frame\.json error\[F190\]"):
        sti.load_frame(file)


def test_a_frame_with_a_piece_too_much(card: Scorecard, tmp_path: Path) -> None:
    told = json.loads(card.fitted.model_dump_json(by_alias=True))
    file = tmp_path / "frame.json"
    file.write_text(json.dumps({**told, "more": 1}), encoding="utf-8")
    with pytest.raises(sti.FrameworkInvalid, match="more"):
        sti.load_frame(file)


def test_a_frame_too_large_or_missing(tmp_path: Path) -> None:
    file = tmp_path / "frame.json"
    with pytest.raises(sti.UsageError, match=r"frame\.json"):
        sti.load_frame(file)
    file.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(sti.FrameworkInvalid, match=f"{MAX_BYTES:,} bytes"):
        sti.load_frame(file)


def test_every_public_name_is_there() -> None:
    assert set(dir(sti)) == set(sti.__all__)
    assert all(getattr(sti, name) is not None for name in sti.__all__)
    with pytest.raises(AttributeError, match="nonsuch"):
        sti.nonsuch  # noqa: B018


def test_data_read_for_another_framework_are_refused() -> None:
    other = made.framework(made.group("index", [made.leaf("share")]))
    with pytest.raises(sti.UsageError, match="no level 'regional'"):
        sti.evaluate(sti.read(sti.sample("provinces")), other)


def test_a_framework_may_be_named_by_text(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(shipped_framework().read_bytes())
    assert sti.load_framework(str(file)).digest == sti.load_framework().digest
