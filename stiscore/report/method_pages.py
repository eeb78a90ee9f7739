"""The pages of docs/methods: one a stage, a card a method, from the methods' own docstrings."""

from __future__ import annotations

import inspect
import json
import re
import textwrap

from stiscore.framework.method import BY_INDICATOR, BY_LEVEL, STAGES, methods
from stiscore.methods.base import Method

# What each stage is for, and how its choice is written.
_ABOUT = {
    "screen": "Which units have too few data to be scored at all. Default: `none`.",
    "denominate": "How raw quantities become comparable indicators. Default: `derive`.",
    "impute": "What is put where a value is missing. Default: `none`. Every filled cell is listed.",
    "treat": "What is done about outliers. Default: `none`. Every changed cell is listed.",
    "normalise": "How indicators come to one scale. Default: `goalposts`.",
    "weight": "How much a child counts in its parent. Default: `declared`.",
    "aggregate": "How children become their parent's score. Default: `arithmetic`.",
}


def listing(width: int) -> str:
    """All methods for a terminal: stage, id and what it is, parameters underneath."""
    lines: list[str] = []
    for stage in STAGES:
        lines.append(stage)
        for method in _of(stage):
            summary = (inspect.getdoc(method) or "").splitlines()[0].replace("``", "")
            lines += _wrapped(f"{_id(method):26}{summary}", width, 2)
            settings = method().model_dump(mode="json")
            del settings["id"]
            told = ", ".join(f"{key}={json.dumps(value)}" for key, value in settings.items())
            lines += _wrapped(told, width, 28) if told else []
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    first, rest = " " * indent, " " * 28
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    told = {f"{stage}.md": _page(stage) for stage in STAGES}
    return {"README.md": _index(), **told}


def _index() -> str:
    lines = [
        "# Methods",
        "",
        "One page a stage of the Handbook, made from the docstrings by `tools/build_methods.py`.",
        "A method is chosen in the framework under `method:`, or for one run with",
        "`--method STAGE=ID` and `--method STAGE.PARAMETER=VALUE`.",
        "",
        "| stage | methods |",
        "| --- | --- |",
    ]
    for stage in STAGES:
        ids = ", ".join(f"[{_id(m)}]({stage}.md#{_id(m)})" for m in _of(stage))
        lines.append(f"| [{stage}]({stage}.md) | {ids} |")
    return "\n".join(lines) + "\n"


def _page(stage: str) -> str:
    lines = [f"# {stage}", "", _ABOUT[stage], "", *_chosen(stage)]
    for method in _of(stage):
        lines += ["", f"## {_id(method)}", "", *_card(method)]
    return "\n".join(lines) + "\n"


def _chosen(stage: str) -> list[str]:
    """How the stage is set, for all and for a part."""
    first = _id(_of(stage)[-1])
    lines = ["```yaml", "method:", f"  {stage}: {{id: {first}}}"]
    if stage in BY_LEVEL:
        lines.append(f"  {stage}_levels: {{level1: {{id: {first}}}}}  # indicators to groups")
    if stage in BY_INDICATOR:
        lines.append(f"  by_indicator: {{some_indicator: {{{stage}: {{id: {first}}}}}}}")
    return [*lines, "```"]


def _card(method: type[Method]) -> list[str]:
    text = inspect.getdoc(method) or ""
    prose, _, example = text.partition(">>>")
    lines = prose.rstrip().splitlines()
    settings = method().model_dump(mode="json")
    del settings["id"]
    if settings:
        told = ", ".join(f"`{k}` = `{json.dumps(v)}`" for k, v in settings.items())
        lines += ["", f"Parameters and defaults: {told}."]
    if example:
        lines += ["", "```python", *f">>>{example}".rstrip().splitlines(), "```"]
    return [re.sub(r"``(.+?)``", r"`\1`", line) for line in lines]


def _of(stage: str) -> list[type[Method]]:
    return [m for m in methods() if m.stage == stage]


def _id(method: type[Method]) -> str:
    return str(method.model_fields["id"].default)
