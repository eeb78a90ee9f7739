"""A fault of a framework's content: what, and where in the tree of keys."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from stiscore.framework.model import Framework, Group, Indicator
from stiscore.words.faults.framework import KINDS, did_you_mean

Path = tuple[str | int, ...]
_NO_PART_OF_A_NAME = re.compile(r"[\s_\-·'\"“”‘’]+")


class Flaw(NamedTuple):
    """``code`` and ``fields`` as in a finding; ``path`` in the file; ``key``: the key is meant."""

    code: str
    path: Path
    fields: Mapping[str, object] = MappingProxyType({})
    key: bool = False


def nodes(framework: Framework) -> Iterator[tuple[Path, Group | Indicator]]:
    """Every node of the tree with its path, parents first."""
    yield from _below(("index",), framework.index)


def _below(path: Path, node: Group | Indicator) -> Iterator[tuple[Path, Group | Indicator]]:
    yield path, node
    if isinstance(node, Group):
        for number, child in enumerate(node.children):
            yield from _below((*path, "children", number), child)


def indicators(framework: Framework) -> Iterator[tuple[Path, Indicator]]:
    """Every leaf with its path."""
    return ((path, node) for path, node in nodes(framework) if isinstance(node, Indicator))


def unknown(kind: str, given: str, known: Iterable[str], path: Path, *, key: bool = False) -> Flaw:
    """A reference to what does not exist, with the nearest that does."""
    near = difflib.get_close_matches(given, sorted(known), 1)
    hint = did_you_mean(near[0] if near else None)
    return Flaw("F112", path, {"kind": KINDS[kind], "id": given, "hint": hint}, key)


def heading(text: str) -> str:
    """A header as names are compared: width, case, spaces, dashes and quotes do not matter.

    >>> heading("R＆D  Personnel") == heading("r&d_personnel")
    True
    """
    return _NO_PART_OF_A_NAME.sub("", unicodedata.normalize("NFKC", text).casefold())
