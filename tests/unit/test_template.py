"""The blank workbook: what may be typed into it, and that it is read back as it was filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from stiscore import api
from stiscore.cli.app import app
from stiscore.errors import DataInvalid
from stiscore.finding import Finding, Severity
from stiscore.framework.imprint import imprint
from stiscore.framework.model import Framework, Group, Indicator
from stiscore.framework.override import with_methods, with_weights
from stiscore.report.template import Plan, blank_workbook, chosen, unit_label
from stiscore.report.template.figures import below_one_occurs, figure_rule
from stiscore.units.registry import entries, find
from stiscore.words import Lang
from stiscore.words.template import HEADS, QUESTIONS, SHEETS
from tests.filled import (
    UNITS,
    fill_coding,
    fill_figures,
    fill_questionnaire,
    first_row,
    opened,
    plan,
    read_back,
    shipped,
)

LANGS: tuple[Lang, ...] = ("en", "zh", "both")
LEVELS = ("regional", "national")


def rule_of(sheet: Worksheet, cell: str) -> DataValidation:
    """The one rule that holds for a cell."""
    rules: list[DataValidation] = list(sheet.data_validations.dataValidation)
    (rule,) = (r for r in rules if cell in r.sqref)
    return rule


def accepts(rule: DataValidation, cell: str, value: float) -> bool:
    """What a spreadsheet would say to a value: the rule's own formula, worked out."""
    if rule.type == "decimal":
        low, high = float(rule.formula1 or 0), float(rule.formula2 or 0)
        return {
            "between": low <= value <= high,
            "greaterThanOrEqual": value >= low,
            "lessThanOrEqual": value <= low,
        }[rule.operator or "between"]
    assert rule.type == "custom"
    text = str(rule.formula1).replace(cell, f"({value!r})")
    text = re.sub(r"\b(AND|OR)\(", r"\1_(", text).replace("ISNUMBER", "is_number")
    known: dict[str, Any] = {
        "AND_": lambda *parts: all(parts),
        "OR_": lambda *parts: any(parts),
        "is_number": lambda _: True,
        "__builtins__": {},
    }
    return bool(eval(text, known))  # noqa: S307 - a formula of our own


def indicator(name: str) -> Indicator:
    return next(i for i in shipped().indicators if i.id == name)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("counted", [False, True])
def test_filled_in_as_told_it_reads_back_without_a_finding(
    tmp_path: Path, level: str, lang: Lang, counted: bool
) -> None:
    made = plan(level, lang, year=2024 if lang == "zh" else None)
    book = opened(made)
    fill_figures(book, made, counted=not counted)
    if counted:
        fill_questionnaire(book, made)
        fill_coding(book, made)
    data = read_back(book, made, tmp_path)
    assert api.validate(data, made.framework) == ()
    assert data.level == level
    assert set(data.ids) == {i.id for i in made.indicators}
    assert [u.id for u in data.units] == [find_id(name) for name in UNITS[level]]
    assert set(data.periods) == {"2024" if lang == "zh" else None}
    assert (
        len(data.collected) == (6 * sum(i.collect is not None for i in made.indicators)) * counted
    )


def find_id(name: str) -> str:
    entry = find(name)
    assert entry is not None
    return entry.id


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_comes_back_from_the_cell_it_was_typed_into(
    tmp_path: Path, lang: Lang
) -> None:
    made = plan("regional", lang)
    book = opened(made)
    fill_figures(book, made, counted=True)
    data = read_back(book, made, tmp_path)
    sheet = book[made.sheet("data")]
    for row in range(len(data.units)):
        for column in range(len(data.columns)):
            where = data.location(row, column)
            assert where.sheet == sheet.title
            assert where.cell is not None
            assert sheet[where.cell].value == data.values[row, column]


def test_the_same_plan_gives_the_same_bytes() -> None:
    made = plan("regional", "both", year=2024, date="2025-03-31")
    assert blank_workbook(made) == blank_workbook(made)
    assert b"2025-03-31" not in blank_workbook(plan("regional", "both"))


