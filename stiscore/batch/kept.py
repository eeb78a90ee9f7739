"""The manifest of an earlier run: which files are ours, and which of them need no work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stiscore.batch.journal import noted
from stiscore.errors import Location, UsageError
from stiscore.report.batch_model import Made
from stiscore.words.faults import found, refusal
from stiscore.words.faults.batch import WHY

Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
# Folder of a file, of a framework, of a method, and the output: see ``layout``.
_PARTS = 4


class _Lax(BaseModel):
    """Reads what it knows and leaves the rest, which is for people."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class _Output(_Lax):
    path: str
    key: Sha | None
    sha256: Sha | None
    exit: int
    findings: dict[str, int]
    seed: int | None
    draws: int | None


class _Stale(_Lax):
    path: str
    sha256: Sha


class _Plan(_Lax):
    file: str


class _Manifest(_Lax):
    schema_: Literal["stiscore.manifest/1"] = Field(alias="schema")
    plan: _Plan
    outputs: list[_Output]
    stale: list[_Stale]


@dataclass(frozen=True, slots=True)
class Before:
    """An output of an earlier run: what it depended on, its bytes, what came of it."""

    key: str | None
    sha256: str
    made: Made = field(default_factory=Made)


@dataclass(frozen=True, slots=True)
class Kept:
    """By path all outputs of earlier runs whose files stand as they were left."""

    outputs: Mapping[str, Before] = field(default_factory=dict)


def kept(into: Path, manifest: str, plan: str, *, force: bool) -> Kept:
    """What earlier runs left in ``into``; nothing where there is no manifest.

    Raises UsageError (U202) for a manifest that is none, or of a plan of another name; with
    ``force`` it is taken for none.
    """
    file = into / manifest
    if not file.is_file():
        return Kept()
    why = "form"
    try:
        told = _Manifest.model_validate_json(file.read_bytes())
    except (ValidationError, OSError):
        pass
    else:
        if told.plan.file == plan:
            return Kept(dict(_standing(into, told)))
        why = "plan"
    if force:
        return Kept()
    reason = WHY[why].filled(**({"plan": told.plan.file} if why == "plan" else {}))
    raise refusal(UsageError, [found("U202", Location(str(file)), file=file.name, why=reason)])


def _standing(into: Path, told: _Manifest) -> Iterator[tuple[str, Before]]:
    """The outputs whose files are there, within the folder, and of the bytes that were written."""
    for each in told.outputs:
        if each.sha256 is not None and stands(into, each.path, each.sha256):
            made = Made(each.exit, each.findings, each.seed, each.draws)
            yield each.path, Before(each.key, each.sha256, made)
    for left in told.stale:
        if stands(into, left.path, left.sha256):
            yield left.path, Before(None, left.sha256)
    # A run that was killed wrote these, and no manifest after them.
    for path, sha256 in noted(into):
        if stands(into, path, sha256):
            yield path, Before(None, sha256)


def stands(into: Path, path: str, sha256: str) -> bool:
    """Whether a file of these bytes is at a path such as outputs have, in the folder itself."""
    parts = PurePosixPath(path).parts
    if len(parts) != _PARTS or not {"/", ".."}.isdisjoint(parts) or "\\" in path:
        return False
    file = into / path
    try:
        ours = not file.is_symlink() and file.resolve().is_relative_to(into.resolve())
    except (OSError, ValueError):
        # A manifest that somebody wrote may name what no system can.
        return False
    return ours and sha256_of(file) == sha256


def sha256_of(file: Path) -> str | None:
    """SHA-256 of a file; None where it is no file or cannot be read."""
    try:
        if not file.is_file():
            return None
        with file.open("rb") as held:
            return hashlib.file_digest(held, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
