"""Saved frames: a fitted scale as JSON, read back with the same strictness as a framework."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from stiscore.errors import FrameworkInvalid, Location, UsageError
from stiscore.io.write import write_whole
from stiscore.scores import Fitted
from stiscore.words.faults import found, refusal
from stiscore.words.faults.wanted import not_a_frame

# A frame holds a framework (under 1 MB) and a few numbers a column, or where units are compared the
# reference units' own: 200,000 of them in half a dozen columns fit in.
MAX_BYTES = 32_000_000


def save_frame(
    fitted: Fitted, path: Path, *, force: bool = False, inputs: tuple[Path, ...] = ()
) -> None:
    """Write a frame, whole or not at all; an existing file only with ``force``."""
    write_whole(
        path, fitted.model_dump_json(by_alias=True, indent=1) + "\n", force=force, inputs=inputs
    )


def load_frame(path: Path) -> Fitted:
    """Read a saved frame; FrameworkInvalid when it is not one, UsageError when it is not there."""
    try:
        with path.open("rb") as file:
            text = file.read(MAX_BYTES + 1)
    except OSError as fault:
        told = found("U107", file=path, reason=fault.strerror)
        raise refusal(UsageError, [told]) from fault
    place = Location(path.name)
    if len(text) > MAX_BYTES:
        raise refusal(FrameworkInvalid, [found("F190", place, why=f"over {MAX_BYTES:,} bytes")])
    try:
        return Fitted.model_validate_json(text)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(p) for p in first["loc"])
        why = not_a_frame(where, first["type"], first.get("ctx", {}))
        raise refusal(FrameworkInvalid, [found("F190", place, why=why)]) from fault
