"""The output folder: what may be written in it, what is left in it, and the writing itself."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from stiscore.batch.journal import JOURNAL, clear, note
from stiscore.batch.kept import Kept, stands
from stiscore.batch.names import MANIFEST
from stiscore.errors import EnvironmentFault, Location, StiscoreError, UsageError
from stiscore.finding import Finding
from stiscore.io.write import check_target, write_whole
from stiscore.words.faults import found, refusal


@dataclass(frozen=True, slots=True, eq=False)
class Folder:
    """Where outputs go.

    ``inputs``: files that are never written to; ``kept``: what may be replaced, which under
    ``force`` is all there is; ``fresh``: what this run has written.
    """

    into: Path
    kept: Kept
    inputs: tuple[Path, ...]
    force: bool = False
    fresh: set[str] = field(default_factory=set)

    def check(self, places: Iterable[str]) -> None:
        """Refuse, before any work, what could not be written in the end.

        Raises UsageError for a file of somebody else (U200), an input, a link or a folder in the
        place of an output, EnvironmentFault for a folder that cannot be written to.
        """
        faults: list[Finding] = []
        for place in (*places, MANIFEST, JOURNAL):
            target = self.into / place
            _check_folder(target.parent)
            if not target.parent.is_dir():
                continue
            mode = check_target(target, force=True, inputs=self.inputs)
            if mode is not None and not self._may_replace(place):
                faults.append(found("U200", Location(str(target)), file=target.name))
        if faults:
            raise refusal(UsageError, faults)

    def write(self, place: str, text: str) -> str:
        """Write an output, whole or not at all; its SHA-256."""
        target = self.into / place
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise _no_room(target.parent, fault) from fault
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        try:
            if place != MANIFEST:
                note(self.into, place, sha256)
        except OSError as fault:
            raise _no_room(self.into, fault) from fault
        may = self._may_replace(place)
        self.fresh.add(place)
        write_whole(target, text, force=may, inputs=self.inputs)
        return sha256

    def write_manifest(self, text: str, told: Container[str]) -> None:
        """Write the manifest, where it is not the same as before; ``told``: outputs it tells of."""
        held = None
        with suppress(OSError):
            held = (self.into / MANIFEST).read_bytes()
        if held != text.encode():
            self.write(MANIFEST, text)
        # Stopped between an output and its entry, a run leaves one that the manifest does not tell.
        if all(place in told for place in self.fresh - {MANIFEST}):
            with suppress(OSError):
                clear(self.into)

    def prune(self, stale: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """Remove outputs of earlier runs, and the folders they leave empty; those that went."""
        gone = []
        for place, sha256 in stale:
            if stands(self.into, place, sha256):
                (self.into / place).unlink()
                gone.append(place)
                for folder in list((self.into / place).parents)[:3]:
                    # Refused by the system where something is left in it.
                    with suppress(OSError):
                        folder.rmdir()
        return tuple(gone)

    def _may_replace(self, place: str) -> bool:
        """An output of an earlier run that stands as it was left, and the manifest."""
        ours = place in self.kept.outputs or place in self.fresh or place in {MANIFEST, JOURNAL}
        return self.force or ours


def _check_folder(folder: Path) -> None:
    """Refuse a folder that neither is nor can be made."""
    nearest = folder
    while not os.path.lexists(nearest) and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        raise refusal(UsageError, [found("R150", Location(str(folder)))])
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise refusal(EnvironmentFault, [found("R156", Location(str(nearest)))])


def _no_room(folder: Path, fault: OSError) -> StiscoreError:
    told = found("R158", Location(str(folder)), reason=fault.strerror or type(fault).__name__)
    return refusal(EnvironmentFault, [told])
