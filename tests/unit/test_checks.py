from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from stiscore.checks import RULES, check
from stiscore.dataset import Dataset
from stiscore.errors import Location
from stiscore.finding import Finding, Findings, Severity
from stiscore.framework.model import Framework
from stiscore.io.grid import CellKind
from stiscore.io.read import interpret
from stiscore.pipeline import denominate
from stiscore.words.faults import SAYINGS, collected, found, line, tell
from tests.tables import PROVINCES, book, framework, indicator, read, sheet


def table(values: Sequence[object], header: str = "share") -> list[list[object]]:
    names = [*PROVINCES, "上海", "江苏", "浙江", "安徽"]
    return [["省份", header], *[[n, v] for n, v in zip(names, values, strict=False)]]


def checked(data: Dataset, model: Framework | None = None) -> Findings:
    model = model or framework()
    return check(model, denominate(model, data))


def only(findings: Findings, code: str) -> Finding:
    """The one finding there is."""
    assert [f.code for f in findings] == [code]
    return findings[0]


def test_sound_data_has_no_findings() -> None:
    assert checked(read(table([10, 20, 30, 40]))) == ()


def test_a_share_above_100_reads_as_the_surface_says() -> None:
    data = read(table([10, 134, 30, 40], "share（%）"))
    finding = only(checked(data), "D203")
    assert line(finding, "en") == (
        "d.xlsx [data] B3 error[D203] 134 is above the upper bound 100 of share (%)"
    )
    assert finding.unit == "天津 Tianjin"
    assert tell(finding, "en").remedy == (
        "A share cannot exceed 100 %. Check for a count, a per-mille value "
        "or a typed digit too many (13.4?)."
    )
    assert tell(finding, "zh").what == "134高于share的上限100（%）"
    assert tell(finding, "both").remedy.count("13.4") == 2


def test_other_bounds_have_other_remedies() -> None:
    data = read(table([0.1, 1.5, 2000000000, 0.2], "index"))
    remedies = [tell(f, "en").remedy for f in checked(data) if f.code == "D203"]
    assert remedies == [
        (
            "No value of this indicator can exceed 1. Check the measurement "
            "or a typed digit too many (0.15?)."
        ),
        "No value of this indicator can exceed 1. Check the measurement.",
    ]


def test_a_value_below_its_bound() -> None:
    finding = only(checked(read(table([10, -1, 30, 40]))), "D202")
    assert tell(finding, "en").what == "-1 is below the lower bound 0 of share (%)"


def test_an_implausible_value_is_a_warning_and_an_impossible_one_is_told_once() -> None:
    findings = checked(read(table([10, 90, 200, 40])))
    assert [(f.code, f.severity) for f in findings] == [
        ("D204", Severity.WARNING),
        ("D203", Severity.ERROR),
    ]
    assert "90 is outside the plausible range 0 to 80" in tell(findings[0], "en").what


def test_a_converted_value_is_told_as_typed() -> None:
    findings = checked(read(table([10, 1340, 300, 40], "share（‰）")))
    assert [f.code for f in findings] == ["L110", "D203"]
    assert tell(findings[1], "en").what.startswith("1340 ‰ (= 134) is above the upper bound 100")


def test_a_ten_thousandfold_slip_of_measurement_is_caught() -> None:
    derive = {"numerators": ["trade"], "denominators": ["gdp"], "factor": 100}
    model = framework(indicator("open", derive=derive))
    rows = [["省份", "trade（亿元）", "gdp（万元）"], ["北京", 50.0, 100.0], ["天津", 30.0, 100.0]]
    findings = checked(read(rows, model), model)
    slips = [f for f in findings if f.code == "D204"]
    assert [str(f.location) for f in slips] == ["d.xlsx [data] B2", "d.xlsx [data] B3"]


def test_a_per_cent_column_of_fractions_is_named() -> None:
    finding = only(checked(read(table([0.1, 0.2, 0.3, 1.0]))), "D205")
    assert (finding.severity, str(finding.location)) == (Severity.WARNING, "d.xlsx [data] B1")
    assert finding.fields["column"] == "share"


@pytest.mark.parametrize("values", [[0.1, 0.2, 1.1], [0.1, 0.2], [0.0, 0.0, 0.0], [-0.1, 0.2, 0.3]])
def test_other_small_values_are_no_fractions(values: list[object]) -> None:
    assert "D205" not in {f.code for f in checked(read(table(values)))}


def test_fractions_are_expected_where_the_scale_ends_below_one() -> None:
    scale = {"goalposts": [0, 0.5], "basis": "judgement"}
    model = framework(indicator("share", levels={"regional": scale}))
    assert checked(read(table([0.1, 0.2, 0.3, 0.4]), model), model) == ()


