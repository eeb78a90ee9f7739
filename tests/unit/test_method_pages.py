"""The cards under docs/methods are those of the methods there are."""

from __future__ import annotations

from pathlib import Path

from stiscore.framework.method import catalogue
from stiscore.report.method_pages import pages

DOCS = Path(__file__).resolve().parents[2] / "docs" / "methods"


def test_pages_are_up_to_date() -> None:
    told = pages()
    assert {file.name for file in DOCS.glob("*.md")} == set(told)
    for name, text in told.items():
        kept = (DOCS / name).read_text(encoding="utf-8")
        assert kept == text, f"run tools/build_methods.py: {name}"


def test_every_method_has_its_card() -> None:
    told = pages()
    for entry in catalogue():
        assert f"\n## {entry['id']}\n" in told[f"{entry['stage']}.md"]
