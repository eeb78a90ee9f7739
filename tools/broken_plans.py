"""Samples of faults in plans, and around what they make: what tools/build_broken.py writes."""

from __future__ import annotations

_SOUND = """\
schema: stiscore.plan/1
files: [clean.csv]
frameworks: [framework.yaml]
outputs:
  - command: validate
"""


def plans() -> dict[str, bytes]:
    """Every plan by its name, each with one fault."""
    told = {
        "F191.yaml": _edited("files:", "jobs: 2\nfiles:"),
        "F192.yaml": _edited("  - command: validate", "  - command: explain"),
        "F193.yaml": _edited("command: validate", "command: validat"),
        "F194.yaml": _edited("command: validate", "command: validate\n    draws: 100"),
        "F195.yaml": _edited("[clean.csv]", "[clean.csv, clean.xlsx]"),
        "F196.yaml": _edited("[clean.csv]", '[clean.csv, "plans/*.csv"]'),
        "U200.yaml": _SOUND,
    }
    return {name: text.encode() for name, text in told.items()}


def _edited(old: str, new: str) -> str:
    if _SOUND.count(old) != 1:
        raise ValueError(old)
    return _SOUND.replace(old, new)
