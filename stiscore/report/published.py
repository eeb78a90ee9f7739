"""The published JSON Schemas: ``report/schemas/<name>-<version>.json``, one a kind of output.

On disk, what several share stands once in ``common-1.json`` and is referred to as
``common-1.json#/$defs/<name>``; handed out, each schema is complete in itself. Files that have a
pydantic model have no schema file: theirs is made of the model and can't lag behind it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

Schema = dict[str, Any]

# By identity, where the model of the file is found.
MODELLED = {
    "stiscore.frame/1": "stiscore.scores:Fitted",
    "stiscore.framework/1": "stiscore.framework.model:Framework",
    "stiscore.preset/1": "stiscore.framework.preset:WeightPreset",
}

_SHARED = "common-1.json"
_FILE = re.compile(r"(?P<name>[a-z_]+)-(?P<version>\d+)\.json")


def identities() -> tuple[str, ...]:
    """The ``"schema"`` values that have a schema, in order; of bare lists, what theirs would be.

    >>> {"stiscore.scorecard/1", "stiscore.frame/1"} <= {*identities()}
    True
    """
    return tuple(sorted({*_files(), *MODELLED}))


def names() -> tuple[str, ...]:
    """The schemas by name, without their version.

    >>> "scorecard" in names()
    True
    """
    return tuple(
        dict.fromkeys(
            identity.removeprefix("stiscore.").partition("/")[0] for identity in identities()
        )
    )


def named(name: str) -> str | None:
    """The identity meant by ``scorecard``, ``scorecard/1`` or the whole; None where there is none.

    >>> named("scorecard"), named("scorecard/1"), named("score")
    ('stiscore.scorecard/1', 'stiscore.scorecard/1', None)
    """
    wanted = f"stiscore.{name.removeprefix('stiscore.')}"
    held = [each for each in identities() if wanted in (each, each.partition("/")[0])]
    return max(held, key=lambda each: int(each.partition("/")[2]), default=None)


def schema(identity: str) -> Schema:
    """One schema with all it refers to: draft 2020-12, ``$id`` is what the outputs carry.

    Raises KeyError for an identity that is not in ``identities()``.

    >>> schema("stiscore.findings/1")["$id"]
    'stiscore.findings/1'
    """
    if identity in MODELLED:
        from stiscore.report.published_models import modelled

        return modelled(identity, MODELLED[identity])
    told = _local(_read(_files()[identity]))
    parts = {**_local(_read(_SHARED))["$defs"], **told.pop("$defs", {})}
    wanted, held = _referred(told), set[str]()
    while missing := wanted - held:
        held |= missing
        wanted = wanted.union(*(_referred(parts[part]) for part in missing))
    return {**told, "$defs": {part: parts[part] for part in sorted(held)}}


@cache
def _files() -> dict[str, str]:
    """The name of the file by identity."""
    names = [file.name for file in (resources.files(__package__) / "schemas").iterdir()]
    held = [m for m in map(_FILE.fullmatch, names) if m and m[0] != _SHARED]
    return {f"stiscore.{m['name']}/{m['version']}": m[0] for m in held}


def _read(file: str) -> Schema:
    text = (resources.files(__package__) / "schemas" / file).read_text(encoding="utf-8")
    told: Schema = json.loads(text)
    return told


def _local(part: Any) -> Any:
    """The same with references to the shared file made references within the schema."""
    if isinstance(part, list):
        return [_local(each) for each in part]
    if not isinstance(part, dict):
        return part
    told = {key: _local(value) for key, value in part.items()}
    if isinstance(told.get("$ref"), str):
        told["$ref"] = told["$ref"].removeprefix(_SHARED)
    return told


def _referred(part: Any) -> set[str]:
    """Names of the definitions a part refers to."""
    return set(_references(part))


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _references(each)
    elif isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].removeprefix("#/$defs/")
        for value in part.values():
            yield from _references(value)