@pytest.mark.parametrize("lang", LANGS)
def test_there_is_a_sheet_for_everything(lang: Lang) -> None:
    book = opened(plan("regional", lang))
    assert book.sheetnames == [words.say(lang) for words in SHEETS.values()]
    without = opened(plan("regional", lang, indicators="trade_gdp"))
    assert SHEETS["coding"].say(lang) not in without.sheetnames
    assert SHEETS["questionnaire"].say(lang) not in without.sheetnames


@pytest.mark.parametrize("level", LEVELS)
def test_heads_are_locked_and_cells_to_fill_in_are_not(level: str) -> None:
    made = plan(level)
    book = opened(made)
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet["A1"].protection.locked
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
    data = book["data"]
    first, wide = first_row(made), 2 + len(made.indicators)
    assert data.freeze_panes == f"C{first}"
    assert data.print_title_rows == f"$1:${first - 1}"
    for row in range(1, first + len(made.units)):
        locked = {data.cell(row, c).protection.locked for c in range(1, wide + 1)}
        assert locked == {row < first}
    for name in ("coding", "questionnaire", "sources"):
        unlocked = book[name].column_dimensions["C"].protection
        assert not unlocked.locked


@pytest.mark.parametrize("level", LEVELS)
def test_figures_are_held_to_their_bounds_and_shares_are_no_fractions(level: str) -> None:
    made = plan(level)
    for each in made.indicators:
        rule, (low, high) = figure_rule(each, made, "C4"), made.framework.bounds(each, level)
        scale = each.levels[level]
        for end in (*(scale.goalposts or ()), *(scale.plausible or ())):
            small = 0 < end < 1 and each.measured_in == "%"
            assert accepts(rule, "C4", end) != small, (each.id, end)
            # Where the framework itself knows such shares, they may still be typed.
            assert not small or rule.errorStyle == "warning", (each.id, end)
        assert low is None or not accepts(rule, "C4", low - 1)
        assert high is None or not accepts(rule, "C4", high + 1)
        if each.measured_in == "%":
            assert not accepts(rule, "C4", 0.125)
            assert rule.errorStyle == ("warning" if below_one_occurs(each, level) else "stop")


def test_where_small_shares_occur_a_fraction_is_asked_about() -> None:
    asked = {i.id for i in shipped().at_level("regional") if below_one_occurs(i, "regional")}
    assert "gerd_abroad_share" in asked
    assert "iso_secretariat_share" in asked
    assert asked.isdisjoint({"intl_copublication_share", "policy_clarity_share"})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("level", LEVELS)
def test_hints_say_the_measurement_and_fit_where_they_are_shown(level: str, lang: Lang) -> None:
    made = plan(level, lang)
    book = opened(made)
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            told = (rule.promptTitle, rule.errorTitle, rule.prompt, rule.error)
            most = (32, 32, 255, 255)
            assert all(text and len(text) <= n for text, n in zip(told, most, strict=True))
            assert not any(text.endswith("…") for text in (rule.prompt, rule.error))
            assert rule.showInputMessage
            assert rule.showErrorMessage
    data = book[made.sheet("data")]
    for column, each in enumerate(made.indicators, start=3):
        prompt = rule_of(data, data.cell(first_row(made), column).coordinate).prompt
        assert ("12.5" in str(prompt)) == (each.measured_in == "%")
        assert data.cell(first_row(made), column).number_format == "0.0##"


