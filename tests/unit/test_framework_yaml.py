"""Reading frameworks: what YAML may hold, what is refused, and where faults are said to stand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.errors import FrameworkInvalid, InputRefused, UsageError
from stiscore.finding import Finding
from stiscore.io.framework_yaml import check_framework, load_framework, parse_framework
from stiscore.io.schema_faults import allowed_keys, in_file
from stiscore.io.yaml_guard import MOST_FAULTS, FastParsing, PureParsing
from stiscore.io.yaml_tree import read_tree
from stiscore.words.faults import tell
from tests.unit.small_framework import SMALL, damaged

PARSERS = pytest.mark.parametrize("parser", [FastParsing, PureParsing])


def refused(text: str | bytes, parser: type = FastParsing) -> list[Finding]:
    with pytest.raises(FrameworkInvalid) as caught:
        read_tree(text, "f.yaml", parser)
    return [f for f in caught.value.findings if isinstance(f, Finding)]


def faults_of(text: str) -> list[Finding]:
    with pytest.raises(FrameworkInvalid) as caught:
        parse_framework(text, "f.yaml")
    return [f for f in caught.value.findings if isinstance(f, Finding)]


def told(text: str) -> list[str]:
    return [f"{f.location} {f.code} {tell(f, 'en').what}" for f in faults_of(text)]


@PARSERS
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("+7", 7),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("2022-01-01", "2022-01-01"),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-2.", -2.0),
        ("0.1.0", "0.1.0"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("=", "="),
    ],
)
def test_scalars_are_those_of_yaml_1_2(parser: type, text: str, value: object) -> None:
    read = read_tree(f"a: {text}", "f.yaml", parser).value["a"]
    assert (type(read), read) == (type(value), value)


@PARSERS
def test_keys_stay_text(parser: type) -> None:
    assert read_tree("{on: 1, 2022: 2, null: 3}", "f", parser).value == {
        "on": 1,
        "2022": 2,
        "null": 3,
    }


@PARSERS
@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\nb: {c: *x}", "F102", "f.yaml:2:8"),
        ("a: &x 1", "F102", "f.yaml:1:4"),
        ("a: !!python/name:os.system ''", "F102", "f.yaml:1:4"),
        ("a: ! b", "F102", "f.yaml:1:4"),
        ("base: 1\n<<: {a: 1}", "F102", "f.yaml:2:1"),
        ("a: 1\nb: 2\na: 3", "F103", "f.yaml:3:1"),
        ("a: .inf", "F110", "f.yaml:1:4"),
        ("a: -.INF", "F110", "f.yaml:1:4"),
        ("a: .NaN", "F110", "f.yaml:1:4"),
        ("a: 1e999", "F110", "f.yaml:1:4"),
        ("a: " + "9" * 5000, "F110", "f.yaml:1:4"),
        ("a: [1, 2", "F101", None),
        ("a: b: c", "F101", "f.yaml:1:5"),
        ("a: 1\n---\nb: 2", "F101", "f.yaml:2:1"),
        ("? [a]\n: 1", "F101", "f.yaml:1:3"),
        ("", "F101", "f.yaml"),
        ("a: 1\nb: \x07", "F101", "f.yaml:2:4"),
        ("[" * 60 + "]" * 60, "F108", "f.yaml:1:51"),
        ("[" * 900_000, "F108", "f.yaml:1:51"),
        ("? " * 400_000, "F108", None),
        ("- " * 400_000, "F108", None),
    ],
)
def test_what_yaml_may_not_do(parser: type, text: str, code: str, place: str | None) -> None:
    (fault,) = refused(text, parser)
    assert fault.code == code
    if place is not None:
        assert str(fault.location) == place


def test_fifty_levels_are_allowed() -> None:
    assert read_tree("[" * 50 + "]" * 50, "f").value


def test_size_and_encoding() -> None:
    assert refused(b"a: '" + b"x" * 1_000_000 + b"'")[0].code == "F107"
    assert refused("名".encode("gb18030"))[0].code == "F109"
    assert refused("a: '\ud800'")[0].code == "F109"
    assert read_tree("\ufeffa: 1".encode(), "f").value == {"a": 1}


def test_a_flood_of_faults_is_cut() -> None:
    faults = refused("a: 1\n" * 150_000)
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1].code == "F119"
    assert faults[-1].fields["more"] == 149_999 - MOST_FAULTS


def test_a_flood_of_wrong_values_is_cut() -> None:
    faults = faults_of(damaged(("aliases: [境外比例]", f"aliases: [{'1, ' * 9999}1]")))
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1].fields["more"] == 10_000 - MOST_FAULTS


def test_a_fault_carries_its_line() -> None:
    (fault,) = refused("a: 1\n  \t\nb: .nan # here")
    assert fault.fields["source_line"] == "b: .nan # here"


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")), max_size=12),
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(
            st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=6),
            below,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_json_reads_as_json(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    for parser in (FastParsing, PureParsing):
        read = read_tree(text, "f", parser).value
        assert json.dumps(read, sort_keys=True) == json.dumps(value, sort_keys=True)


def test_the_small_framework_is_sound() -> None:
    assert [node.id for node in parse_framework(SMALL).indicators] == ["share", "days"]


def test_a_misspelt_key_is_one_fault() -> None:
    text = damaged(("      measured_in: '%'", "      measured_inn: '%'"))
    assert told(text) == [
        "f.yaml:25:7 F104 unknown key 'measured_inn' in share; did you mean 'measured_in'?"
    ]


def test_a_misspelt_optional_key_is_explained_too() -> None:
    text = damaged(("      aliases: [境外比例]", "      alias: [境外比例]"))
    assert told(text) == ["f.yaml:32:7 F104 unknown key 'alias' in share; did you mean 'aliases'?"]


def test_misspelt_children_do_not_make_a_branch_an_indicator() -> None:
    text = damaged(("    children:\n    - id: share", "    childern:\n    - id: share"))
    assert told(text) == [
        "f.yaml:21:5 F104 unknown key 'childern' in area; did you mean 'children'?"
    ]


def test_an_unknown_key_near_to_nothing_has_no_hint() -> None:
    text = damaged(("basis: none", "basis: none\nzzzz: 1"))
    assert told(text) == ["f.yaml:6:1 F104 unknown key 'zzzz' in f.yaml"]


def test_all_faults_at_once_in_the_order_of_the_file() -> None:
    text = damaged(
        ("version: '1'", "version: 1"),
        ("role: proxy", "role: proxi"),
        ("factor: 100", "factor: '100'"),
        ("normalise: {id: goalposts}", "normalise: {id: goalpost}"),
        ("      measured_in: days\n", ""),
    )
    assert told(text) == [
        "f.yaml:3:10 F106 version is 1; wanted is text (in quotes when it looks like a number)",
        (
            'f.yaml:10:14 F106 goalpost is {"id": "goalpost"}; wanted is a mapping with an id '
            "that is one of 'goalposts', 'min-max', 'z-score', 'scaled', 'percentile-rank', "
            "'rank', 'borda', 'fraction-of-max', 'distance-to-max', 'distance-to-target', "
            "'distance-to-reference', 'categories'"
        ),
        'f.yaml:30:69 F106 share.derive.factor is "100"; wanted is a number',
        "f.yaml:33:7 F105 days lacks the key 'measured_in'",
        "f.yaml:35:13 F106 days.role is \"proxi\"; wanted is one of 'core', 'proxy' or 'context'",
    ]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("goalposts: [0, 50]", "goalposts: [0]", "a list with an entry more"),
        ("goalposts: [0, 50]", "goalposts: [0, 50, 60]", "a list of at most 2"),
        ("goalposts: [0, 50]", "goalposts: 50", "a list"),
        ("goalposts: [0, 50]", "goalposts: [0, yes]", "a number"),
        ("role: proxy", "weight: 0\n      role: proxy", "a number above 0"),
        ("{area: 2}", "{area: -2}", "a number above 0"),
        ("- id: days", "- id: 2days", "an id"),
        ("name: {en: Days, zh: 天数}", "name: Days", "a mapping"),
        ("name: {en: Days, zh: 天数}", "name: {en: '', zh: 天数}", "text that is not empty"),
        ("weakens: [area]", "weakens: []", "a list of 1 or more"),
        ("role: proxy", "lever: 1\n      role: proxy", "true or false"),
    ],
)
def test_a_wrong_value_says_what_was_wanted(old: str, new: str, what: str) -> None:
    (fault,) = faults_of(damaged((old, new)))
    assert fault.code == "F106"
    assert what in tell(fault, "en").what
    assert "应为" in tell(fault, "zh").what


def test_a_file_that_is_no_mapping() -> None:
    (fault,) = faults_of("- 1\n- 2")
    assert (fault.code, str(fault.location)) == ("F106", "f.yaml:1:1")


def test_a_method_without_an_id() -> None:
    assert told(damaged(("{id: goalposts}", "{clip: true}"))) == [
        "f.yaml:10:14 F105 method.normalise lacks the key 'id'"
    ]


def test_an_unknown_parameter_of_a_method() -> None:
    assert told(damaged(("{id: goalposts}", "{id: goalposts, clipp: true}"))) == [
        "f.yaml:10:30 F104 unknown key 'clipp' in goalposts; did you mean 'clip'?"
    ]


def test_tags_of_unions_are_no_keys() -> None:
    value = {"children": [{"id": "group", "group": 1}]}
    assert in_file(value, ("children", 0, "group", "group")) == ("children", 0, "group")
    assert allowed_keys(("method", "normalise", "min-max")) == {"id", "range"}


def test_braces_in_a_framework_do_not_break_messages() -> None:
    text = damaged(("  national: {name", "  '{x}': {name"))
    assert all(tell(f, "both").what for f in faults_of(text))


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"missing\.yaml error.R100."):
        load_framework(tmp_path / "missing.yaml")
    with pytest.raises(UsageError):
        load_framework(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(UsageError):
        load_framework(tmp_path / "pipe.yaml")


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(SMALL, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputRefused, match="Permission denied"):
        load_framework(path)


def test_a_file_is_read_under_the_name_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(damaged(("basis: none\n", "")), encoding="utf-8")
    with pytest.raises(FrameworkInvalid) as caught:
        load_framework(path)
    assert str(caught.value.findings[0].location) == f"{path}:1:1"
    assert "lacks the key 'basis'" in str(caught.value)


def test_doubts_have_places_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(damaged(("plausible: [0, 60]", "plausible: [0, 40]")), encoding="utf-8")
    framework, doubts = check_framework(path)
    assert framework.id == "small"
    assert [(d.code, d.location.line) for d in doubts if d.location] == [("F123", 29)]
