"""What became of a plan: an entry an output, and what the manifest holds beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from stiscore.errors import ExitCode
from stiscore.finding import Findings
from stiscore.report.printed import Printed

Json = Mapping[str, Any]


class State(StrEnum):
    """How far an output is."""

    DONE = "done"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An output as the plan asks for it; ``files``, ``framework`` and ``method`` are names there.

    ``options``: what the plan sets, form and language included; ``settings``: what the method sets.
    """

    path: str
    files: tuple[str, ...]
    framework: str
    method: str
    command: str
    options: Json = field(default_factory=dict)
    settings: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an output: exit code of its command, findings by severity, what it rests on.

    ``failures``: the errors of one that failed, as JSON has findings; ``bug``: the name of an
    exception that is a fault of stiscore. ``seed`` and ``draws``: None without method variants.
    """

    exit: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    seed: int | None = None
    draws: int | None = None
    failures: tuple[Json, ...] = ()
    bug: str | None = None

    @property
    def failed(self) -> bool:
        """Whether there is no product."""
        return bool(self.failures) or self.bug is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """An output of a plan. ``key``: hash over all it depends on; ``sha256``: of its bytes.

    ``key`` is None where the file that stands there, if any, is not of this run or an equal one.
    """

    wanted: Wanted
    state: State
    made: Made = field(default_factory=Made)
    key: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BatchReport(Printed):
    """A plan and its outputs. Frozen; text is made on demand.

    ``plan``: name and SHA-256 of its file; ``inputs`` and ``frameworks``: as the manifest has them.
    ``stale``: outputs of earlier runs the plan makes no more, by path, with their SHA-256;
    ``pruned``: those of them that were removed. ``findings``: on the plan and its folder.
    ``checked``: nothing was done, and its entries say what would be.
    """

    renderers: ClassVar[str] = "batch"
    plan: tuple[str, str]
    entries: tuple[Entry, ...]
    inputs: tuple[Json, ...] = ()
    frameworks: tuple[Json, ...] = ()
    stale: Mapping[str, str] = field(default_factory=dict)
    pruned: tuple[str, ...] = ()
    findings: Findings = field(default_factory=Findings)
    interrupted: bool = False
    checked: bool = False

    @property
    def states(self) -> Counter[State]:
        """How many outputs are in which state."""
        return Counter(entry.state for entry in self.entries)

    @property
    def exit_code(self) -> ExitCode:
        """1 where an output failed or its command ends with another code than 0; 130 if stopped."""
        if self.interrupted:
            return ExitCode.INTERRUPTED
        return ExitCode.FINDINGS if any(e.made.exit for e in self.entries) else ExitCode.DONE