@pytest.mark.parametrize("lang", LANGS)
def test_units_and_answers_are_chosen_from_lists(lang: Lang) -> None:
    made = plan("regional", lang)
    book = opened(made)
    units = book[made.sheet("units")]
    rule = rule_of(book[made.sheet("data")], f"B{first_row(made)}")
    assert rule.type == "list"
    assert rule.formula1 == f"'{units.title}'!$B$2:$B$7"
    shown = [units.cell(row, 2).value for row in range(2, 8)]
    assert shown == [unit_label(unit, lang) for unit in made.units]
    coding = book[made.sheet("coding")]
    answers = [r for r in coding.data_validations.dataValidation if r.formula1.startswith('"')]
    assert len(answers) == 3 * len(QUESTIONS)
    assert {r.formula1 for r in answers} == {'"是,否"' if lang == "zh" else '"yes,no"'}
    asked = rule_of(book[made.sheet("questionnaire")], "B900").formula1
    names = made.collected("questionnaire")
    assert asked == f"'{units.title}'!$E$2:$E${len(names) + 1}"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("registry", ["province", "economy"])
def test_every_unit_to_choose_is_found_again(registry: str, lang: Lang) -> None:
    lost = [e.id for e in entries(registry) if find(unit_label(e, lang)) != e]
    assert lost == []


def test_definitions_say_what_the_framework_says() -> None:
    made = plan("regional")
    sheet = opened(made)["definitions"]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert list(rows) == [i.id for i in made.indicators]
    told = dict(zip(HEADS["definitions"], rows["policy_clarity_share"], strict=True))
    assert told["bounds"] == "0 to 100"
    assert told["direction"] == "more is better"
    for question in ("responsible_body", "deadline", "budget", "in_force"):
        assert QUESTIONS[question].en in str(told["collect"])
    assert dict(zip(HEADS["definitions"], rows["joint_lab_density"], strict=True))["bounds"] == (
        "0 to no limit"
    )


def test_what_it_is_made_for_stands_in_it() -> None:
    made = plan("national", "zh", date="2025-03-31")
    told = {row[0]: row[2] for row in opened(made)["填写说明"].iter_rows(values_only=True)}
    assert told["schema"] == "stiscore.template/1"
    assert told["framework_sha256"] == made.framework.digest
    assert told["imprint"] == imprint(made.framework, "national")
    assert (told["level"], told["language"], told["date"]) == ("national", "zh", "2025-03-31")
    assert "date" not in {row[0] for row in opened(plan())["about"].iter_rows(values_only=True)}


def test_text_of_a_framework_is_never_a_formula() -> None:
    model = shipped().model_copy(update={"version": "=1+1"})
    sheet = opened(plan(framework=model))["about"]
    cell = next(row[2] for row in sheet.iter_rows() if row[0].value == "framework_version")
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_missing_indicators_are_those_without_known_figures() -> None:
    missing = {i.id for i in chosen(shipped(), "regional", "missing")}
    assert {"policy_clarity_share", "inbound_students_per_1000"} <= missing
    assert missing.isdisjoint({"trade_gdp", "gerd_abroad_share"})
    assert "inbound_students_per_1000" not in {
        i.id for i in chosen(shipped(), "national", "missing")
    }


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_one_is_told_in_one_finding(tmp_path: Path, lang: Lang) -> None:
    made = plan("regional", lang)
    with pytest.raises(DataInvalid) as caught:
        read_back(opened(made), made, tmp_path)
    (finding,) = caught.value.findings
    assert finding.code == "L140"


def test_faulty_answers_alone_are_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    made = plan()
    book = opened(made)
    book["questionnaire"].cell(2, 3).value = 5
    with pytest.raises(DataInvalid) as caught:
        read_back(book, made, tmp_path)
    assert [f.code for f in caught.value.findings] == ["D129"]


def test_what_is_not_filled_in_is_left_out_with_a_note(tmp_path: Path) -> None:
    made = plan()
    book = opened(made)
    column = 3 + [i.id for i in made.indicators].index("trade_gdp")
    for row in range(5):
        book["data"].cell(4 + row, column).value = 10.0 + row
    data = read_back(book, made, tmp_path)
    assert data.ids == ("trade_gdp",)
    assert [u.name_en for u in data.units] == [
        "Beijing",
        "Shanghai",
        "Guangdong",
        "Fujian",
        "Guizhou",
    ]
    told = {f.code: f for f in data.source.notes}
    assert set(told) == {"L143", "L144"}
    assert told["L143"].fields["count"] == len(made.indicators) - 1
    assert told["L144"].fields["units"] == "Shaanxi 陕西"
    assert {f.severity for f in told.values()} == {Severity.NOTE}


