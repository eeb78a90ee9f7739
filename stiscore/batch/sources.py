"""The tables of a plan: paths as they stand, patterns as what they match."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stiscore.finding import Finding
from stiscore.io.plan_model import PlannedFile
from stiscore.io.plan_yaml import LoadedPlan
from stiscore.words.faults import found

_PATTERN = frozenset("*?[")
# What a spreadsheet keeps beside a workbook while it is open.
_LOCK = "~$"


@dataclass(frozen=True, slots=True)
class Source:
    """A table of the plan. ``shown``: its path from the plan, or its name alone."""

    name: str
    path: Path
    shown: str
    reading: PlannedFile


def sources(loaded: LoadedPlan, folder: Path, into: Path, told: list[Finding]) -> Iterator[Source]:
    """The tables, in order; a pattern takes none that the plan names or an earlier one took.

    ``folder``: that of the plan; ``into``: that of its outputs, which are no tables. A pattern that
    matches nothing is noted in ``told`` (F196).
    """
    files = loaded.plan.files
    plain = [not _is_pattern(each.path, folder) for each in files]
    taken = {(folder / f.path).resolve() for f, one in zip(files, plain, strict=True) if one}
    for number, (each, one) in enumerate(zip(files, plain, strict=True)):
        if one:
            yield _source(each, each.path, folder)
            continue
        every = _matches(each.path, folder, into)
        matched = [match for match in every if (folder / match).resolve() not in taken]
        taken |= {(folder / match).resolve() for match in matched}
        if not matched:
            place = loaded.tree.value_at(("files", number))
            line = loaded.tree.source.lines[(place.line or 1) - 1]
            told.append(found("F196", place, pattern=each.path, source_line=line))
        yield from (_source(each, match, folder) for match in matched)


def _is_pattern(path: str, folder: Path) -> bool:
    """Whether signs of a pattern are meant as such: a file may be called data[1].xlsx."""
    return not _PATTERN.isdisjoint(path) and not (folder / path).exists()


def _matches(pattern: str, folder: Path, into: Path) -> list[str]:
    """Files a pattern matches, sorted, each file once; never what a run has written."""
    outputs = into.resolve()
    held = [
        match
        # A pattern may be absolute, which Path.glob refuses.
        for match in glob.glob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207
        if (folder / match).is_file()
        and not Path(match).name.startswith(_LOCK)
        and not (folder / match).resolve().is_relative_to(outputs)
    ]
    # A link to a folder above brings files back at every depth: the plainest path of each stays.
    held.sort(key=lambda match: ((folder / match).is_symlink(), len(Path(match).parts), match))
    once: dict[Path, str] = {}
    for match in held:
        once.setdefault((folder / match).resolve(), match)
    return sorted(once.values())


def _source(planned: PlannedFile, given: str, folder: Path) -> Source:
    path = Path(given)
    # Where a machine keeps its files is nobody's business in a manifest.
    shown = path.name if path.is_absolute() else path.as_posix()
    name = planned.name or path.stem.strip(". ") or "file"
    return Source(name, folder / path, shown, planned)
