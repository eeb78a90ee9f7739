"""What a library user sees: read, evaluate, fit, score, and the Scorecard they give.

>>> import stiscore as sti
>>> card = sti.evaluate(sti.read(sti.sample("provinces")))
>>> card.report.units[0].label
'上海'
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stiscore.analysis.cautions import cautions
from stiscore.checks.tolerate import stopping
from stiscore.dataset import Dataset
from stiscore.errors import DataInvalid
from stiscore.finding import Finding, Findings
from stiscore.framework.locate import shipped_samples
from stiscore.framework.model import Framework
from stiscore.io.frame_json import load_frame, save_frame
from stiscore.io.framework_yaml import load_framework
from stiscore.io.parse import Pending, finish, read_book, start
from stiscore.io.read import at, interpret, interpret_rows, periods
from stiscore.io.sheets import sheets
from stiscore.pipeline import fit, score
from stiscore.report.model import Report
from stiscore.scorecard import Scorecard, appraise, checked, find_unit, one_period
from stiscore.scores import Fitted, Scores
from stiscore.words.faults import unknown

if TYPE_CHECKING:
    from stiscore.comparison import Comparison
    from stiscore.frames import DataFrame


def read(
    path: str | Path | Pending,
    framework: Framework | None = None,
    *,
    level: str | None = None,
    sheet: str | None = None,
    layout: str | None = None,
    indicator: str | None = None,
    any_units: bool = False,
    allow_large: bool = False,
) -> Dataset:
    """Read a workbook or CSV into a Dataset, every value with its cell.

    ``framework`` None is the shipped one; ``level`` None infers it from the units; ``sheet`` may
    name a part of a sheet ("Data!A4:H40"); ``layout`` is one of wide, long, years, world-bank;
    ``indicator`` says what figures are of that nothing in the file names; ``any_units`` takes units
    the registry does not know. Values that are not numbers are missing with a flag;
    what was not read stands in ``leftovers``. Raises InputRefused for a file no guard lets pass,
    DataInvalid when no table is recognised.
    """
    book = (
        finish(path)
        if isinstance(path, Pending)
        else read_book(Path(path), allow_large=allow_large)
    )
    return interpret(
        book,
        framework or load_framework(),
        level=level,
        sheet=sheet,
        layout=layout,
        indicator=indicator,
        any_units=any_units,
    )


def from_frame(
    frame: DataFrame,
    framework: Framework | None = None,
    *,
    level: str | None = None,
    any_units: bool = False,
) -> Dataset:
    """A pandas frame as a Dataset: columns headed by id, name or alias, one row a unit."""
    from stiscore import frames

    return interpret_rows(
        frames.table(frame), framework or load_framework(), level=level, any_units=any_units
    )


def sample(name: str = "provinces") -> Path:
    """The path of a sample workbook: provinces, economies, or full (invented)."""
    files = {
        p.stem.split("_")[0] if "full" not in p.stem else "full": p
        for p in shipped_samples().glob("*.xlsx")
    }
    if name not in files:
        raise unknown("sample", name, files)
    return files[name]


def validate(
    data: Dataset,
    framework: Framework | None = None,
    *,
    strict: bool = False,
    tolerate: bool = False,
) -> Findings:
    """All findings on a dataset: cells, keys, columns, and what its scores would rest on.

    The last only where nothing stops the scoring; with ``tolerate`` faulty cells do not.
    """
    framework = framework or load_framework()
    data, found = checked(data, framework, tolerate=tolerate)
    if stopping(found) if tolerate else found.errors:
        return found
    scored = one_period(data)
    try:
        warned = cautions(score(fit(framework, scored), scored), strict=strict)
    except DataInvalid as fault:
        return Findings((*found, *(f for f in fault.findings if isinstance(f, Finding))))
    return Findings((*found, *warned))


def evaluate(
    data: Dataset,
    framework: Framework | None = None,
    *,
    frame: Fitted | None = None,
    common: bool = False,
    strict: bool = False,
    tolerate: bool = False,
) -> Scorecard:
    """Fit, score and rank a dataset.

    Of several periods the latest is taken. With ``frame`` the saved scale is used and nothing is
    fitted. ``common`` ranks only units that have every measured area; ``strict`` refuses a
    framework measured too thinly. ``tolerate`` sets cells with errors aside as missing, flagged
    wherever they appear. Raises DataInvalid, carrying all findings, when any is an error that may
    not be set aside.
    """
    resolved = frame.framework if frame else framework or load_framework()
    return appraise(data, resolved, frame=frame, common=common, strict=strict, tolerate=tolerate)


def compare(
    data: Dataset | Sequence[Dataset],
    framework: Framework | None = None,
    *,
    units: Sequence[str] = (),
    peers: str | Sequence[str] = (),
    group: str | None = None,
    years: Sequence[str] = (),
    frame: Fitted | None = None,
    common: bool = False,
    strict: bool = False,
    tolerate: bool = False,
) -> Comparison:
    """Units side by side; one unit against its peers; or the same over several tables.

    ``units``: ids or names, in the order of the result; none: all. ``peers``: ``"group"`` for the
    first unit's own peer group, or names of units; ``group`` names a group. ``years``: years of the
    data, ranges as ``"2019:2022"``, or ``"all"``; none: each table's latest.

    Several tables stand on one scale, fitted on all their rows, over the columns they share; other
    columns are left out with a finding. Scores are 0-100, what is missing is None. Raises
    DataInvalid for different levels, no common column or any error in the data, UsageError for
    unknown names.

    >>> import stiscore as sti
    >>> told = sti.compare(sti.read(sti.sample("provinces")), units=["上海", "江苏", "贵州"])
    >>> [place.rank for place in told.report.tables[0].places]
    [1, 8, 29]
    """
    from stiscore.comparison import Rules, compared
    from stiscore.sides import Question

    tables = (data,) if isinstance(data, Dataset) else tuple(data)
    resolved = frame.framework if frame else framework or load_framework()
    asked = peers if isinstance(peers, str) else tuple(peers)
    question = Question(tuple(units), asked, group, tuple(years))
    return compared(tables, resolved, question, Rules(frame, common, strict, tolerate))


__all__ = [
    "Dataset",
    "Fitted",
    "Framework",
    "Report",
    "Scorecard",
    "Scores",
    "at",
    "compare",
    "evaluate",
    "find_unit",
    "finish",
    "fit",
    "from_frame",
    "interpret",
    "load_frame",
    "load_framework",
    "periods",
    "read",
    "sample",
    "save_frame",
    "score",
    "sheets",
    "start",
    "validate",
]
