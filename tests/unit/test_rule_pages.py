"""Pages of docs/rules: made from the catalogue, one a code, with the exit code of its error."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from stiscore.errors import ExitCode
from stiscore.finding import Severity
from stiscore.report.rule_pages import entry, index, page
from stiscore.words.faults import SAYINGS
from stiscore.words.faults.why import WHY
from stiscore.words.rules import FAMILIES, exit_code
from tests.cli.conftest import Run, run
from tests.test_words import CODE
from tools import build_rules

REPO = Path(__file__).resolve().parent.parent.parent
ENDS = {"UsageError": ExitCode.USAGE, "EnvironmentFault": ExitCode.FAILED,
        "ComputationFailed": ExitCode.FAILED, "InputRefused": ExitCode.REFUSED,
        "FrameworkInvalid": ExitCode.REFUSED, "DataInvalid": ExitCode.FINDINGS}  # fmt: skip

__all__ = ["run"]


def test_the_pages_are_those_the_tool_makes() -> None:
    told = build_rules.pages()
    held = {file.name: file.read_text(encoding="utf-8") for file in build_rules.OUT.glob("*.md")}
    assert sorted(held) == sorted(told), "run python tools/build_rules.py"
    assert [name for name in told if held[name] != told[name]] == []


@pytest.mark.parametrize("code", sorted(SAYINGS))
def test_a_page_says_all_there_is_in_both_languages(code: str) -> None:
    told = page(code, example="d.csv:2:3 error[X] <b>")
    saying = SAYINGS[code]
    assert told.startswith(f"# {code} ")
    for lang in ("en", "zh"):
        head = getattr(saying.remedy, lang).split("{")[0]
        assert head in told
        assert code not in WHY or getattr(WHY[code], lang) in told
    assert "```\nd.csv:2:3 error[X] <b>\n```" in told
    assert f"({code}.md)" in index()


def test_every_code_is_of_a_family() -> None:
    assert {code[0] for code in SAYINGS} == set(FAMILIES)


def test_an_entry_is_plain_data() -> None:
    told = json.loads(json.dumps(entry("D203")))
    assert (told["exit"], told["severity"], told["since"]) == (1, "error", "0.1.0")
    assert told["why"]["zh"] == WHY["D203"].zh


def raised() -> dict[str, set[str]]:
    """The kinds of error a code is raised as, where its function knows one kind or one code."""
    told: dict[str, set[str]] = {}
    for file in sorted((REPO / "stiscore").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call | ast.FunctionDef):
                kinds, codes = named(node)
                if len(kinds) == 1 and (isinstance(node, ast.FunctionDef) or len(codes) == 1):
                    for code in codes:
                        told.setdefault(code, set()).update(kinds)
    return told


def named(node: ast.AST) -> tuple[set[str], set[str]]:
    """Kinds of error and codes that stand within a piece of source."""
    parts = list(ast.walk(node))
    texts = {n.value for n in parts if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    kinds = {n.id for n in parts if isinstance(n, ast.Name)} & set(ENDS)
    return kinds, {text for text in texts if CODE.fullmatch(text)}


def test_pages_name_the_exit_code_the_error_ends_in() -> None:
    told = {code: kinds for code, kinds in raised().items() if len(kinds) == 1}
    assert len(told) > 40
    wrong = {
        (code, *kinds)
        for code, kinds in told.items()
        if SAYINGS[code].severity is Severity.ERROR
        and exit_code(code, SAYINGS[code]) != ENDS[min(kinds)]
    }
    assert wrong == set()


def test_every_page_shows_what_its_sample_makes_the_program_say() -> None:
    told = build_rules.examples()
    assert set(told) == set(SAYINGS)
    en, zh = told["D203"].split("\n\n")
    assert en.startswith(
        "$ stiscore validate D203.csv -f framework.yaml\nD203.csv:7:5 error[D203] "
    )
    assert zh.splitlines()[0] == f"{en.splitlines()[0]} --lang zh"
    assert told["D203"] in page("D203", told["D203"])


def test_rules_prints_the_page(run: Run) -> None:
    assert WHY["D205"].en in run("rules", "D205").out
    assert WHY["D205"].zh in run("rules", "D205", "--lang", "zh").out
    assert run("rules", "d205", "-F", "markdown").out.startswith("# D205 ")
    assert run("rules", "-F", "markdown").out == index()
    told = json.loads(run("rules", "-F", "json").out)
    assert {t["code"]: t["exit"] for t in told}["R151"] == 2
