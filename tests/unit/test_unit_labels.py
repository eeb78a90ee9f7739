"""Label sets: what a report calls units, and that nothing else changes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

import stiscore as sti
from stiscore.errors import UsageError
from stiscore.report import csvout, jsonout, league, markdown, terminal
from stiscore.report.labels import relabelled
from stiscore.report.screen import Screen
from stiscore.units import entries
from stiscore.units.labels import SETS, label_set
from stiscore.words import Lang
from tests import tables

PROVINCES: list[list[object]] = [["省份", "share", "papers"]]
PROVINCES += [["西藏", 10, 4.0], ["广西", 40, 2.5], ["上海市", 20, 1.5]]
ECONOMIES: list[list[object]] = [["economy", "share", "papers"]]
ECONOMIES += [
    ["China", 10, 4.0],
    ["Chinese Taipei", 40, 2.5],
    ["Kosovo", 20, 1.5],
    ["韩国", 25, 3.5],
]
HEAD = "id,label_en,label_zh\n"


@cache
def card(which: str) -> sti.Scorecard:
    return sti.evaluate(tables.read({"p": PROVINCES, "e": ECONOMIES}[which]), tables.framework())


def titles(which: str, name: str, lang: Lang) -> dict[str, str]:
    report = relabelled(card(which).report, label_set(name), lang)
    rows = league.ranks(report, lang).rows
    return {unit.id: row[0] for unit, row in zip(report.units, rows, strict=True)}


@pytest.mark.parametrize(
    ("name", "lang", "told"),
    [
        ("source", "en", ["西藏 Tibet", "广西 Guangxi", "上海市 Shanghai"]),
        ("iso", "en", ["Xizang Zizhiqu", "Guangxi Zhuangzu Zizhiqu", "Shanghai Shi"]),
        ("iso", "zh", ["西藏自治区", "广西壮族自治区", "上海市"]),
        ("cn_official", "zh", ["西藏自治区", "广西壮族自治区", "上海市"]),
        ("cn_official", "en", ["Xizang", "Guangxi", "Shanghai"]),
        ("cn_official", "both", ["西藏自治区 Xizang", "广西壮族自治区 Guangxi", "上海市 Shanghai"]),
        ("worldbank", "zh", ["西藏", "广西", "上海市"]),
    ],
)
def test_provinces_are_called_as_the_set_has_them(name: str, lang: Lang, told: list[str]) -> None:
    met = titles("p", name, lang)
    assert [met[key] for key in ("CN-XZ", "CN-GX", "CN-SH")] == told


@pytest.mark.parametrize(
    ("name", "lang", "told"),
    [
        ("source", "en", ["China", "Chinese Taipei", "Kosovo", "韩国 South Korea"]),
        ("iso", "en", ["China", "Taiwan, Province of China", "Kosovo", "Korea, Republic of"]),
        ("worldbank", "en", ["China", "Taiwan, China", "Kosovo", "Korea, Rep."]),
        ("cn_official", "zh", ["中国", "中国台湾", "Kosovo 科索沃", "韩国"]),
        (
            "worldbank",
            "both",
            ["China 中国", "Taiwan, China 中国台湾", "Kosovo 科索沃", "韩国 Korea, Rep."],
        ),
    ],
)
def test_economies_are_called_as_the_set_has_them(name: str, lang: Lang, told: list[str]) -> None:
    met = titles("e", name, lang)
    assert [met[key] for key in ("CHN", "TWN", "XKX", "KOR")] == told


def test_a_unit_without_a_label_keeps_the_sources_and_it_is_said() -> None:
    report = relabelled(card("e").report, label_set("iso"), "en")
    (finding,) = (f for f in report.findings if f.code == "C320")
    assert str(finding.fields["set"]) == "iso"
    for lang, kept in (("en", "Kosovo"), ("zh", "科索沃"), ("both", "Kosovo")):
        told = league.notes(report, lang)  # type: ignore[arg-type]
        assert any(kept in note for note in told)
    complete = relabelled(card("e").report, label_set("worldbank"), "en")
    assert not any(f.code == "C320" for f in complete.findings)


def test_nothing_but_labels_and_notes_changes() -> None:
    before, after = card("e").report, relabelled(card("e").report, label_set("iso"), "zh")
    plain = [u._replace(label="", name_en="", name_zh="") for u in before.units]
    assert [u._replace(label="", name_en="", name_zh="") for u in after.units] == plain
    assert after.findings[: len(before.findings)] == before.findings
    changed = {"units", "largest_gaps", "labels", "notes", "findings"}
    for field in set(before._fields) - changed:
        assert getattr(before, field) == getattr(after, field), field
    assert relabelled(before, label_set("source"), "en") is before


def test_data_formats_keep_the_language_of_the_source() -> None:
    told = relabelled(card("e").report, label_set("iso"))
    labels = {u["id"]: u["label"] for u in json.loads(jsonout.scorecard(told))["units"]}
    assert labels["KOR"] == "韩国"
    assert labels["TWN"] == "Taiwan, Province of China"
    assert json.loads(jsonout.scorecard(told))["labels"] == "iso"
    assert "Taiwan, Province of China" in csvout.tidy(told)


@pytest.mark.parametrize("name", SETS[1:])
def test_every_set_has_a_note_in_both_languages_and_no_country(name: str) -> None:
    held = label_set(name)
    assert held.note is not None
    known = {e.id for kind in ("province", "economy") for e in entries(kind, beside=True)}
    assert set(held.labels) <= known
    assert all(label.en and label.zh for label in held.labels.values())
    for key in ("HKG", "MAC", "TWN"):
        told = held.label(key)
        assert told is not None
        assert told.zh.startswith("中国")


def own(folder: Path, text: str, encoding: str = "utf-8") -> str:
    file = folder / "own.csv"
    file.write_bytes((HEAD + text).encode(encoding))
    return str(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_of_ones_own_names_what_it_lists(tmp_path: Path, encoding: str) -> None:
    held = label_set(own(tmp_path, "CHN,PRC,我国\nKOR,,南方\n\n", encoding))
    assert held.name == "own.csv"
    assert held.label("CHN") == ("PRC", "我国")
    assert held.label("KOR") == ("南方", "南方")
    assert held.label("TWN") is None
    report = relabelled(card("e").report, held, "zh")
    assert "own.csv" in " ".join(league.notes(report, "zh"))
    assert "我国" in terminal.ranking(report, Screen("zh", 100))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CHN,a,b\nCHN,c,d\n", "U121"),
        ("CHN,,\n", "U122"),
        (",a,b\n", "U122"),
        ("CHN\n", "U122"),
        ("CHN,a,b,c\n", "U122"),
    ],
)
def test_a_row_that_is_no_label_is_refused_with_its_line(
    tmp_path: Path, text: str, code: str
) -> None:
    with pytest.raises(UsageError, match=rf"own\.csv:[23] error\[{code}\]"):
        label_set(own(tmp_path, text))


def test_what_is_no_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"U101.*did you mean 'iso'"):
        label_set("isoo")
    with pytest.raises(UsageError, match="U107"):
        label_set(str(tmp_path / "absent.csv"))
    (tmp_path / "b.csv").write_text("name,label\nCHN,x\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"U120.*name,label"):
        label_set(str(tmp_path / "b.csv"))
    (tmp_path / "c.csv").write_bytes(b"\xff\xfe\x00\x81\x30")
    with pytest.raises(UsageError, match="U120"):
        label_set(str(tmp_path / "c.csv"))
    (tmp_path / "d.csv").write_bytes(HEAD.encode() + b"x" * 1_000_001)
    with pytest.raises(UsageError, match="U120"):
        label_set(str(tmp_path / "d.csv"))


def test_a_label_cannot_steer_what_shows_it(tmp_path: Path) -> None:
    hostile = "=1+1|[x](javascript:y)<script>\x1b[31m"
    held = label_set(own(tmp_path, f"CHN,{hostile},{hostile}\n"))
    report = relabelled(card("e").report, held, "en")
    assert "\x1b" not in terminal.ranking(report, Screen("en", 200))
    assert "\\[x\\]" in markdown.ranking(report, "en")
    assert "'=1+1" in csvout.tidy(relabelled(card("e").report, held))
