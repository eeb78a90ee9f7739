"""Every sentence in two languages, with the same figures; nothing said that figures cannot bear."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

import stiscore as sti
from stiscore import words
from stiscore.cli import app
from stiscore.errors import Location
from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.report import explain_text, findings_text, html, markdown, terminal
from stiscore.report.screen import Screen
from stiscore.words import Lang, Words
from stiscore.words.faults import SAYINGS, found, line, tell
from stiscore.words.refused import causal, refused

REPO = Path(__file__).resolve().parent.parent
SOURCES = sorted((REPO / "stiscore").rglob("*.py"))
CODE = re.compile(r"[FRLDCU]\d{3}")
CHINESE = re.compile(r"[\u3400-\u9fff]")
# Measurements of Chinese yearbooks that English sentences name, and names of algorithms.
SAME_IN_BOTH = re.compile("万元|亿元|sha256")


@cache
def catalogue() -> tuple[tuple[str, Words], ...]:
    """All Words held by the modules of stiscore.words, with where they stand."""
    names = [m.name for m in pkgutil.walk_packages(words.__path__, "stiscore.words.")]
    modules = [importlib.import_module(name) for name in ["stiscore.words", *names]]
    return tuple(
        (f"{m.__name__}.{where}", told)
        for m in modules
        for name, value in vars(m).items()
        if not name.startswith("__")
        for where, told in held(name, value)
    )


def held(where: str, value: object) -> Iterator[tuple[str, Words]]:
    if isinstance(value, Words):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from held(f"{where}.{key}", inner)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from held(f"{where}.{number}", inner)


def lettered(text: str) -> bool:
    """Whether letters are left without places for figures and what both languages share."""
    return any(sign.isalpha() for sign in SAME_IN_BOTH.sub("", re.sub(r"\{.*?\}", "", text)))


def places(text: str) -> set[str]:
    """Names of the figures a sentence has room for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def filled(text: str) -> dict[str, Any]:
    """A figure or word for every place, of the kind its format wants."""
    parsed = [(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name]
    numbers = {name for name, spec in parsed if spec}
    return {name: 3 if name in numbers else "some" for name, _ in parsed}


def test_there_are_catalogues() -> None:
    modules = {where.rpartition(".")[0] for where, _ in catalogue()}
    assert len(catalogue()) > 400
    assert {"stiscore.words.report.LABELS", "stiscore.words.explain.EXPLAIN"} <= modules


def test_every_entry_stands_in_both_languages() -> None:
    bare = [w for w, t in catalogue() if not t.en.strip(" ") or not t.zh.strip(" ")]
    assert bare == []
    foreign = [w for w, t in catalogue() if CHINESE.search(SAME_IN_BOTH.sub("", t.en))]
    assert foreign == []
    english = [w for w, t in catalogue() if not CHINESE.search(t.zh) and lettered(t.zh)]
    assert english == []


def test_both_languages_have_the_same_places() -> None:
    assert [w for w, t in catalogue() if places(t.en) != places(t.zh)] == []


def test_every_entry_can_be_said() -> None:
    for where, told in catalogue():
        fields = {**filled(told.zh), **filled(told.en)}
        both = Words(told.en, told.zh).say("both", **fields)
        assert "{" not in both, where


def test_nothing_is_claimed_that_figures_cannot_bear() -> None:
    assert [w for w, t in catalogue() if refused(t.en) or refused(t.zh)] == []
    assert all(map(refused, ("caused by", "极显著", "the most open", "各国", "expected to rise")))
    assert not any(map(refused, ("four significant digits", "国家科技计划", "国家（地区）")))
    assert causal("it would lead to more")
    assert not causal("arithmetic, not causal advice; 不构成因果推断")


def test_refused_words_do_not_stand_in_the_framework() -> None:
    tree = yaml.safe_load((REPO / "indicators.yaml").read_text(encoding="utf-8"))
    names = list(bilingual(tree))
    assert len(names) > 100
    # Names of sources and definitions quote their publishers; names and caveats are our own words.
    assert [n for n in names if refused(n["en"]) or refused(n["zh"])] == []
    assert [n for n in names if not CHINESE.search(n["zh"])] == []
    assert [n for n in names if not n["en"].strip()] == []


# Code quotes others, and examples are outputs and tested as such.
QUOTED = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
DENIED = re.compile(
    r"\b(?:no|not|never|nor|neither|without|nothing|refuses?)\b|不|非|无", re.IGNORECASE
)


@pytest.mark.parametrize(
    "file", [REPO / "README.md", *sorted((REPO / "docs").glob("*.md"))], ids=lambda file: file.name
)
def test_prose_names_what_is_refused_only_to_deny_it(file: Path) -> None:
    prose = QUOTED.sub("", file.read_text(encoding="utf-8"))
    told = [s for s in re.split(r"(?<=[.:;。；])\s+|\n\n|\n(?=\|)", prose) if refused(s)]
    assert [sentence for sentence in told if not DENIED.search(sentence)] == []


def bilingual(tree: object) -> Iterator[dict[str, str]]:
    if isinstance(tree, dict):
        if isinstance(tree.get("en"), str) and isinstance(tree.get("zh"), str):
            yield tree
        for inner in tree.values():
            yield from bilingual(inner)
    elif isinstance(tree, list):
        for inner in tree:
            yield from bilingual(inner)


@pytest.mark.parametrize("sample", ["provinces", "economies", "full"])
def test_refused_words_do_not_stand_in_what_is_printed(sample: str) -> None:
    card = sti.evaluate(sti.read(sti.sample(sample)))
    report = card.report
    unit = report.units[0].id
    langs: tuple[Lang, ...] = ("en", "zh", "both")
    for lang in langs:
        told = [
            terminal.ranking(report, Screen(lang, 100)),
            terminal.cards(card.report_of(unit), Screen(lang, 100)),
            markdown.ranking(report, lang),
            markdown.cards(card.report_of(unit), lang),
            html.fragment(report, lang),
            findings_text.full(card.findings, lang),
            explain_text.render(card.explanation(unit), card.report_of(unit), "text", lang, 100),
        ]
        assert [refused(text) for text in told] == [[]] * len(told)
        assert all("{" not in text.replace("\\{", "") for text in told)


def test_refused_words_do_not_stand_in_the_help() -> None:
    for file in sorted((REPO / "stiscore" / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert refused(node.value) == [], (file.name, node.value)


def raised() -> set[str]:
    """Codes that stand as text in the source outside the catalogue."""
    return {
        node.value
        for file in SOURCES
        # The catalogue's front door raises one code itself: a name that does not exist.
        if "words" not in file.relative_to(REPO).parts or file.name == "__init__.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    }


def test_every_code_raised_has_words() -> None:
    assert len(raised()) > 60
    assert raised() - set(SAYINGS) == set()


def test_every_code_with_words_is_raised() -> None:
    assert set(SAYINGS) - raised() == set()


def test_codes_are_of_their_family() -> None:
    assert [c for c in SAYINGS if not CODE.fullmatch(c)] == []
    taken = set(inspect.signature(found).parameters) - {"fields"}
    clashing = {code: places(s.message.en + s.remedy.en) & taken for code, s in SAYINGS.items()}
    # A place of the sentence that is also an argument of found() would never be filled.
    assert {c: p for c, p in clashing.items() if p} == {}


@pytest.mark.parametrize("code", sorted(SAYINGS))
def test_a_finding_can_be_told(code: str) -> None:
    saying = SAYINGS[code]
    fields = {
        **filled(saying.message.zh + saying.remedy.zh),
        **filled(saying.message.en + saying.remedy.en),
        "bound": 100.0,
        "measured": "%",
    }
    finding = found(code, Location("d.xlsx", "s", "B2"), unit="北京 Beijing", **fields)
    for lang in ("en", "zh"):
        what, remedy = tell(finding, lang)
        assert "" not in {what, remedy}
        assert "{" not in what + remedy
        assert line(finding, lang).startswith(f"d.xlsx [s] B2 {saying.severity}[{code}] ")
        assert findings_text.page(code, lang).startswith(f"{code} {saying.severity}: ")
    assert len(Findings([finding]).joined()) == 1


def test_commands_that_sentences_name_exist() -> None:
    known = {c.name for c in app.app.registered_commands}
    known |= {g.name for g in app.app.registered_groups}
    told = " ".join(f"{t.en} {t.zh}" for _, t in catalogue())
    named = set(re.findall(r"stiscore ([a-z]+)", told))
    assert "validate" in named
    assert named - known == set()


def test_options_that_sentences_name_exist() -> None:
    code = " ".join(f.read_text(encoding="utf-8") for f in (REPO / "stiscore" / "cli").glob("*.py"))
    told = " ".join(f"{t.en} {t.zh}" for _, t in catalogue())
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", told))
    assert "--force" in named
    assert {o for o in named if f'"{o}"' not in code} - implied() == set()


def implied() -> set[str]:
    """Options that typer names after their parameter."""
    return {"--help"}


def test_the_framework_names_itself_in_both_languages() -> None:
    framework: Framework = sti.load_framework()
    nodes = [*framework.nodes, *framework.gaps, *framework.measures, *framework.barriers]
    assert [n.id for n in nodes if not CHINESE.search(n.name.zh) or CHINESE.search(n.name.en)] == []
