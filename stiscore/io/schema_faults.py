"""What pydantic says of a framework -> findings with a place, one a fault."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from stiscore.framework.model import Framework
from stiscore.io.yaml_guard import MOST_FAULTS
from stiscore.io.yaml_tree import Tree
from stiscore.words.faults.framework import did_you_mean
from stiscore.words.faults.wanted import wanted

_NODE_KINDS = ("group", "indicator")
# Keys that say which of several forms a mapping has.
_TAGGED_BY = ("id", "sheet", "kind")
_SHOWN = 40
_ABSENT = object()

Loc = tuple[str | int, ...]


class Codes(NamedTuple):
    """What the three kinds of faults are told as: of a framework, unless told otherwise."""

    unknown: str = "F104"
    missing: str = "F105"
    wrong: str = "F106"


_OF_A_FRAMEWORK = Codes()


def note_schema_faults(
    error: ValidationError,
    tree: Tree,
    root: type[BaseModel] = Framework,
    codes: Codes = _OF_A_FRAMEWORK,
) -> None:
    """Keep every fault of ``error`` with its place in ``tree``, a file of the form of ``root``.

    A misspelt key is unknown and leaves another missing: that is one fault, told once.
    """
    unknown: list[tuple[Loc, Loc]] = []
    missing: list[Loc] = []
    told = [fault for fault in error.errors(include_url=False) if not _is_echo(fault)]
    # Finding a place costs a walk: a file with thousands of faults must not take minutes.
    tree.source.unlisted += max(0, len(told) - MOST_FAULTS)
    for fault in told[:MOST_FAULTS]:
        loc = fault["loc"]
        path = in_file(tree.value, loc)
        if fault["type"] == "extra_forbidden":
            unknown.append((path, loc))
        elif fault["type"] == "missing" and isinstance(path[-1], str):
            missing.append(path)
        elif fault["type"] == "union_tag_not_found":
            missing.append((*path, fault["ctx"]["discriminator"].strip("'")))
        elif fault["type"] == "union_tag_invalid" and fault["ctx"]["discriminator"] == "'kind'":
            limits = {"expected": fault["ctx"]["expected_tags"]}
            kind = (*path, "kind")
            _note_value(tree, kind, "literal_error", fault["ctx"]["tag"], limits, codes.wrong)
        else:
            limits = fault.get("ctx", {})
            _note_value(tree, path, fault["type"], fault["input"], limits, codes.wrong)
    for path, loc in unknown:
        _note_unknown(tree, path, allowed_keys(loc[:-1], root), missing, codes.unknown)
    for path in missing:
        place = tree.value_at(path[:-1])
        tree.source.note(codes.missing, place, where=_where(tree, path[:-1]), key=path[-1])


def _is_echo(fault: ErrorDetails) -> bool:
    """A list whose only items are faulty counts as too short for pydantic: the items are named."""
    return fault["type"] == "too_short" and len(fault["input"]) >= fault["ctx"]["min_length"]


def in_file(value: Any, loc: Loc) -> Loc:
    """A pydantic ``loc`` as a path of keys and positions in the file: without the tags of unions.

    >>> in_file({"children": [{"id": "a", "weight": 0}]}, ("children", 0, "indicator", "weight"))
    ('children', 0, 'weight')
    """
    path: list[str | int] = []
    at, tag_due = value, False
    for step in loc:
        if tag_due and _is_tag(step, at, path):
            tag_due = False
            continue
        path.append(step)
        at, tag_due = _step(at, step), True
    return tuple(path)


def _is_tag(step: str | int, at: Any, path: list[str | int]) -> bool:
    if not isinstance(at, dict):
        # What is no mapping has no keys: the step names a form the value may have.
        return isinstance(step, str) and at is not _ABSENT
    if isinstance(path[-1], int) and step in _NODE_KINDS:
        return True
    return step not in at and step in (at.get(key) for key in _TAGGED_BY)


def _step(at: Any, step: str | int) -> Any:
    if isinstance(at, dict):
        return at.get(step, _ABSENT)
    if isinstance(at, list) and isinstance(step, int) and step < len(at):
        return at[step]
    return _ABSENT


def _note_unknown(tree: Tree, path: Loc, allowed: set[str], missing: list[Loc], code: str) -> None:
    key = str(path[-1])
    lost = {str(p[-1]): p for p in missing if p[:-1] == path[:-1]}
    near = difflib.get_close_matches(key, list(lost), 1)
    if near:
        missing.remove(lost[near[0]])
    else:
        _, mapping = tree.find(path[:-1])
        there = {k.value for k, _ in mapping.value}
        near = difflib.get_close_matches(key, sorted(allowed - there), 1)
    where, hint = _where(tree, path[:-1]), did_you_mean(near[0] if near else None)
    tree.source.note(code, tree.key_at(path), key=key, where=where, hint=hint)


def _note_value(
    tree: Tree, path: Loc, kind: str, given: Any, limits: dict[str, Any], code: str
) -> None:
    place = tree.value_at(path[:-1] if kind == "missing" else path)
    shown = json.dumps(given, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
    where = _where(tree, path[:-1] if kind == "missing" else path)
    tree.source.note(code, place, where=where, given=shown, wanted=wanted(kind, limits))


def _where(tree: Tree, path: Loc) -> str:
    """A path as people read it: from the nearest part that has an id, positions in brackets."""
    at, told = tree.value, tree.source.file
    for step in path:
        at = _step(at, step)
        told = _named(at) or (f"{told}[{step}]" if isinstance(step, int) else f"{told}.{step}")
    return told.removeprefix(f"{tree.source.file}.")


def _named(at: Any) -> str | None:
    id_ = at.get("id") if isinstance(at, dict) else None
    return id_ if isinstance(id_, str) else None


def allowed_keys(loc: Loc, root: type[BaseModel] = Framework) -> set[str]:
    """The keys a mapping at a pydantic ``loc`` of ``root`` may have.

    >>> sorted(allowed_keys(("index", "children", 0, "indicator", "gaps")))
    ['primary', 'related']
    """
    models: set[type[BaseModel]] = {root}
    for step in loc:
        if isinstance(step, int):
            continue
        below = {found for model in models for found in _under(model, step)}
        tagged = {model for model in models if _tag(model) == step}
        models = below or tagged or models
    return {f.alias or name for model in models for name, f in model.model_fields.items()}


def _under(model: type[BaseModel], key: str) -> Iterator[type[BaseModel]]:
    for name, field in model.model_fields.items():
        if key == (field.alias or name):
            yield from _models(field.annotation)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _tag(model: type[BaseModel]) -> str:
    for key in ("kind", "id"):
        own = model.model_fields.get(key)
        if own and isinstance(own.default, str):
            return own.default
    return model.__name__.lower()
