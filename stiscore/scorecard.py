"""Scorecard: the scores of one table, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stiscore.analysis.cautions import CODES, cautions
from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.analysis.grouped import labelled
from stiscore.analysis.named import find_unit, no_unit
from stiscore.analysis.uncertainty.ranges import Ranges, ranges, unranged_by
from stiscore.checks import check
from stiscore.checks.tolerate import in_the_way, said, set_aside, stopping
from stiscore.dataset import Dataset
from stiscore.errors import DataInvalid, UsageError
from stiscore.finding import Findings
from stiscore.framework.model import Framework, PeerGroup
from stiscore.io.read import latest, periods
from stiscore.panels import fill_along_years
from stiscore.peering import peers_of
from stiscore.pipeline import denominate, fit, reweigh, score
from stiscore.report.build import build_report
from stiscore.report.model import Report, UnitReport
from stiscore.report.peers import members
from stiscore.report.references import reference_reports
from stiscore.scores import Fitted
from stiscore.words.faults import found, line, refusal, unknown

if TYPE_CHECKING:
    from stiscore.analysis.explain import Branch
    from stiscore.analysis.explanation import Explanation
    from stiscore.analysis.peers import Peers
    from stiscore.frames import DataFrame
    from stiscore.words import Lang


def appraise(
    data: Dataset,
    framework: Framework,
    *,
    frame: Fitted | None = None,
    common: bool = False,
    strict: bool = False,
    tolerate: bool = False,
    variants: Wanted | None = None,
) -> Scorecard:
    """Check, fit, score and rank; see ``stiscore.api.evaluate``. ``variants``: None for none."""
    data, found = checked(fill_along_years(framework, data), framework, tolerate=tolerate)
    stop_at(stopping(found) if tolerate else found.errors, found)
    data = one_period(data)
    try:
        scores = score(frame or fit(framework, data), data)
    except DataInvalid as fault:
        # With nothing left to score, why it is so is what must be mended.
        raise DataInvalid(str(fault), (*found.errors, *fault.findings)) from fault
    warned = cautions(scores, strict=strict)
    findings = Findings((*found, *warned))
    stop_at(warned.errors, findings)
    evaluated = examine(scores, findings, common=common)
    return _ranged(Scorecard(evaluated, frame is not None, common, variants))


class Wanted(NamedTuple):
    """Variants as they are asked for; ``draws``: None takes what is usual for the table."""

    draws: int | None = None
    seed: int = 1


def _ranged(card: Scorecard) -> Scorecard:
    """The card with the ranges its variants give."""
    wanted = card.variants
    if wanted is None:
        return card
    told = ranges(card.evaluated, wanted.draws, wanted.seed, framed=card.framed)
    return replace(card, ranges=told)


def checked(
    data: Dataset, framework: Framework, *, tolerate: bool = False
) -> tuple[Dataset, Findings]:
    """The data to score and all findings on them.

    With ``tolerate`` values at fault are set aside (see ``checks.tolerate``); what then shows of
    the rest, such as a column left constant, is found as well.
    """
    if data.level not in framework.levels:
        # Read for another framework: its columns mean nothing here.
        raise unknown("level", data.level, framework.levels)
    whole = denominate(framework, data)
    found = check(framework, whole)
    if not tolerate:
        return data, found
    if stopping(found):
        return data, Findings((*found, in_the_way(found)))
    kept = set_aside(whole, found)
    if kept is not whole:
        data, again = kept, check(framework, kept)
        told = {(f.code, f.location, f.group): f for f in (*found, *again)}
        found = Findings(told.values())
    return data, Findings((*found, *said(found)))


def one_period(data: Dataset) -> Dataset:
    """The latest period of a dataset that holds several."""
    return latest(data) if len(periods(data)) > 1 else data


def stop_at(errors: Findings, findings: Findings) -> None:
    """Raise DataInvalid, carrying all ``findings``, when there are ``errors``."""
    if errors:
        raise DataInvalid("\n".join(line(f, "en") for f in errors), findings)


@dataclass(frozen=True, slots=True, eq=False)
class Scorecard:
    """Scores of one table, and what can be asked of them. Frozen; frames are made on demand."""

    evaluated: Evaluated
    framed: bool = False
    common: bool = False
    variants: Wanted | None = None
    ranges: Ranges | None = None

    @property
    def report(self) -> Report:
        """The report all renderers read, with every unit."""
        return self.report_of()

    def report_of(
        self,
        *units: str,
        indicators: bool = True,
        group: str | None = None,
        references: Sequence[str] = (),
        peers: str | Sequence[str] = (),
    ) -> Report:
        """The report of the named units only; ranks stay those of the whole table.

        Without ``indicators`` each unit stops at its areas and gaps. ``group`` shows only units of
        that peer group (id, or name in either language), with their ranks in it; UsageError when
        there is no such group or none of its units. ``references`` are totals of the file (全国),
        scored on the same frame and shown after the units without a rank. ``peers``: whom each of
        the named units is compared with (see ``peering.peers_of``); UsageError without units
        (U142). A named unit with its indicators stands beside units of similar income and size.
        """
        chosen = frozenset(self.unit_id(u) for u in units) or None
        beside = self._beside(units, peers)
        shown = self._group(group) if group else None
        if shown is not None:
            chosen = members(self.evaluated, shown, chosen)
        return build_report(
            self.evaluated,
            units=chosen,
            frame=self.fitted.reference.digest[:12] if self.framed else None,
            common=self.common,
            indicators=indicators,
            group=shown,
            references=self._totals(references, indicators=indicators),
            ranges=self.ranges,
            unranged=self._unranged(),
            peers=beside,
            alone=bool(units) and indicators,
        )

    def _beside(self, units: Sequence[str], peers: str | Sequence[str]) -> dict[str, Peers]:
        """The peers of each named unit, by its id; nothing where nobody asked for any."""
        if not peers and not isinstance(peers, str):
            return {}
        if not units:
            raise refusal(UsageError, [found("U142")])
        rows = [self.row(unit) for unit in units]
        ids = self.evaluated.scores.data.units
        return {ids[row].id: peers_of(self.evaluated, row, peers) for row in rows}

    def _unranged(self) -> str:
        """Key of the reason why there are no ranges."""
        return unranged_by(self.evaluated, self.variants.draws if self.variants else 0)

    def _totals(self, names: Sequence[str], *, indicators: bool) -> tuple[UnitReport, ...]:
        """The reports of totals by name; UsageError (U101) for one the file does not hold."""
        if not names:
            return ()
        totals = self.evaluated.scores.data.references
        known = totals.units if totals else ()
        rows = []
        for wanted in names:
            found = find_unit(totals, wanted) if totals else None
            if found is None:
                raise unknown("total", wanted, [u.label for u in known])
            rows.append(found)
        assert totals is not None  # noqa: S101 - a row was found in it
        return reference_reports(score(self.fitted, totals), rows, indicators=indicators)

    def _group(self, group: str) -> PeerGroup:
        from stiscore.framework.peers import find_group

        framework, data = self.fitted.framework, self.evaluated.scores.data
        return find_group(framework, self.fitted.level, group, labelled(framework, data))

    @property
    def fitted(self) -> Fitted:
        """The frame the scores stand on."""
        return self.evaluated.scores.fitted

    @property
    def scores(self) -> DataFrame:
        """One row a unit."""
        from stiscore import frames

        return frames.scores(self.report)

    @property
    def breakdown(self) -> DataFrame:
        """One row a unit and indicator, with its cell."""
        from stiscore import frames

        return frames.breakdown(self.report)

    @property
    def gaps(self) -> DataFrame:
        """One row a unit and gap."""
        from stiscore import frames

        return frames.gaps(self.report)

    @property
    def findings(self) -> Findings:
        """Warnings and notes; errors only where they were set aside, else they stop the scoring."""
        return self.evaluated.findings

    def unit_id(self, unit: str) -> str:
        """The id of a unit given by id, label or name; UsageError when there is none."""
        return self.evaluated.scores.data.units[self.row(unit)].id

    def row(self, unit: str) -> int:
        """The row of a unit given by id, label or name; UsageError when there is none."""
        found = find_unit(self.evaluated.scores.data, unit)
        if found is None:
            raise no_unit(unit, [self.evaluated.scores.data])
        return found

    def explain(self, unit: str) -> Branch:
        """The whole way from the index to the cells of one unit."""
        from stiscore.analysis.explain import explain

        return explain(self.evaluated, self.row(unit), ranges=self.ranges)

    def explanation(
        self,
        unit: str,
        node: str | None = None,
        *,
        peers: str | Sequence[str] = (),
        group: str | None = None,
        steps: bool = True,
    ) -> Explanation:
        """What stands under ``node`` of one unit (id or name; None: everything).

        ``peers`` or ``group``: whose medians are wanted, see ``peering.peers_of``. ``steps``:
        whether to work out what one rank more would take by each indicator. UsageError for a name
        that is not there.
        """
        from stiscore.analysis.explanation import explanation
        from stiscore.peering import peers_of

        row = self.row(unit)
        asked = peers_of(self.evaluated, row, peers, group) if peers or group else None
        return explanation(self.evaluated, row, node, ranges=self.ranges, peers=asked, steps=steps)

    def reweight(self, weights: Mapping[str, float]) -> Scorecard:
        """The same data on the same scales under other declared weights.

        Ids are areas, indicators or both; UsageError for one that does not exist. Weights that a
        method learns are learned from this table. Findings on the data stay; those on the scores
        are made anew, and so are ranges.
        """
        from stiscore.framework.override import with_weights

        framework = with_weights(self.fitted.framework, weights)
        table = self.evaluated.scores.data
        scores = score(reweigh(self.fitted, framework, table), table)
        data = [f for f in self.findings if f.code not in CODES]
        findings = Findings((*data, *cautions(scores)))
        evaluated = examine(scores, findings, common=self.common)
        return _ranged(replace(self, evaluated=evaluated, ranges=None))

    def to_json(self) -> str:
        """The scorecard as ``stiscore.scorecard/1``."""
        from stiscore.report import jsonout

        return jsonout.scorecard(self.report)

    def to_csv(self) -> str:
        """Tidy rows: unit, node, figures."""
        from stiscore.report import csvout

        return csvout.tidy(self.report)

    def to_markdown(self, lang: Lang = "en") -> str:
        """The ranked table, gaps and notes as markdown."""
        from stiscore.report import markdown

        return markdown.ranking(self.report, lang)

    def to_html(
        self, path: str | Path | None = None, lang: Lang = "en", *, force: bool = False
    ) -> str:
        """The ranked table as an HTML fragment; with ``path`` also written there as a page."""
        from stiscore.io.write import write_whole
        from stiscore.report import html

        text = html.fragment(self.report, lang)
        if path is not None:
            write_whole(Path(path), html.page(text, lang), force=force)
        return text

    def _repr_html_(self) -> str:
        return self.to_html()
