"""What a run has written since its last manifest: one that was killed leaves it to the next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

JOURNAL = ".manifest.journal"


def note(into: Path, place: str, sha256: str) -> None:
    """Note an output before it is written: what is noted and not there harms nobody."""
    with (into / JOURNAL).open("a", encoding="utf-8") as held:
        held.write(json.dumps([place, sha256]) + "\n")


def noted(into: Path) -> Iterator[tuple[str, str]]:
    """Path and SHA-256 of what was noted; a line that was cut off is none."""
    try:
        lines = (into / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, list) and len(told) == 2 and all(isinstance(t, str) for t in told):
            yield told[0], told[1]


def clear(into: Path) -> None:
    """Once a manifest tells of all of it."""
    (into / JOURNAL).unlink(missing_ok=True)
