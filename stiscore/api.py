"""What a library user sees: read, evaluate, fit, score, and the Scorecard they give.

>>> import stiscore as sti
>>> card = sti.evaluate(sti.read(sti.sample("provinces")))
>>> card.report.units[0].label
'上海'
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from stiscore.analysis.cautions import cautions
from stiscore.analysis.named import find_unit
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
from stiscore.panels import fill_along_years
from stiscore.pipeline import fit, score
from stiscore.report.model import Report
from stiscore.scorecard import Scorecard, Wanted, appraise, checked, one_period
from stiscore.scores import Fitted, Scores
from stiscore.words.faults import unknown

if TYPE_CHECKING:
    from stiscore.comparison import Comparison
    from stiscore.frames import DataFrame
    from stiscore.report.audit_model import CoherenceAudit
    from stiscore.report.weights_model import WeightsReport
    from stiscore.yearly import Trends


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
    data, found = checked(fill_along_years(framework, data), framework, tolerate=tolerate)
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
    draws: int | None = None,
    seed: int = 1,
) -> Scorecard:
    """Fit, score and rank a dataset.

    Of several periods the latest is taken. With ``frame`` the saved scale is used and nothing is
    fitted. ``common`` ranks only units that have every measured area; ``strict`` refuses a
    framework measured too thinly. ``tolerate`` sets cells with errors aside as missing, flagged
    wherever they appear. Ranges of ranks and scores rest on ``draws`` method variants (None: as
    many as the framework says, 1,000 as a rule; 0: none), the same for the same ``seed``. Raises
    DataInvalid, carrying all findings, when any is an error that may not be set aside.
    """
    resolved = frame.framework if frame else framework or load_framework()
    return appraise(
        data,
        resolved,
        frame=frame,
        common=common,
        strict=strict,
        tolerate=tolerate,
        variants=Wanted(draws, seed),
    )


def compare(
    data: Dataset | Sequence[Dataset],
    framework: Framework | None = None,
    *,
    units: Sequence[str] = (),
    peers: str | Sequence[str] = (),
    group: str | None = None,
    years: Sequence[str] = (),
    scale: str = "pooled",
    frame: Fitted | None = None,
    common: bool = False,
    strict: bool = False,
    tolerate: bool = False,
    draws: int | None = None,
    seed: int = 1,
) -> Comparison:
    """Units side by side; one unit against its peers; or the same over several tables.

    ``units``: ids or names, in the order of the result; none: all. ``peers``: ``"group"`` for the
    first unit's own peer group, ``"nearest:5"`` for the ranked units nearest to it in income and
    size, or names of units; ``group`` names a group. ``years``: years of the
    data, ranges as ``"2019:2022"``, or ``"all"``; none: each table's latest.

    Several tables stand on one scale over the columns they share; other columns are left out with a
    finding. ``scale``: ``"pooled"``, fitted on the rows of all; the label of one table (its year or
    file), fitted on that one; or ``"each"``, every table on its own: where the method learns from
    the rows, no change of a score or rank is told then. Scores are 0-100, what is missing is None.
    ``draws`` and ``seed`` are those of ``evaluate``: ranks have their ranges, and of every pair of
    named units it is told in what share of the variants one ranks above the other.
    Raises DataInvalid for different levels, no common column or any error in the data, UsageError
    for unknown names.

    >>> import stiscore as sti
    >>> told = sti.compare(sti.read(sti.sample("provinces")), units=["上海", "江苏", "贵州"])
    >>> [place.rank for place in told.report.tables[0].places]
    [1, 8, 29]
    """
    from stiscore.comparison import compared
    from stiscore.joint import Rules
    from stiscore.sides import Question

    tables = (data,) if isinstance(data, Dataset) else tuple(data)
    resolved = frame.framework if frame else framework or load_framework()
    asked = peers if isinstance(peers, str) else tuple(peers)
    question = Question(tuple(units), asked, group, tuple(years))
    rules = Rules(frame, common, strict, tolerate, scale, draws, seed)
    return compared(tables, resolved, question, rules)


def trends(
    data: Dataset,
    framework: Framework | None = None,
    *,
    units: Sequence[str] = (),
    node: str | None = None,
    years: str | Sequence[str] = "all",
    scale: str = "pooled",
    frame: Fitted | None = None,
    common: bool = False,
    strict: bool = False,
    tolerate: bool = False,
) -> Trends:
    """Units over the years of one dataset: values, change, growth rate and trend.

    ``node``: id or name of what is followed; None is the index. Of an indicator the raw values are
    shown, of anything else scores (0-100; of a gap its severity). ``years``: years, ranges as
    ``"2018:2022"``, or ``"all"``; ``scale`` as in ``compare``. Change is from a unit's first value
    to its last; the growth rate (0.05: 5 % a year) between these two is told of scores only where
    their scale begins at zero (goalposts), of raw values where both are above 0; the trend is the
    slope a year of the least squares line. What is missing is None, and nothing is filled in
    unless the method says so. Raises UsageError for a single year (U151) and for unknown names,
    DataInvalid as ``compare`` does.

    >>> import pandas as pd, stiscore as sti
    >>> panel = pd.DataFrame(
    ...     {"unit": ["北京"] * 2, "year": [2021, 2022], "trade_gdp": [40.0, 44.0]}
    ... )
    >>> told = sti.trends(sti.Dataset.from_frame(panel), node="trade_gdp")
    >>> [(c.change, round(c.rate, 3)) for c in told.report.courses]
    [(4.0, 0.1)]
    """
    from stiscore.joint import Rules
    from stiscore.yearly import Asked, followed

    resolved = frame.framework if frame else framework or load_framework()
    chosen = (years,) if isinstance(years, str) else tuple(years)
    asked = Asked(tuple(units), node, chosen)
    return followed(data, resolved, asked, Rules(frame, common, strict, tolerate, scale))


def audit(
    data: Dataset,
    framework: Framework | None = None,
    *,
    against: str | Path | None = None,
    correlation: Literal["pearson", "spearman", "kendall"] = "pearson",
    frame: Fitted | None = None,
    common: bool = False,
    strict: bool = False,
    tolerate: bool = False,
) -> CoherenceAudit:
    """The coherence audit of a dataset: one table a question, each with what it means.

    Availability, distributions, correlations, reliability, components, weights, leaving out, size,
    evidence; with ``against``, a table of another index, how far the two agree. What has too few
    units is not computed, and the table says why. Of several periods the latest is taken; all
    other options and errors are those of ``evaluate``. Raises UsageError (U103) for a file of
    ``against`` without units of this table or without figures.

    >>> import stiscore as sti
    >>> told = sti.audit(sti.read(sti.sample("provinces")))
    >>> told.table("evidence").column("indicators")
    (6, 0, 0)
    """
    from stiscore.analysis.audit import audit as examined
    from stiscore.io.other_index import index_beside
    from stiscore.report.audit_model import CoherenceAudit

    resolved = frame.framework if frame else framework or load_framework()
    card = appraise(data, resolved, frame=frame, common=common, strict=strict, tolerate=tolerate)
    other = None if against is None else index_beside(Path(against), card.evaluated.scores.data)
    told = examined(card.evaluated, kind=correlation, other=other)
    return CoherenceAudit(card.report_of(indicators=False), told)


def weights(
    data: Dataset,
    framework: Framework | None = None,
    *,
    method: str | Sequence[str] = (),
    pairwise: str | Path | Sequence[str | Path] = (),
    points: str | Path | None = None,
    strict: bool = False,
    tolerate: bool = False,
) -> WeightsReport:
    """Weights by a method, beside those the framework declares.

    ``method``: the id of a weight method, or settings as ``evaluate --method`` takes; none: the
    framework's own, or the one that reads the sheets. ``pairwise``: matrices of judgements for
    ``ahp``; ``points``: a table of points for ``budget``; with a bare id they are used in the steps
    they speak of. Shares are 0-1; missing values are left to the method. Of several periods the
    latest is taken. Raises UsageError for an unknown method, InputRefused for faulty sheets (F181
    to F186), DataInvalid (C315) where the data do not allow the method.

    >>> import stiscore as sti
    >>> told = sti.weights(sti.read(sti.sample("provinces")), method="entropy")
    >>> round(sum(n.local for n in told.nodes if n.parent == "regional_hubs"), 12)
    1.0
    """
    from stiscore.weighing import opinions_in, weighed

    resolved = framework or load_framework()
    files = [pairwise] if isinstance(pairwise, (str, Path)) else list(pairwise)
    opinions = opinions_in(files, points, resolved)
    asked = [method] if isinstance(method, str) else list(method)
    return weighed(data, resolved, asked, opinions, strict=strict, tolerate=tolerate)


__all__ = [
    "Dataset",
    "Fitted",
    "Framework",
    "Report",
    "Scorecard",
    "Scores",
    "at",
    "audit",
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
    "trends",
    "validate",
    "weights",
]
