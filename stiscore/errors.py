"""What can go wrong, where, and which exit code it ends in.

The tree::

    StiscoreError                  70  a bug, unless a subclass says otherwise
    |-- UsageError                  2  an option, a path or a name that does not exist
    |-- InputRefused                3  a file that cannot be read or that a guard refuses (R)
    |-- FrameworkInvalid            3  a framework with faults (F)
    |-- DataInvalid                 1  faults in layout, cells, keys or coverage (L, D, C)
    |-- ComputationFailed           4  what only shows while computing
    `-- EnvironmentFault            4  output not writable, an extra missing

Every error carries the findings the command line would print: a library user sees the same facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ExitCode(IntEnum):
    """What the process answers the shell; the table stands in the README."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 3
    FAILED = 4
    BUG = 70
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: a cell of a sheet, or a line and column of a text file.

    >>> str(Location("data.xlsx", sheet="Indicators", cell="C14"))
    'data.xlsx [Indicators] C14'
    >>> str(Location("framework.yaml", line=3, column=7))
    'framework.yaml:3:7'
    """

    file: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None

    @property
    def spot(self) -> str:
        """The cell, or line and column, without file and sheet; empty where neither is known."""
        if self.cell or self.line is None:
            return self.cell or ""
        return str(self.line) if self.column is None else f"{self.line}:{self.column}"

    def __str__(self) -> str:
        if self.line is not None:
            return ":".join(str(p) for p in (self.file, self.line, self.column) if p is not None)
        sheet = f" [{self.sheet}]" if self.sheet else ""
        return f"{self.file}{sheet}{f' {self.cell}' if self.cell else ''}"


class Fault(Protocol):
    """The part of a finding that an error needs to know: finding.py has the real one."""

    @property
    def code(self) -> str:
        """The stable code, e.g. D203."""

    @property
    def fields(self) -> Mapping[str, object]:
        """The figures of the sentence."""

    @property
    def location(self) -> Location | None:
        """Where it is."""


class StiscoreError(Exception):
    """The root of everything stiscore raises on purpose."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, message: str, findings: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class UsageError(StiscoreError):
    """An option, path or name that does not exist, or a value that makes no sense."""

    exit_code = ExitCode.USAGE


class InputRefused(StiscoreError):
    """A file that cannot be read, or that a guard refuses to read."""

    exit_code = ExitCode.REFUSED


class FrameworkInvalid(StiscoreError):
    """A framework with faults; all of them are carried."""

    exit_code = ExitCode.REFUSED


class DataInvalid(StiscoreError):
    """Data with faults in layout, cells, keys or coverage; all of them are carried."""

    exit_code = ExitCode.FINDINGS


class ComputationFailed(StiscoreError):
    """What only shows during computation, such as a geometric mean of zero without a floor."""

    exit_code = ExitCode.FAILED


class EnvironmentFault(StiscoreError):
    """The surroundings refuse: output not writable, disk full, an extra not installed."""

    exit_code = ExitCode.FAILED
