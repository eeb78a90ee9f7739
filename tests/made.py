"""Frameworks and datasets made in code, for tests that need many of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from stiscore.dataset import Column, Dataset, Origins, Unit
from stiscore.framework.model import Framework

LEVEL = "only"


def name(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"{text}名"}


def leaf(node: str, **fields: Any) -> dict[str, Any]:
    """An indicator with goalposts 0-10 unless told otherwise."""
    scale = {"goalposts": fields.pop("goalposts", [0, 10]), "basis": "judgement"}
    told: dict[str, Any] = {
        "id": node,
        "name": name(node),
        "definition": {"numerator": name(node)},
        "measured_in": "%",
        "levels": {LEVEL: scale},
        "sources": [{"level": LEVEL, "name": "made"}],
    }
    return {**told, **fields}


def group(node: str, children: Sequence[dict[str, Any]], weight: float = 1) -> dict[str, Any]:
    return {"id": node, "name": name(node), "weight": weight, "children": list(children)}


def framework(index: dict[str, Any], **fields: Any) -> Framework:
    """A framework around one tree; ``fields`` are further top-level keys."""
    told: dict[str, Any] = {
        "schema": "stiscore.framework/1",
        "id": "made",
        "version": "1",
        "title": name("made"),
        "basis": "made for a test",
        "origin_note": name("made"),
        "levels": {LEVEL: {"name": name("only"), "units": name("units")}},
        "method": {},
        "bands": {"scores": [], "severities": []},
        "index": index,
    }
    return Framework.model_validate_json(json.dumps({**told, **fields}))


def dataset(table: Mapping[str, Sequence[float]], level: str = LEVEL, **fields: Any) -> Dataset:
    """Columns by id as a dataset; units are u0, u1, ..."""
    values = np.column_stack([np.asarray(column, dtype=float) for column in table.values()])
    rows = values.shape[0]
    told: dict[str, Any] = {
        "level": level,
        "units": tuple(Unit(f"u{i}", f"u{i}", f"u{i}", f"u{i}") for i in range(rows)),
        "periods": (None,) * rows,
        "columns": tuple(Column(c, "indicator", c) for c in table),
        "values": values,
        "flags": np.zeros(values.shape, np.uint16),
        "origin": np.zeros((*values.shape, 2), np.int32),
        "source": Origins("made", "0" * 64),
    }
    return Dataset(**{**told, **fields})


@st.composite
def scored(draw: st.DrawFn) -> tuple[Framework, Dataset]:
    """A framework of two or three levels and a table for it, with gaps in both."""
    leaves = draw(st.integers(2, 8))
    indicators = [
        leaf(
            f"i{n}",
            direction=draw(st.sampled_from(["benefit", "cost"])),
            curve=draw(st.sampled_from(["linear", "sqrt"])),
            weight=draw(st.sampled_from([0.5, 1, 2])),
            goalposts=sorted(
                draw(st.lists(st.integers(-5, 20), min_size=2, max_size=2, unique=True))
            ),
            gaps={"primary": draw(st.sampled_from(["g0", "g1"]))},
        )
        for n in range(leaves)
    ]
    cut = draw(st.integers(1, leaves - 1))
    branches = [group("a", indicators[:cut], 2), group("b", indicators[cut:])]
    if draw(st.booleans()):
        branches = [
            group("upper", branches),
            *([group("c", [leaf("i9")])] if draw(st.booleans()) else []),
        ]
    mean = draw(st.sampled_from(["arithmetic", "geometric"]))
    made = framework(
        group("index", branches),
        method={"aggregate": {"id": mean}},
        gaps=[{"id": g, "name": name(g)} for g in ("g0", "g1")],
    )
    rows = draw(st.integers(1, 7))
    value = st.one_of(st.floats(-30, 30, width=32), st.just(float("nan")), st.integers(-5, 20))
    held = draw(
        st.lists(st.sampled_from([f"i{n}" for n in range(leaves)]), min_size=1, unique=True)
    )
    table = {
        i.id: draw(st.lists(value, min_size=rows, max_size=rows))
        for i in made.indicators
        if i.id in held
    }
    assume(any(not np.isnan(column).all() for column in table.values()))
    return made, dataset(table)
