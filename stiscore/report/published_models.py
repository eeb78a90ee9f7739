"""Schemas of what has a pydantic model: frames, frameworks as shown, presets of weights."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]


def modelled(identity: str, place: str) -> Schema:
    """The schema of what is written from the model at ``place`` (``module:Class``).

    Every key stands in what is written, defaults included; so every key is required.
    """
    module, _, name = place.partition(":")
    model: type[BaseModel] = getattr(import_module(module), name)
    told = model.model_json_schema(by_alias=True, mode="serialization")
    parts = told.pop("$defs", {})
    whole = {
        **_whole(told),
        **({"$defs": {k: _whole(v) for k, v in parts.items()}} if parts else {}),
    }
    if identity == "stiscore.framework/1":
        # What `framework show` adds: equal digests, equal rules.
        whole["properties"]["sha256"] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
        whole["required"].append("sha256")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": identity,
        **whole,
    }


def _whole(part: Schema) -> Schema:
    """An object with all keys required, and of its class's text what is no example."""
    told = dict(part)
    if "properties" in told:
        told["properties"] = {k: _plain(v) for k, v in told["properties"].items()}
        told["required"] = list(told["properties"])
    if "description" in told:
        told["description"] = told["description"].split("\n\n")[0].replace("\n", " ")
    return told


def _plain(field: Schema) -> Schema:
    """A field without the title that only repeats its key, and without its default."""
    return {key: value for key, value in field.items() if key not in {"title", "default"}}
