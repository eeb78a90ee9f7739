"""JSON as programs get it, held against the schema that is published for it.

A schema stands in ``stiscore/report/schemas/<name>-1.json`` and may refer to what several share as
``common-1.json#/$defs/<name>``: basis (stiscore, framework, data, method, area_weights, frame,
common), name, finding, findings, score, rank, rank_interval, variants and so on.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Never

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from stiscore.report.published import identities, schema


def conforms(text: str) -> dict[str, Any]:
    """The JSON of an output, parsed; AssertionError that says where it departs from its schema."""
    told = json.loads(text, parse_constant=_refuse)
    assert isinstance(told, dict), "the output is no object"
    identity = told.get("schema")
    assert identity in identities(), f"no schema is published for {identity!r}"
    expect_none(validator(identity), told)
    return told


def conforms_to(identity: str, told: object) -> None:
    """The same of JSON that is parsed and does not say its schema: bare lists."""
    expect_none(validator(identity), told)


@cache
def validator(identity: str) -> Draft202012Validator:
    """What holds JSON against a schema, which is sound itself."""
    held = schema(identity)
    Draft202012Validator.check_schema(held)
    return Draft202012Validator(held)


def expect_none(held: Draft202012Validator, told: object) -> None:
    """AssertionError that names the first place in which ``told`` departs from the schema."""
    fault = best_match(held.iter_errors(told))
    assert fault is None, f"{fault.json_path}: {fault.message[:300]}"


def _refuse(constant: str) -> Never:
    raise AssertionError(f"{constant} is no JSON")
