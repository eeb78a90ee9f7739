"""A plan file -> Plan and the tree that knows its places, or every fault with line and column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from stiscore.io.plan_model import Plan
from stiscore.io.schema_faults import Codes, note_schema_faults
from stiscore.io.yaml_guard import read_bytes
from stiscore.io.yaml_tree import Tree, read_tree

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
    raw = read_bytes(path)
    tree = read_tree(raw, path.name)
    try:
        plan = Plan.model_validate_json(json.dumps(tree.value))
    except ValidationError as error:
        note_schema_faults(error, tree, Plan, _CODES)
        tree.source.settle()
        raise
    return LoadedPlan(plan, tree, raw)
