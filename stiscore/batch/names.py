"""Names of outputs: made by rule of file, framework, method and command, and never twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from stiscore.batch.sources import Source
from stiscore.io.plan_model import PlannedFile, PlannedOutput
from stiscore.io.plan_yaml import LoadedPlan
from stiscore.io.yaml_tree import Tree
from stiscore.words.faults.batch import KINDS

MANIFEST = "manifest.json"
_ENDINGS = {"text": "txt", "json": "json", "csv": "csv", "markdown": "md"}

Steps = tuple[str | int, ...]


def file_of(output: PlannedOutput) -> str:
    """The name of an output's file in the folder of its method."""
    return f"{output.name or output.command}.{_ENDINGS[output.format]}"


def check_names(loaded: LoadedPlan, sources: tuple[Source, ...]) -> None:
    """Note names that are given twice, as file systems take them: outputs are named by them."""
    plan = loaded.plan
    files = [(s.name, ("files", _place(plan.files, s.reading)), s.shown) for s in sources]
    # The manifest stands beside the folders of files.
    files.insert(0, (MANIFEST, ("files", 0), MANIFEST))
    _unlike("file", files, loaded.tree)
    frameworks = [(f.id, ("frameworks", n), f.id) for n, f in enumerate(plan.frameworks)]
    _unlike("framework", frameworks, loaded.tree)
    _unlike("method", [(m, ("methods", m), m) for m in plan.methods], loaded.tree)
    made = [(file_of(o), ("outputs", n), o.command) for n, o in enumerate(plan.outputs)]
    _unlike("output", made, loaded.tree)


def _unlike(kind: str, named: Iterable[tuple[str, Steps, str]], tree: Tree) -> None:
    """Note every name that an earlier one is like; ``named``: name, place in the plan, whose."""
    first: dict[str, str] = {}
    for name, path, whose in named:
        if _folded(name) in first:
            _taken(tree, path, kind, name, first[_folded(name)])
        first.setdefault(_folded(name), whose)


def _taken(tree: Tree, path: Steps, kind: str, name: str, first: str) -> None:
    tree.source.note("F195", tree.value_at(path), kind=KINDS[kind], name=name, first=first)


def _place(files: Iterable[PlannedFile], wanted_: PlannedFile) -> int:
    return [each is wanted_ for each in files].index(True)


def _folded(name: str) -> str:
    """A name as file systems that know no case take it."""
    return unicodedata.normalize("NFC", name).casefold()
