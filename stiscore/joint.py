"""Several tables scored so that they can be put side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stiscore.analysis.cautions import cautions
from stiscore.analysis.editions import Edition
from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.analysis.pooled import pool
from stiscore.analysis.scales import EACH, POOLED, Scale, known_scale, scales
from stiscore.checks.tolerate import stopping
from stiscore.dataset import Dataset, titled
from stiscore.errors import DataInvalid, UsageError
from stiscore.finding import Finding, Findings
from stiscore.framework.model import Framework
from stiscore.panels import fill_along_years
from stiscore.pipeline import score
from stiscore.report.compare_lines import Wanted
from stiscore.scorecard import appraise, checked, one_period, stop_at
from stiscore.scores import Fitted
from stiscore.words.faults import found, refusal
from stiscore.words.faults.compare import TABLES, Parts


class Rules(NamedTuple):
    """How to score: see ``stiscore.api.evaluate``; ``scale``: see ``stiscore.api.compare``.

    ``draws``: variants for ranges; None takes what is usual.
    """

    frame: Fitted | None = None
    common: bool = False
    strict: bool = False
    tolerate: bool = False
    scale: str = POOLED
    draws: int | None = 0
    seed: int = 1


class Joint(NamedTuple):
    """Labelled tables that were scored, with all there is to say of them.

    ``left_out``: columns that were not scored, with the labels of the tables that lack them.
    ``whole``: the tables before any column was left out, in the same order.
    """

    tables: tuple[tuple[str, Evaluated], ...]
    findings: Findings
    left_out: dict[str, tuple[str, ...]]
    scale: Scale
    whole: tuple[Dataset, ...]


def filled(framework: Framework, tables: Sequence[Dataset]) -> list[Dataset]:
    """The tables with missing values filled along their years, as long as all years are there."""
    return [fill_along_years(framework, table) for table in tables]


def score_jointly(parts: Sequence[Edition], framework: Framework, rules: Rules) -> Joint:
    """Check and score the tables.

    Raises UsageError for a scale that does not exist (U101) and beside a saved frame (U150),
    DataInvalid without a common column (C335) and where a finding stops the scoring of any.
    """
    labels = [part.label for part in parts]
    known_scale(rules.scale, labels)
    if rules.frame is not None and rules.scale != POOLED:
        raise refusal(UsageError, [found("U150", scale=rules.scale)])
    return (_one if len(parts) == 1 else _several)(parts, framework, rules)


def _one(parts: Sequence[Edition], framework: Framework, rules: Rules) -> Joint:
    label, data = parts[0]
    card = appraise(
        data,
        framework,
        frame=rules.frame,
        common=rules.common,
        strict=rules.strict,
        tolerate=rules.tolerate,
    )
    whole = card.evaluated.scores.data
    return Joint(((label, card.evaluated),), card.findings, {}, Scale(), (whole,))


def _several(parts: Sequence[Edition], framework: Framework, rules: Rules) -> Joint:
    """All tables over the columns they share, on one scale or on one each."""
    labels = [part.label for part in parts]
    clean, told = _checked(parts, framework, tolerate=rules.tolerate)
    pooled = pool(framework, clean)
    if not pooled.whole.columns:
        raise refusal(DataInvalid, [found("C335", tables=", ".join(labels))])
    if rules.frame is not None:
        scale, frames = Scale(), (rules.frame,) * len(labels)
    else:
        scale, frames = scales(framework, pooled, labels, rules.scale)
    scores = [score(frame, t) for frame, t in zip(frames, pooled.tables, strict=True)]
    left_out = {c: tuple(labels[t] for t in lacking) for c, lacking in pooled.left_out.items()}
    told += (found("C331", indicator=c, lacking=", ".join(t)) for c, t in left_out.items())
    told += (f for each in scores for f in cautions(each, strict=rules.strict))
    findings = _once(told)
    stop_at(stopping(findings) if rules.tolerate else findings.errors, findings)
    return Joint(
        tuple(
            (label, examine(each, findings, common=rules.common))
            for label, each in zip(labels, scores, strict=True)
        ),
        findings,
        left_out,
        scale,
        tuple(clean),
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


def scales_differ(joint: Joint, parts: Parts = TABLES) -> Iterator[Finding]:
    """Why no change of a score is told, where every table has a scale of its own."""
    if joint.scale.apart:
        yield found(
            "C337",
            scale=EACH,
            methods=", ".join(joint.scale.learned),
            table_or_year=parts.each,
            base=parts.base,
        )


def absent_units(joint: Joint, who: Wanted) -> Iterator[Finding]:
    """Named units that some tables do not have."""
    held = [{u.id: u for u in e.scores.data.units} for _, e in joint.tables]
    for unit in who.units if who.named else ():
        pairs = zip(joint.tables, held, strict=True)
        lacking = [label for (label, _), has in pairs if unit not in has]
        if lacking:
            name = next(titled(has[unit], "both") for has in held if unit in has)
            yield found("C336", name=name, lacking=", ".join(lacking))
