"""What a library user sees: read, evaluate, fit, score, and the Scorecard they give.

>>> import stiscore as sti
>>> card = sti.evaluate(sti.read(sti.sample("provinces")))
>>> card.report.units[0].label
'上海'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stiscore.analysis.cautions import cautions
from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.analysis.explain import Branch
from stiscore.analysis.explain import explain as explain_row
from stiscore.checks import check
from stiscore.dataset import Dataset
from stiscore.errors import DataInvalid, UsageError
from stiscore.finding import Findings
from stiscore.framework.locate import shipped_samples
from stiscore.framework.model import Framework
from stiscore.framework.override import with_weights
from stiscore.io.frame_json import load_frame, save_frame
from stiscore.io.framework_yaml import load_framework
from stiscore.io.parse import Pending, finish, read_book, start
from stiscore.io.read import at, interpret, interpret_rows, latest, periods
from stiscore.io.write import write_whole
from stiscore.pipeline import denominate, fit, score
from stiscore.report import csvout, html, jsonout, markdown
from stiscore.report.build import build_report
from stiscore.report.model import Report
from stiscore.scores import Fitted, Scores
from stiscore.words.faults import line
from stiscore.words.report import label

if TYPE_CHECKING:
    import pandas as pd

    from stiscore.words import Lang


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
    frame: pd.DataFrame,
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
        message = f"no sample '{name}'; there are: {', '.join(sorted(files))}"
        raise UsageError(message)
    return files[name]


def validate(
    data: Dataset, framework: Framework | None = None, *, strict: bool = False
) -> Findings:
    """All findings on a dataset: cells, keys, columns, and what its scores would rest on."""
    framework = framework or load_framework()
    found = check(framework, denominate(framework, data))
    if found.errors:
        return found
    scored = _one_period(data)
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
    fitted. ``common`` ranks only units that have every measured area. Raises DataInvalid, carrying
    all findings, when any is an error.
    """
    framework = frame.framework if frame else framework or load_framework()
    found = check(framework, denominate(framework, data))
    if found.errors:
        raise DataInvalid("\n".join(line(f, "en") for f in found.errors), found)
    data = _one_period(data)
    scores = score(frame or fit(framework, data), data)
    findings = Findings((*found, *cautions(scores, strict=strict)))
    if findings.errors:
        raise DataInvalid("\n".join(line(f, "en") for f in findings.errors), findings)
    return Scorecard(examine(scores, findings, common=common), framed=frame is not None)


def _one_period(data: Dataset) -> Dataset:
    return latest(data) if len(periods(data)) > 1 else data


@dataclass(frozen=True, slots=True, eq=False)
class Scorecard:
    """Scores of one table, and what can be asked of them. Frozen; frames are made on demand."""

    evaluated: Evaluated
    framed: bool = False

    @property
    def report(self) -> Report:
        """The report all renderers read, with every unit."""
        return self.report_of()

    def report_of(self, *units: str) -> Report:
        """The report of the named units only; ranks stay those of the whole table."""
        chosen = frozenset(self.unit_id(u) for u in units) or None
        frame = self.fitted.reference.digest[:12] if self.framed else None
        return build_report(self.evaluated, units=chosen, frame=frame)

    @property
    def fitted(self) -> Fitted:
        """The frame the scores stand on."""
        return self.evaluated.scores.fitted

    @property
    def scores(self) -> pd.DataFrame:
        """One row a unit."""
        from stiscore import frames

        return frames.scores(self.report)

    @property
    def breakdown(self) -> pd.DataFrame:
        """One row a unit and indicator, with its cell."""
        from stiscore import frames

        return frames.breakdown(self.report)

    @property
    def gaps(self) -> pd.DataFrame:
        """One row a unit and gap."""
        from stiscore import frames

        return frames.gaps(self.report)

    @property
    def findings(self) -> Findings:
        """Warnings and notes; errors would have stopped the scoring."""
        return self.evaluated.findings

    def unit_id(self, unit: str) -> str:
        """The id of a unit given by id, label or name; UsageError when there is none."""
        return self.evaluated.scores.data.units[self._row(unit)].id

    def explain(self, unit: str) -> Branch:
        """The whole way from the index to the cells of one unit."""
        return explain_row(self.evaluated.scores, self._row(unit))

    def reweight(self, weights: Mapping[str, float]) -> Scorecard:
        """The same data under other declared weights; ids are areas, indicators or both."""
        framework = with_weights(self.fitted.framework, weights)
        return evaluate(self.evaluated.scores.data, framework)

    def to_json(self) -> str:
        """The scorecard as ``stiscore.scorecard/1``."""
        return jsonout.scorecard(self.report)

    def to_csv(self) -> str:
        """Tidy rows: unit, node, figures."""
        return csvout.tidy(self.report)

    def to_markdown(self, lang: Lang = "en") -> str:
        """The ranked table, gaps and notes as markdown."""
        return markdown.ranking(self.report, lang)

    def to_html(
        self, path: str | Path | None = None, lang: Lang = "en", *, force: bool = False
    ) -> str:
        """The ranked table as an HTML fragment; with ``path`` also written there as a page."""
        text = html.fragment(self.report, lang)
        if path is not None:
            write_whole(Path(path), html.page(text, lang), force=force)
        return text

    def _repr_html_(self) -> str:
        return self.to_html()

    def _row(self, unit: str) -> int:
        found = find_unit(self.evaluated.scores.data, unit)
        if found is None:
            raise UsageError(label("unit_absent", "en", unit=unit))
        return found


def find_unit(data: Dataset, text: str) -> int | None:
    """The row of a unit given by id, label, English or Chinese name; None when there is none."""
    from stiscore.units.registry import find, normalise

    known = find(text)
    wanted = {normalise(text), normalise(known.id) if known else normalise(text)}
    for row, unit in enumerate(data.units):
        if wanted & {normalise(t) for t in (unit.id, unit.label, unit.name_en, unit.name_zh) if t}:
            return row
    return None


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
