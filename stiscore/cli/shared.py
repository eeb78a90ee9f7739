"""Options that many commands have, written once and given to a command by the group."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from stiscore.cli import options

# Name in ``ctx.params``, type with its option, default.
Group = tuple[tuple[str, Any, Any], ...]
Command = Callable[..., None]

READING: Group = (
    ("framework", options.FrameworkFile, None),
    ("level", options.Level, None),
    ("sheet", options.Sheet, None),
    ("layout", options.Layout, None),
    ("indicator", options.Indicator, None),
    ("units", options.WhichUnits, options.AnyUnits.known),
    ("tolerate", options.Tolerate, False),
    ("allow_large", options.AllowLarge, False),
)
YEAR: Group = (("year", options.Year, None),)
WEIGHTS: Group = (("weights", options.Weights, None), ("preset", options.Preset, None))
METHODS: Group = (*WEIGHTS, ("method", options.Methods, None))
METHOD: Group = (*METHODS, ("frame", options.Frame, None))
RULES: Group = (("common", options.Common, False), ("strict", options.Strict, False))
VARIANTS: Group = (("draws", options.Draws, None), ("seed", options.Seed, 1))
LABELS: Group = (("labels", options.Labels, "source"),)
# All that a scorecard hangs on.
CARD: Group = (*READING, *YEAR, *METHOD, *RULES, *VARIANTS, *LABELS)
FORM: Group = (
    ("form", options.Format, None),
    ("color", options.Colour, options.Color.auto),
)
OUTPUT: Group = (
    ("output", options.Output, None),
    ("force", options.Force, False),
    ("lang", options.Language, options.Lang.en),
    ("quiet", options.Quiet, False),
    ("verbose", options.Verbose, False),
    ("width", options.Width, None),
    ("debug", options.Debug, False),
)


def taking(*groups: Group) -> Callable[[Command], Command]:
    """A command with the options of ``groups`` after its own, which it finds in ``ctx.params``."""
    shared = [option for group in groups for option in group]

    def given(command: Command) -> Command:
        own = inspect.signature(command, eval_str=True)
        more = (
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind
            )
            for name, kind, default in shared
        )

        @wraps(command)
        def told(**values: Any) -> None:
            command(**{name: values[name] for name in own.parameters})

        whole = own.replace(parameters=[*own.parameters.values(), *more])
        told.__dict__["__signature__"] = whole
        told.__annotations__ = {p.name: p.annotation for p in whole.parameters.values()}
        return told

    return given
