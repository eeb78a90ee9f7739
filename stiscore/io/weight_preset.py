"""Saved weights as YAML, read with the guards and the places of a framework file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from stiscore.finding import Findings
from stiscore.framework.flaw import unknown
from stiscore.framework.model import Framework
from stiscore.framework.preset import WeightPreset
from stiscore.io.schema_faults import note_schema_faults
from stiscore.io.yaml_guard import read_bytes
from stiscore.io.yaml_tree import Tree, meaning, read_tree
from stiscore.words import Lang
from stiscore.words.faults import found
from stiscore.words.weights import PRESET

ENDINGS = (".yaml", ".yml")
_BOTH: tuple[Lang, Lang] = ("en", "zh")
_WORD = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)


class LoadedPreset(NamedTuple):
    """Saved weights, and what a user should know of them (F187)."""

    preset: WeightPreset
    findings: Findings


def load_preset(path: Path, framework: Framework) -> LoadedPreset:
    """The weights in ``path``, each of a node of ``framework``.

    Raises UsageError when there is no such file, InputRefused when it cannot be read, and
    FrameworkInvalid with every fault and its place: no YAML (F101 to F110), a key or value that is
    none of such a file (F104 to F106), an unknown node (F112). Weights saved for another framework
    are a warning.
    """
    tree = read_tree(read_bytes(path), str(path))
    preset = _checked(tree)
    known = {node.id for node in framework.nodes} - {framework.index.id}
    for node in preset.weights:
        if node not in known:
            flaw = unknown("node", node, known, ("weights", node), key=True)
            tree.source.note(flaw.code, tree.key_at(flaw.path), **flaw.fields)
    tree.source.settle()
    told = []
    if preset.framework != framework.id:
        where = tree.value_at(("framework",))
        told.append(found("F187", where, then=preset.framework, now=framework.id))
    return LoadedPreset(preset, Findings(told))


def preset_text(preset: WeightPreset) -> str:
    r"""The text of a file that ``load_preset`` reads as ``preset``.

    >>> told = {"schema": "stiscore.preset/1", "framework": "f", "method": ("weight=equal",),
    ...         "data": "0" * 64, "weights": {"a": 0.1, "NULL": 2.0}}
    >>> print(preset_text(WeightPreset.model_validate(told)).partition("\n\n")[2], end="")
    weights:
      a: 0.1
      "NULL": 2.0
    """
    head = [f"# {PRESET.say(lang)}" for lang in _BOTH]
    methods = ", ".join(json.dumps(each, ensure_ascii=False) for each in preset.method)
    about = [
        f"schema: {preset.schema_}",
        f"framework: {_scalar(preset.framework)}",
        f"method: [{methods}]",
        f"data: {json.dumps(preset.data)}",
    ]
    weights = [f"  {_scalar(node)}: {weight!r}" for node, weight in preset.weights.items()]
    return "\n".join([*head, *about, "", "weights:", *weights]) + "\n"


def _scalar(id_: str) -> str:
    """An id as a scalar that our reader takes for text."""
    plain = _WORD.fullmatch(id_) and isinstance(meaning(id_, None), str)
    return id_ if plain else json.dumps(id_, ensure_ascii=False)


def _checked(tree: Tree) -> WeightPreset:
    try:
        return WeightPreset.model_validate_json(json.dumps(tree.value))
    except ValidationError as error:
        note_schema_faults(error, tree)
        tree.source.settle()
        raise