@pytest.mark.parametrize(
    ("kind", "code", "shown"),
    [
        (CellKind.ERROR, "D102", "the cell holds the error #X, in share"),
        (CellKind.NO_VALUE, "D103", "the formula's result was never saved, in share: #X"),
        (CellKind.BOOLEAN, "D101", "'#X' is not a number, in share"),
        (CellKind.TEXT, "D101", "'#X' is not a number, in share"),
    ],
)
def test_cells_that_hold_no_number(kind: CellKind, code: str, shown: str) -> None:
    grid = sheet(table([10, 20, 30, "#X"]))
    kinds = grid.kinds.copy()
    kinds[4, 1] = kind
    finding = only(checked(interpret(book(replace(grid, kinds=kinds)), framework())), code)
    assert tell(finding, "en").what == shown
    assert (str(finding.location), finding.unit) == ("d.xlsx [data] B5", "山西 Shanxi")


def test_a_flag_behind_a_number_is_a_note() -> None:
    finding = only(checked(read(table([10, 20, 30, "12.5 p"]))), "D104")
    assert finding.severity is Severity.NOTE
    assert "'12.5 p' was read as 12.5" in tell(finding, "en").what


def test_a_long_text_is_cut() -> None:
    finding = only(checked(read(table([10, 20, 30, "=" + "A" * 500]))), "D101")
    assert len(str(finding.fields["value"])) < 100


def test_a_unit_twice_names_both_cells() -> None:
    rows = [["地区", "share"], ["北京", 10], ["天津", 20], ["Beijing", 30]]
    finding = only(checked(read(rows)), "D301")
    assert str(finding.location) == "d.xlsx [data] A4"
    assert tell(finding, "en").what == "unit 'Beijing' stands twice; first in d.xlsx [data] A2"


def test_a_unit_in_two_years_is_no_unit_twice() -> None:
    rows = [
        ["地区", "年份", "share"],
        ["北京", 2021, 10],
        ["北京", 2022, 20],
        ["北京", "2022年", 30],
    ]
    findings = checked(read(rows))
    assert [f.code for f in findings] == ["L105", "D301"]
    assert "twice (2022)" in tell(findings[1], "en").what
    assert "The latest, 2022" in tell(findings[0], "en").remedy


def test_rows_that_are_no_units() -> None:
    rows = [["地区", "share"], ["全国", 15], ["北京", 10], ["Beijng", 20], ["", 30], ["天津", 20]]
    findings = checked(read(rows))
    assert [(f.code, str(f.location)) for f in findings] == [
        ("D304", "d.xlsx [data] A2"),
        ("D302", "d.xlsx [data] A4"),
        ("D303", "d.xlsx [data] A5"),
    ]
    assert tell(findings[1], "en").remedy.startswith("Did you mean 北京 Beijing? ")
    assert tell(findings[1], "zh").remedy.startswith("是否指北京 Beijing？")


def test_an_unknown_unit_like_nothing_has_a_remedy_without_a_guess() -> None:
    rows = [["地区", "share"], ["Qwertyuiop", 10], ["北京", 20], ["天津", 30]]
    assert tell(only(checked(read(rows)), "D302"), "en").remedy.startswith("Correct the name")


def test_rows_of_another_level_left_out_by_choice() -> None:
    rows = [["unit", "share"], ["北京", 10], ["Sweden", 20], ["天津", 30]]
    assert only(checked(read(rows, level="regional")), "D305").severity is Severity.NOTE


def test_columns_unknown_and_meant_twice() -> None:
    rows = [["省份", "share", "shore name", "share名称"], ["北京", 10, 1, 2], ["天津", 20, 1, 2]]
    findings = checked(read(rows))
    assert [f.code for f in findings] == ["L106", "L107"]
    assert "Did you mean share name?" in tell(findings[0], "en").remedy
    assert tell(findings[1], "en").what == (
        "column 'share名称' means share, which column 'share' already holds"
    )


def test_measurements_not_understood_silence_the_rules_that_need_them() -> None:
    findings = checked(read(table([10, 1e9, None, None, None], "share（furlongs）")))
    finding = only(findings, "L109")
    assert str(finding.location) == "d.xlsx [data] B1"
    assert "share is wanted in %, and 'furlongs' is unknown" in tell(finding, "en").what


def test_an_amount_without_measurement_is_a_warning() -> None:
    data = read([["省份", "gdp", "trade（亿元）"], ["北京", 1, 2]])
    assert [(f.code, f.fields["column"]) for f in checked(data)] == [
        ("L111", "gdp"),
        ("L110", "trade"),
    ]


