"""What a library user sees: read, evaluate, fit, score, and the Scorecard they give.

>>> import stiscore as sti
>>> card = sti.evaluate(sti.read(sti.sample("provinces")))
>>> card.report.units[0].label
'上海'
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from stiscore.analysis.cautions import cautions
from stiscore.checks import check
from stiscore.dataset import Dataset
from stiscore.finding import Findings
from stiscore.framework.locate import shipped_samples
from stiscore.framework.model import Framework
from stiscore.io.frame_json import load_frame, save_frame
from stiscore.io.framework_yaml import load_framework
from stiscore.io.parse import Pending, finish, read_book, start
from stiscore.io.read import at, interpret, interpret_rows, periods
from stiscore.pipeline import denominate, fit, score
from stiscore.report.model import Report
from stiscore.scorecard import Scorecard, appraise, find_unit, one_period
from stiscore.scores import Fitted, Scores
from stiscore.words.faults import unknown

if TYPE_CHECKING:
    from stiscore.frames import DataFrame


def read(
    path: str | Path | Pending,
    framework: Framework | None = None,
    *,
    level: str | None = None,
    sheet: str | None = None,
    any_units: bool = False,
    allow_large: bool = False,
) -> Dataset:
    """Read a workbook or CSV into a Dataset, every value with its cell.

    ``framework`` None is the shipped one; ``level`` None infers it from the units; ``any_units``
    takes units the registry does not know. Values that are not numbers are missing with a flag;
    what was not read stands in ``leftovers``. Raises InputRefused for a file no guard lets pass,
    DataInvalid when no table is recognised.
    """
    book = (
        finish(path)
        if isinstance(path, Pending)
        else read_book(Path(path), allow_large=allow_large)
    )
    return interpret(
        book, framework or load_framework(), level=level, sheet=sheet, any_units=any_units
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
    data: Dataset, framework: Framework | None = None, *, strict: bool = False
) -> Findings:
    """All findings on a dataset: cells, keys, columns, and what its scores would rest on."""
    framework = framework or load_framework()
    found = check(framework, denominate(framework, data))
    if found.errors:
        return found
    scored = one_period(data)
    return Findings((*found, *cautions(score(fit(framework, scored), scored), strict=strict)))


def evaluate(
    data: Dataset,
    framework: Framework | None = None,
    *,
    frame: Fitted | None = None,
    common: bool = False,
    strict: bool = False,
) -> Scorecard:
    """Fit, score and rank a dataset.

    Of several periods the latest is taken. With ``frame`` the saved scale is used and nothing is
    fitted. ``common`` ranks only units that have every measured area; ``strict`` refuses a
    framework measured too thinly. Raises DataInvalid, carrying all findings, when any is an error.
    """
    resolved = frame.framework if frame else framework or load_framework()
    return appraise(data, resolved, frame=frame, common=common, strict=strict)


__all__ = [
    "Dataset",
    "Fitted",
    "Framework",
    "Report",
    "Scorecard",
    "Scores",
    "at",
    "evaluate",
    "find_unit",
    "fit",
    "from_frame",
    "load_frame",
    "load_framework",
    "periods",
    "read",
    "sample",
    "save_frame",
    "score",
    "start",
    "validate",
]
