"""How open is an innovation system, where does it fall short, and which cell says so.

The public names load on first use, so that ``import stiscore`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from stiscore.version import __version__

if TYPE_CHECKING:
    from stiscore.aiming import target
    from stiscore.api import (
        Dataset,
        Fitted,
        Framework,
        Report,
        Scorecard,
        Scores,
        audit,
        compare,
        evaluate,
        fit,
        load_frame,
        load_framework,
        read,
        sample,
        save_frame,
        score,
        trends,
        validate,
        weights,
    )
    from stiscore.batch.run import run_plan
    from stiscore.changing import diff
    from stiscore.comparison import Comparison
    from stiscore.errors import (
        ComputationFailed,
        DataInvalid,
        EnvironmentFault,
        FrameworkInvalid,
        InputRefused,
        StiscoreError,
        UsageError,
    )
    from stiscore.shortfalls import gaps
    from stiscore.supposing import whatif
    from stiscore.varying import robustness
    from stiscore.weighing import save_weights
    from stiscore.yearly import Trends

__all__ = [
    "Comparison",
    "ComputationFailed",
    "DataInvalid",
    "Dataset",
    "EnvironmentFault",
    "Fitted",
    "Framework",
    "FrameworkInvalid",
    "InputRefused",
    "Report",
    "Scorecard",
    "Scores",
    "StiscoreError",
    "Trends",
    "UsageError",
    "__version__",
    "audit",
    "compare",
    "diff",
    "evaluate",
    "fit",
    "gaps",
    "load_frame",
    "load_framework",
    "read",
    "robustness",
    "run_plan",
    "sample",
    "save_frame",
    "save_weights",
    "score",
    "target",
    "trends",
    "validate",
    "weights",
    "whatif",
]


_OWN_MODULE = {
    "Comparison": "stiscore.comparison",
    "Trends": "stiscore.yearly",
    "diff": "stiscore.changing",
    "gaps": "stiscore.shortfalls",
    "robustness": "stiscore.varying",
    "run_plan": "stiscore.batch.run",
    "save_weights": "stiscore.weighing",
    "target": "stiscore.aiming",
    "whatif": "stiscore.supposing",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        message = f"module 'stiscore' has no attribute '{name}'"
        raise AttributeError(message)
    if name in _OWN_MODULE:
        return getattr(import_module(_OWN_MODULE[name]), name)
    errors = import_module("stiscore.errors")
    held = errors if hasattr(errors, name) else import_module("stiscore.api")
    return getattr(held, name)


def __dir__() -> list[str]:
    return sorted(__all__)
