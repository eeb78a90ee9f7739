"""What a template of a framework depends on, as a digest: it is stale where the digest differs."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stiscore.framework.model import Framework, Indicator

# The format of a template, by which its readers know it.
SCHEMA = "stiscore.template/1"


def imprint(framework: Framework, level: str) -> str:
    """SHA-256 over the indicators of a level as people fill them in.

    Ids, names, definitions, measurements, ranges and ways of collecting; not weights, goalposts or
    methods, so that a run with weights of its own finds no template stale.
    """
    told = [_face(framework, level, indicator) for indicator in framework.at_level(level)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _face(framework: Framework, level: str, indicator: Indicator) -> dict[str, object]:
    kept = {"id", "name", "definition", "measured_in", "direction", "collect"}
    return {
        **indicator.model_dump(mode="json", include=kept),
        "bounds": framework.bounds(indicator, level),
        "plausible": indicator.levels[level].plausible,
    }
