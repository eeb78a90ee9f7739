"""Rules of the house that are no linter's: what loads when, who prints, how long files are."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
FILES = sorted((REPO / "stiscore").rglob("*.py"))
HEAVY = ("numpy", "pandas", "openpyxl", "pydantic", "rich", "yaml", "python_calamine")
LONGEST_FILE, LONGEST_BODY = 350, 50

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(file: Path) -> Iterator[Function]:
    return (n for n in ast.walk(tree(file)) if isinstance(n, Function))


def loaded(code: str) -> set[str]:
    """Top-level modules in memory after running ``code`` in a fresh interpreter."""
    told = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=REPO, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_the_command_line_starts_light() -> None:
    modules = loaded("import stiscore, stiscore.cli, stiscore.cli.app")
    assert "typer" in modules
    # Typer itself brings rich for its help where it is installed.
    assert modules.isdisjoint(set(HEAVY) - {"rich"})


def test_the_parser_starts_before_anything_heavy() -> None:
    assert loaded("import stiscore.io.parse").isdisjoint(HEAVY)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_worker_loads_calamine_and_nothing_else_heavy(suffix: str, tmp_path: Path) -> None:
    file = REPO / "sample_data" / "provinces_2022.xlsx"
    if suffix == "csv":
        file = tmp_path / "d.csv"
        file.write_text("unit,trade_gdp\nCHN,3\n", encoding="utf-8")
    worker = REPO / "stiscore" / "io" / "worker.py"
    done = subprocess.run(
        [sys.executable, "-I", "-X", "importtime", worker, REPO, file, "0"],
        capture_output=True,
        check=True,
    )
    told = done.stderr.decode().splitlines()
    modules = {line.rpartition("|")[2].strip().partition(".")[0] for line in told}
    assert "stiscore" in modules
    assert modules.isdisjoint(set(HEAVY) - {"python_calamine"})
    assert len(done.stdout) > 100


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(REPO)))
def test_a_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    assert [f.name for f in functions(file) if body_length(f) > LONGEST_BODY] == []
    assert undocumented(file) == []
    if file.relative_to(REPO / "stiscore").parts[0] not in {"cli", "__main__.py"}:
        assert [n for n in ast.walk(tree(file)) if prints_or_exits(n)] == []


def body_length(function: Function) -> int:
    """Lines of the body after the docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def undocumented(file: Path) -> list[str]:
    """The module, public functions, classes and their methods, those that have no docstring."""
    found = [] if ast.get_docstring(tree(file)) else ["module"]
    holders: list[ast.Module | ast.ClassDef] = [
        tree(file),
        *(n for n in ast.walk(tree(file)) if isinstance(n, ast.ClassDef) and not internal(n)),
    ]
    return found + [
        node.name
        for holder in holders
        for node in holder.body
        if isinstance(node, Function | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]


def internal(node: ast.ClassDef) -> bool:
    """A private class, or a protocol that only types what another library does."""
    return node.name.startswith("_") or node.name == "Parsing"


def prints_or_exits(node: ast.AST) -> bool:
    """A call of print, exit or sys.exit, or of typer.echo."""
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    return called in {"print", "exit", "quit", "sys.exit", "typer.echo", "sys.stdout.write"}


def test_the_rules_would_notice() -> None:
    (call,) = (n for n in ast.walk(ast.parse("sys.exit(1)")) if isinstance(n, ast.Call))
    assert prints_or_exits(call)
    (function,) = ast.parse("def f():\n    '''Doc.'''\n    a = 1\n    return a").body
    assert isinstance(function, ast.FunctionDef)
    assert body_length(function) == 2


def test_imports_point_down_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_public_names_load_on_first_use() -> None:
    assert loaded("import stiscore").isdisjoint(HEAVY)
    told = "import stiscore; assert all(getattr(stiscore, n) for n in stiscore.__all__)"
    assert "numpy" in loaded(told)
    assert "pandas" not in loaded(told)