def test_an_indicator_of_another_level() -> None:
    scale = {"goalposts": [0, 1], "basis": "judgement"}
    model = framework(indicator("share"), indicator("abroad", levels={"national": scale}))
    rows = [["省份", "share", "abroad"], ["北京", 10, 1], ["天津", 20, 1]]
    assert only(checked(read(rows, model), model), "L112").fields["column"] == "abroad"


def test_a_thin_column() -> None:
    finding = only(checked(read(table([10, 20, None, "..", None]))), "C302")
    wanted = "only 2 of 5 units have a value of share (40.0%; at least 65% are needed)"
    assert wanted in tell(finding, "en").what


@pytest.mark.parametrize(
    ("normalise", "severity"), [("goalposts", Severity.NOTE), ("min-max", Severity.ERROR)]
)
def test_a_constant_column(normalise: str, severity: Severity) -> None:
    model = framework(method={"normalise": {"id": normalise}})
    finding = only(checked(read(table([20, 20, 20]), model), model), "C303")
    assert finding.severity is severity


def test_context_columns_may_be_thin_and_constant() -> None:
    data = read([["省份", "share", "fiscal"], ["北京", 10, 5], ["天津", 20, 5], ["河北", 30, None]])
    assert checked(data) == ()


@pytest.mark.parametrize("denominated", [True, False])
def test_a_denominator_of_zero_is_told_at_its_cell(*, denominated: bool) -> None:
    derive = {"numerators": ["trade"], "denominators": ["gdp"], "factor": 100}
    model = framework(indicator("open", derive=derive))
    rows = [
        ["省份", "trade（万元）", "gdp（万元）"],
        ["北京", 5, 0],
        ["天津", 5, 50],
        ["河北", "", 0],
    ]
    data = read(rows, model)
    findings = check(model, denominate(model, data) if denominated else data)
    zeros = [f for f in findings if f.code == "D310"]
    assert [str(f.location) for f in zeros] == ["d.xlsx [data] C2"]
    assert (
        "open name (open) cannot be computed: its denominator gdp（万元） is zero"
        in tell(zeros[0], "en").what
    )


def test_findings_come_in_the_order_of_their_places() -> None:
    rows = [
        ["省份", "papers", "share", "odd"],
        ["北京", "x", 200, 1],
        ["天津", 1, "y", 1],
        ["Atlantis", 1, 1, 1],
    ]
    places = [str(f.location).split()[-1] for f in checked(read(rows))]
    assert places[:5] == ["B1", "C1", "D1", "B2", "C2"]
    assert places[5:] == ["C3", "A4"]


def test_a_fault_repeated_down_a_column_is_one_message() -> None:
    findings = checked(read(table(["x"] * 8)))
    assert [str(f.location) for f in findings.joined() if f.code == "D101"] == [
        "d.xlsx [data] B2:B9"
    ]


def test_what_the_reader_noted_stands_first() -> None:
    data = read(table([10, 20, 134]))
    note = found("R116", Location("d.xlsx", "data"))
    noted = replace(data, source=replace(data.source, notes=(note,)))
    assert [f.code for f in checked(noted)] == ["R116", "D203"]


def test_every_rule_has_words_and_needs_codes_that_exist() -> None:
    codes = [code for rule in RULES for code in rule.codes]
    assert len(codes) == len(set(codes))
    assert set(codes) <= SAYINGS.keys()
    seen: set[str] = set()
    for rule in RULES:
        assert set(rule.needs) <= seen
        seen |= set(rule.codes)


# L115 is met when a saved frame is put to other data.
READING = {
    *("L101", "L102", "L103", "L104", "L108", "L113", "L114", "L115"),
    # What --tolerate sets aside is told after all rules are through.
    *("D110", "D111"),
    *("D112", "D208", "D209", "D210", "D306", "D307"),
    *("L116", "L117", "L118", "L119", "L120", "L121", "L122", "L125", "L126"),
}


def test_every_code_of_these_families_belongs_to_a_rule_or_to_reading() -> None:
    codes = {code for rule in RULES for code in rule.codes} | READING
    own = {c for c in SAYINGS if c[0] in "LD"} - collected.SAYINGS.keys()
    assert own | {"C302", "C303", "C310"} == codes


@pytest.mark.parametrize(
    "code", sorted(c for c in SAYINGS if c[0] in "LD" or c in {"C302", "C303"})
)
def test_both_languages_ask_for_the_same_figures(code: str) -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)", text))

    for words in (SAYINGS[code].title, SAYINGS[code].message):
        assert places(words.en) == places(words.zh)
        assert re.search(r"[\u4e00-\u9fff]", words.zh)


def test_a_large_clean_table_is_checked_without_a_look_at_every_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[Any] = []
    monkeypatch.setattr(Dataset, "location", lambda *place: looked.append(place))
    assert checked(read(table([10, 20, 30, 40]))) == ()
    assert looked == []
