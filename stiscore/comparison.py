"""Comparison: units, files or years on one scale, and what can be printed of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from stiscore.analysis.cautions import cautions
from stiscore.analysis.compare import ranked_units
from stiscore.analysis.editions import Edition, editions
from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.analysis.pooled import Pooled, pool
from stiscore.checks.tolerate import stopping
from stiscore.dataset import Dataset, titled
from stiscore.errors import DataInvalid
from stiscore.finding import Finding, Findings
from stiscore.framework.model import Framework
from stiscore.pipeline import fit, score
from stiscore.report.compare_build import Basis, build_comparison
from stiscore.report.compare_lines import Wanted
from stiscore.report.compare_model import ComparisonReport
from stiscore.report.peers import group_findings
from stiscore.scorecard import appraise, checked, one_period, stop_at
from stiscore.scores import Fitted
from stiscore.sides import NAMED_PEERS, Question, wanted
from stiscore.words.faults import found, refusal

if TYPE_CHECKING:
    from stiscore.words import Lang


class Rules(NamedTuple):
    """How to score: see ``stiscore.api.evaluate``."""

    frame: Fitted | None = None
    common: bool = False
    strict: bool = False
    tolerate: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Units side by side, over one table or several. Frozen; text is made on demand."""

    report: ComparisonReport

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data, the scores and the comparison."""
        return self.report.findings

    def to_text(self, lang: Lang = "en", width: int = 80) -> str:
        """What the command line prints, at most ``width`` columns wide."""
        from stiscore.report import compare_text
        from stiscore.report.screen import Screen

        return compare_text.text(self.report, Screen(lang, width))

    def to_markdown(self, lang: Lang = "en") -> str:
        """The same as markdown."""
        from stiscore.report import compare_text

        return compare_text.markdown(self.report, lang)

    def to_json(self) -> str:
        """Everything in full precision as ``stiscore.compare/1``."""
        from stiscore.report import compare_data

        return compare_data.as_json(self.report)

    def to_csv(self) -> str:
        """Tidy rows: table, unit, node, figures."""
        from stiscore.report import compare_data

        return compare_data.as_csv(self.report)


class _Scored(NamedTuple):
    """Tables scored on one scale, with all there is to say of them."""

    tables: tuple[tuple[str, Evaluated], ...]
    findings: Findings
    left_out: dict[str, tuple[str, ...]]
    rows: int | None = None


def compared(
    tables: Sequence[Dataset], framework: Framework, question: Question, rules: Rules
) -> Comparison:
    """Check, score and compare; see ``stiscore.api.compare``."""
    parts = editions(tables, question.years)
    scored = (_one if len(parts) == 1 else _several)(parts, framework, rules)
    who = wanted(question, scored.tables)
    about = (*_bars(scored), *_absent(scored, who), *_group_lacks(scored, who))
    findings = Findings((*scored.findings, *about))
    basis = Basis(
        frame=rules.frame.reference.digest[:12] if rules.frame else None,
        common=rules.common,
        rows=scored.rows,
        left_out=scored.left_out,
    )
    return Comparison(build_comparison(scored.tables, who, basis, findings))


def _one(parts: Sequence[Edition], framework: Framework, rules: Rules) -> _Scored:
    label, data = parts[0]
    card = appraise(data, framework, **rules._asdict())
    return _Scored(((label, card.evaluated),), card.findings, {})


def _several(parts: Sequence[Edition], framework: Framework, rules: Rules) -> _Scored:
    """All tables on one scale, over the columns they share."""
    labels = [part.label for part in parts]
    clean, told = _checked(parts, framework, tolerate=rules.tolerate)
    pooled = pool(framework, clean)
    if not pooled.whole.columns:
        raise refusal(DataInvalid, [found("C335", tables=", ".join(labels))])
    fitted = rules.frame or fit(framework, pooled.whole)
    scores = [score(fitted, table) for table in pooled.tables]
    left_out = {c: tuple(labels[t] for t in lacking) for c, lacking in pooled.left_out.items()}
    told += (found("C331", indicator=c, lacking=", ".join(t)) for c, t in left_out.items())
    told += (f for each in scores for f in cautions(each, strict=rules.strict))
    findings = _once(told)
    stop_at(stopping(findings) if rules.tolerate else findings.errors, findings)
    return _Scored(
        tuple(
            (label, examine(each, findings, common=rules.common))
            for label, each in zip(labels, scores, strict=True)
        ),
        findings,
        left_out,
        rows=_rows_fitted(pooled, framework, rules),
    )


def _checked(
    parts: Sequence[Edition], framework: Framework, *, tolerate: bool
) -> tuple[list[Dataset], list[Finding]]:
    """The data to score of every table; stops where a finding stops the scoring of any."""
    clean, told = [], list[Finding]()
    for part in parts:
        data, findings = checked(part.data, framework, tolerate=tolerate)
        clean.append(one_period(data))
        told += findings
    findings = _once(told)
    stop_at(stopping(findings) if tolerate else findings.errors, findings)
    return clean, told


def _once(told: Sequence[Finding]) -> Findings:
    """Findings without repetition: what is said of a file is said for each of its years."""
    return Findings(
        {(f.code, f.location, f.unit, tuple(f.fields.items())): f for f in told}.values()
    )


def _rows_fitted(pooled: Pooled, framework: Framework, rules: Rules) -> int | None:
    """How many rows taught the scale; None where goalposts or a saved frame give it."""
    if rules.frame is not None or not framework.method.normalise.from_sample:
        return None
    return len(pooled.whole.units)


def _bars(scored: _Scored) -> Iterator[Finding]:
    """Why there are no changes in rank."""
    if scored.left_out:
        yield found("C334")
        return
    (first, one), *others = scored.tables
    names = {u.id: titled(u, "both") for _, e in scored.tables for u in e.scores.data.units}
    for label, other in others:
        if apart := ranked_units(one) ^ ranked_units(other):
            units = ", ".join(names[unit] for unit in names if unit in apart)
            yield found("C333", first=first, second=label, units=units)


def _group_lacks(scored: _Scored, who: Wanted) -> Iterator[Finding]:
    """Units of the group that the first table does not have."""
    if who.group is not None and who.group.id != NAMED_PEERS:
        yield from group_findings(scored.tables[0][1], who.group)


def _absent(scored: _Scored, who: Wanted) -> Iterator[Finding]:
    """Named units that some tables do not have."""
    held = [{u.id: u for u in e.scores.data.units} for _, e in scored.tables]
    for unit in who.units if who.named else ():
        lacking = [t for (t, _), has in zip(scored.tables, held, strict=True) if unit not in has]
        if lacking:
            name = next(titled(has[unit], "both") for has in held if unit in has)
            yield found("C336", name=name, lacking=", ".join(lacking))
