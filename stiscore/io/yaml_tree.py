"""YAML nodes -> plain data, with a line and column for every key and value."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from stiscore.errors import Location
from stiscore.io.yaml_guard import FastParsing, Source, nodes, source

# No figure of a framework needs more digits; Python's own int() gives up at 4,300.
_LONGEST_NUMBER = 40
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CORE_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

Path = Sequence[str | int]


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A document as plain data (dict, list, str, int, float, bool, None) that knows its places."""

    value: Any
    root: Node
    source: Source

    def find(self, path: Path) -> tuple[Node, Node]:
        """The key node and the value node at ``path``, or of the nearest part above it there is.

        What has no key (the root, an item of a list) stands for its own key.
        """
        key = node = self.root
        for step in path:
            below = _child(node, step)
            if below is None:
                break
            key, node = below
        return key, node

    def value_at(self, path: Path) -> Location:
        """Where the value at ``path`` stands."""
        return self.source.at(self.find(path)[1])

    def key_at(self, path: Path) -> Location:
        """Where the key at ``path`` stands."""
        return self.source.at(self.find(path)[0])


def read_tree(raw: bytes | str, file: str, parsing: type[Any] = FastParsing) -> Tree:
    """The one document of ``raw``, with YAML 1.2 core scalars: ``NO``, ``yes``, ``on`` are text.

    ``file`` is the name in messages. Keys are text, as in JSON. Raises FrameworkInvalid with F101
    (no YAML), F102 (alias, anchor, tag, merge key), F103 (key given twice), F107 (larger than
    1 MB), F108 (nested deeper than 50), F109 (not UTF-8) or F110 (a number that is not finite or
    absurdly long).

    >>> tree = read_tree("a: {b: NO, c: 010}", "f.yaml")
    >>> tree.value, str(tree.value_at(["a", "c"]))
    ({'a': {'b': 'NO', 'c': 10}}, 'f.yaml:1:15')
    """
    given = source(raw, file)
    root = nodes(given, parsing)
    value = _built(root, given)
    given.settle()
    return Tree(value, root, given)


def _built(node: Node, given: Source) -> Any:
    if isinstance(node, ScalarNode):
        return _scalar(node, given)
    if isinstance(node, SequenceNode):
        return [_built(item, given) for item in node.value]
    first: dict[str, Node] = {}
    built: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            given.note("F101", given.at(key), why="a key must be a word, not a list or a mapping")
        elif key.value in first:
            line = first[key.value].start_mark.line + 1
            given.note("F103", given.at(key), key=key.value, line=line)
        else:
            first[key.value] = key
            built[key.value] = _built(value, given)
    return built


def _scalar(node: ScalarNode, given: Source) -> Any:
    try:
        return meaning(str(node.value), node.style)
    except OverflowError:
        given.note("F110", given.at(node), value=node.value[:_LONGEST_NUMBER])
        return None


def meaning(text: str, style: str | None) -> Any:
    """What a scalar stands for in YAML 1.2's core schema; OverflowError for no finite number.

    Quoted and block scalars are text; libyaml and the pure parser mark plain ones differently.
    """
    if style:
        return text
    if text in _CORE_WORDS:
        return _CORE_WORDS[text]
    if _FLOAT.fullmatch(text) or _BASED.fullmatch(text):
        value = _number(text)
    elif _NOT_FINITE.fullmatch(text):
        value = None
    else:
        return text
    if value is None:
        raise OverflowError(text)
    return value


def _number(text: str) -> int | float | None:
    """None where a number is too long or too large to be meant."""
    if len(text) > _LONGEST_NUMBER:
        return None
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _INTEGER.fullmatch(text):
        return int(text)
    value = float(text)
    return value if math.isfinite(value) else None


def _child(node: Node, step: str | int) -> tuple[Node, Node] | None:
    if isinstance(node, MappingNode) and isinstance(step, str):
        return next(((k, v) for k, v in node.value if k.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None
