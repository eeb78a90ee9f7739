"""Comparison: units, files or years on one scale, and what can be printed of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from stiscore.analysis.compare import ranked_units
from stiscore.analysis.editions import editions
from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.uncertainty.ranges import Ranges, ranges, unranged_by
from stiscore.dataset import Dataset, titled
from stiscore.finding import Finding, Findings
from stiscore.framework.model import Framework
from stiscore.joint import Joint, Rules, absent_units, filled, scales_differ, score_jointly
from stiscore.peering import NAMED_PEERS
from stiscore.report.compare_build import Basis, build_comparison
from stiscore.report.compare_lines import Wanted
from stiscore.report.compare_model import ComparisonReport
from stiscore.report.peers import group_findings
from stiscore.report.printed import Tabled
from stiscore.sides import Question, wanted
from stiscore.words.faults import found


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Tabled):
    """Units side by side, over one table or several. Frozen; text is made on demand."""

    renderers: ClassVar[str] = "compare"
    report: ComparisonReport

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data, the scores and the comparison."""
        return self.report.findings

    @property
    def printed(self) -> ComparisonReport:
        """What the renderers take."""
        return self.report


def compared(
    tables: Sequence[Dataset], framework: Framework, question: Question, rules: Rules
) -> Comparison:
    """Check, score and compare; see ``stiscore.api.compare``."""
    joint = score_jointly(editions(filled(framework, tables), question.years), framework, rules)
    who = wanted(question, joint.tables)
    about = (*_bars(joint), *absent_units(joint, who), *_group_lacks(joint, who))
    findings = Findings((*joint.findings, *about))
    basis = Basis(
        frame=rules.frame.reference.digest[:12] if rules.frame else None,
        common=rules.common,
        scale=joint.scale,
        left_out=joint.left_out,
        unranged=unranged_by(joint.tables[0][1], rules.draws),
    )
    ranged = [_ranged(evaluated, joint, rules) for _, evaluated in joint.tables]
    return Comparison(build_comparison(joint.tables, who, basis, findings, ranged))


def _ranged(evaluated: Evaluated, joint: Joint, rules: Rules) -> Ranges | None:
    """Ranges of one table; on a scale that it shares, other scales are no variants."""
    shared = rules.frame is not None or len(joint.tables) > 1
    return ranges(evaluated, rules.draws, rules.seed, framed=shared)


def _bars(joint: Joint) -> Iterator[Finding]:
    """Why there are no changes, or none in rank."""
    if joint.scale.apart:
        yield from scales_differ(joint)
        return
    if joint.left_out:
        yield found("C334")
        return
    (first, one), *others = joint.tables
    names = {u.id: titled(u, "both") for _, e in joint.tables for u in e.scores.data.units}
    for label, other in others:
        if apart := ranked_units(one) ^ ranked_units(other):
            units = ", ".join(names[unit] for unit in names if unit in apart)
            yield found("C333", first=first, second=label, units=units)


def _group_lacks(joint: Joint, who: Wanted) -> Iterator[Finding]:
    """Units of the group that the first table does not have."""
    if who.group is not None and who.group.id != NAMED_PEERS:
        yield from group_findings(joint.tables[0][1], who.group)
