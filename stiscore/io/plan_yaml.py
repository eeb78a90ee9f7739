"""A plan file -> Plan and the tree that knows its places, or every fault with line and column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from stiscore.errors import InputRefused, Location, UsageError
from stiscore.io.plan_model import Plan
from stiscore.io.schema_faults import Codes, note_schema_faults
from stiscore.io.yaml_guard import MOST_BYTES
from stiscore.io.yaml_tree import Tree, read_tree
from stiscore.words.faults import found, refusal

_CODES = Codes(unknown="F191", missing="F192", wrong="F193")


class LoadedPlan(NamedTuple):
    """A plan, the tree its faults are placed in, and its bytes."""

    plan: Plan
    tree: Tree
    raw: bytes


def load_plan(path: Path) -> LoadedPlan:
    """The plan in ``path``, its keys and values as they should be; its names are not looked up.

    Raises UsageError when there is no such file, InputRefused when it cannot be read, and
    FrameworkInvalid with every fault and its place: no YAML (F101 to F110), a key or value that is
    none of a plan (F191 to F193).
    """
    raw = _bytes(path)
    tree = read_tree(raw, path.name)
    try:
        plan = Plan.model_validate_json(json.dumps(tree.value))
    except ValidationError as error:
        note_schema_faults(error, tree, Plan, _CODES)
        tree.source.settle()
        raise
    return LoadedPlan(plan, tree, raw)


def _bytes(path: Path) -> bytes:
    """The file, at most one byte more than may be read: the guard then refuses it."""
    if not path.is_file():
        raise refusal(UsageError, [found("R100", Location(str(path)))])
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as fault:
        told = found("U107", file=path, reason=fault.strerror)
        raise refusal(InputRefused, [told]) from fault
