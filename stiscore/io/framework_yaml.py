"""A framework file -> Framework, or every fault of it with its line and column."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from stiscore.finding import Findings
from stiscore.framework.check import faults
from stiscore.framework.flaw import Flaw
from stiscore.framework.lint import doubts
from stiscore.framework.locate import shipped_framework
from stiscore.framework.model import Framework
from stiscore.io.schema_faults import note_schema_faults
from stiscore.io.yaml_guard import Source, read_bytes
from stiscore.io.yaml_quick import quick_value
from stiscore.io.yaml_tree import Tree, read_tree


def load_framework(path: str | Path | None = None) -> Framework:
    """The framework in ``path``, or the shipped one.

    Raises UsageError when there is no such file, InputRefused when it cannot be read, and
    FrameworkInvalid with every fault, each with its place in the file (codes F1xx).

    >>> len(load_framework().indicators)
    51
    """
    raw, file = _read(None if path is None else Path(path))
    value = quick_value(raw)
    if value is not None:
        try:
            framework = Framework.model_validate_json(json.dumps(value))
        except ValidationError:
            pass  # the careful reader below says what and where
        else:
            if next(faults(framework), None) is None:
                return framework
    return _framework(read_tree(raw, file))


def parse_framework(text: str, file: str = "framework.yaml") -> Framework:
    """The framework in ``text``; ``file`` is its name in messages. Raises FrameworkInvalid."""
    return _framework(read_tree(text, file))


def check_framework(path: Path | None = None) -> tuple[Framework, Findings]:
    """The framework in ``path``, or the shipped one, with all an author should look at (warnings).

    Raises like ``load_framework``.
    """
    tree = read_tree(*_read(path))
    framework = _framework(tree)
    aside = Source(tree.source.file, tree.source.text)
    for doubt in doubts(framework):
        _note(doubt, tree, aside)
    return framework, Findings(aside.in_order())


def _read(path: Path | None) -> tuple[bytes, str]:
    """The bytes of a framework, and its name in messages."""
    if path is None:
        shipped = shipped_framework()
        # The name alone: where stiscore is installed is nobody's business in a report.
        return read_bytes(shipped), shipped.name
    return read_bytes(path), str(path)


def _framework(tree: Tree) -> Framework:
    try:
        framework = Framework.model_validate_json(json.dumps(tree.value))
    except ValidationError as error:
        note_schema_faults(error, tree)
        tree.source.settle()
        raise
    for flaw in faults(framework):
        _note(flaw, tree, tree.source)
    tree.source.settle()
    return framework


def _note(flaw: Flaw, tree: Tree, keeper: Source) -> None:
    place = tree.key_at(flaw.path) if flaw.key else tree.value_at(flaw.path)
    keeper.note(flaw.code, place, **flaw.fields)