def notes(folder: Path, made: Plan, now: Framework, code: str) -> list[Finding]:
    """The findings of ``code`` when a template of one framework is read with another."""
    book = opened(made)
    fill_figures(book, made, counted=True)
    data = read_back(book, made, folder, now)
    return [f for f in data.source.notes if f.code == code]


def test_a_stale_one_is_noticed_with_what_changed(tmp_path: Path) -> None:
    old = shipped()
    children = tuple(
        area.model_copy(
            update={"children": tuple(c for c in area.children if c.id != "policy_outreach_share")}
        )
        for area in old.index.children
        if isinstance(area, Group)
    )
    index = old.index.model_copy(update={"children": children})
    less = Framework.model_validate_json(
        old.model_copy(update={"index": index, "version": "0.0.9"}).model_dump_json(by_alias=True)
    )
    (finding,) = notes(tmp_path, plan(framework=less), old, "L141")
    assert finding.severity is Severity.WARNING
    assert finding.fields["appeared"] == "policy_outreach_share"
    assert "0.0.9" in str(finding.fields["then"])
    (finding,) = notes(tmp_path, plan(), less, "L141")
    assert finding.fields["gone"] == "policy_outreach_share"


def test_other_weights_and_methods_make_none_stale(tmp_path: Path) -> None:
    other = with_methods(with_weights(shipped(), {"foreign_talent": 2.0}), ["aggregate=geometric"])
    assert other.digest != shipped().digest
    assert notes(tmp_path, plan(), other, "L141") == []


def test_one_of_another_level_is_noticed(tmp_path: Path) -> None:
    made = plan("regional", units=UNITS["national"], indicators="trade_gdp")
    (finding,) = notes(tmp_path, made, shipped(), "L142")
    assert (finding.fields["then"], finding.fields["level"]) == ("regional", "national")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["template", *arguments])


def test_the_command_writes_what_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    done = run("-o", str(path), "--units", "east", "--lang", "zh", "--indicators", "missing")
    assert done.exit_code == 0, done.output
    assert "10个省" in done.output
    assert load_workbook(path)["数据"].max_row == 13
    assert run("-o", str(path)).exit_code == 2
    assert run("-o", str(path), "--force", "-u", "CHN", "-u", "瑞典").exit_code == 0
    assert [row[0].value for row in load_workbook(path)["data"].iter_rows(min_row=4)] == [
        "CHN",
        "SWE",
    ]


def test_units_may_stand_in_a_file(tmp_path: Path) -> None:
    names, path = tmp_path / "units.csv", tmp_path / "t.xlsx"
    names.write_text("省份\n北京\n上海\n", encoding="utf-8")
    assert run("-o", str(path), "--units", str(names)).exit_code == 0
    assert load_workbook(path)["units"]["A3"].value == "CN-SH"
    names.write_text("北京\nAtlantis\n", encoding="utf-8")
    done = run("-o", str(path), "--force", "--units", str(names))
    assert (done.exit_code, "Atlantis" in done.output) == (2, True)


@pytest.mark.parametrize(
    "wrong",
    [
        ["-u", "Atlantis"],
        ["-u", "CHN", "--level", "regional"],
        ["--units", "nowhere"],
        ["--indicators", "trade_gdpp"],
        ["--indicators", ","],
        ["--level", "galaxy"],
        ["--date", "31.3.2025"],
    ],
)
def test_what_does_not_exist_is_a_usage_error_and_nothing_is_written(
    tmp_path: Path, wrong: list[str]
) -> None:
    path = tmp_path / "t.xlsx"
    done = run("-o", str(path), *wrong)
    assert done.exit_code == 2, done.output
    assert not path.exists()


def test_a_csv_is_no_workbook(tmp_path: Path) -> None:
    assert run("-o", str(tmp_path / "t.csv")).exit_code == 2
