"""A template as it comes back: made for another framework, empty, or filled in part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from stiscore.dataset import Dataset, Flag, titled
from stiscore.errors import DataInvalid, Location
from stiscore.finding import Severity
from stiscore.framework.imprint import imprint
from stiscore.words.faults import found, refusal
from stiscore.words.faults.collected import NONE

if TYPE_CHECKING:
    from stiscore.finding import Finding
    from stiscore.framework.model import Framework


def stale(
    file: str, told: Mapping[str, str], framework: Framework, level: str
) -> Iterator[Finding]:
    """L141, L142: a template of another version, framework or level."""
    where = Location(file)
    if told.get("level") not in {None, "", level}:
        yield found("L142", where, then=told["level"], level=level)
        return
    now = (framework.id, framework.version, imprint(framework, level))
    then = (told.get("framework"), told.get("framework_version"), told.get("imprint"))
    if then != now:
        before = told.get("framework_indicators", "").replace(",", " ").split()
        today = [i.id for i in framework.at_level(level)]
        yield found(
            "L141",
            where,
            then=f"{then[0]} {then[1]}",
            now=f"{now[0]} {now[1]}",
            appeared=", ".join(i for i in today if i not in before) or NONE,
            gone=", ".join(i for i in before if i not in today) or NONE,
        )


def filled(dataset: Dataset, findings: list[Finding]) -> Dataset:
    """What of a template is filled in; rows and columns that hold nothing are left out with a note.

    A head over blank cells and a unit beside them say nothing. Raises DataInvalid (L140) when
    nobody has filled in anything.
    """
    # A cell that holds a word or an error is filled in, and the checks will have something to say.
    held = ~np.isnan(dataset.values) | ((dataset.flags & ~np.uint16(Flag.BLANK)) > 0)
    where = Location(dataset.source.file, dataset.source.sheet)
    if not held.any():
        # Answers with faults are something, though nothing could be counted.
        faulty = any(f.severity is Severity.ERROR for f in findings)
        raise refusal(DataInvalid, findings if faulty else [found("L140", where), *findings])
    rows, columns = (np.flatnonzero(held.any(axis=axis)).tolist() for axis in (1, 0))
    if len(columns) < len(dataset.columns):
        left = [c.id for at, c in enumerate(dataset.columns) if at not in columns]
        findings.append(found("L143", where, count=len(left), columns=", ".join(left)))
    if len(rows) < len(dataset.units):
        names = [titled(u, "both") for at, u in enumerate(dataset.units) if at not in rows]
        findings.append(found("L144", where, count=len(names), units=", ".join(names)))
    return _of_columns(dataset.rows(rows), columns)


def _of_columns(dataset: Dataset, columns: Sequence[int]) -> Dataset:
    """The dataset with only these columns, in this order."""
    back = {old: new for new, old in enumerate(columns)}
    return replace(
        dataset,
        columns=tuple(dataset.columns[c] for c in columns),
        values=dataset.values[:, columns],
        flags=dataset.flags[:, columns],
        origin=dataset.origin[:, columns],
        errors=None if dataset.errors is None else dataset.errors[:, columns],
        texts=MappingProxyType(
            {(r, back[c]): t for (r, c), t in dataset.texts.items() if c in back}
        ),
        collected=MappingProxyType(
            {(r, back[c]): held for (r, c), held in dataset.collected.items() if c in back}
        ),
    )
