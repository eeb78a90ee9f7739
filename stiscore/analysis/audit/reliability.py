"""Do the parts of a group move together: alpha, and alpha with each part left out.

None of it is computed for fewer than five complete units a column, and the reason is told.
"""

from __future__ import annotations

from stiscore.analysis.audit.heads import count, number, text
from stiscore.analysis.audit.samples import Samples, guards, samples_of, threshold
from stiscore.analysis.audit.table import AuditTable, Cell, figure, listed, node_name
from stiscore.methods.reliability import cronbach, cronbach_without
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit import NOTES, TITLES, VERDICTS

LOW_ALPHA = 0.7
# A part that lowers alpha by less is not worth a remark.
_LOWERS = 0.05


def reliability(scores: Scores) -> tuple[AuditTable, ...]:
    """Two tables: ``reliability`` and ``reliability-without``.

    Of every group the scores of its measured parts, and of all indicators together; units that lack
    a part count for the pairs they have.
    """
    samples = samples_of(scores)
    return _alphas(samples), _without(scores, samples)


def _alphas(samples: Samples) -> AuditTable:
    alphas = [cronbach(sample.values) for sample in samples.fit]
    rows = tuple(
        (sample.name, len(sample.places), sample.n, figure(alpha))
        for sample, alpha in zip(samples.fit, alphas, strict=True)
    )
    low = [s.name for s, alpha in zip(samples.fit, alphas, strict=True) if alpha < LOW_ALPHA]
    told = {"limit": LOW_ALPHA, "n": len(low), "of": len(rows), "names": listed(low)}
    key = "alpha_low" if low else "alpha_well"
    return AuditTable(
        id="reliability",
        title=TITLES["reliability"],
        heads=(*text("group"), *count("parts", "complete"), *number("alpha")),
        rows=rows,
        notes=(*threshold("alpha", LOW_ALPHA, samples.fit), *guards(samples), NOTES["formative"]),
        verdict=VERDICTS[key].filled(**told) if rows else VERDICTS["skipped"],
        skipped=not rows,
    )


def _without(scores: Scores, samples: Samples) -> AuditTable:
    rows: list[tuple[Cell, ...]] = []
    raising: list[Words] = []
    used = [sample for sample in samples.fit if len(sample.places) > 2]
    for sample in used:
        whole = cronbach(sample.values)
        for place, alpha in zip(sample.places, cronbach_without(sample.values), strict=True):
            name = node_name(scores, place)
            rows.append((name, sample.name, figure(alpha), figure(alpha - whole)))
            if alpha - whole >= _LOWERS:
                raising.append(name)
    names = listed(list(dict.fromkeys(raising)))
    key = "without_some" if raising else "without_none"
    return AuditTable(
        id="reliability-without",
        title=TITLES["reliability-without"],
        heads=(*text("node", "group"), *number("without", "change")),
        rows=tuple(rows),
        notes=threshold("alpha", LOW_ALPHA, used) or (NOTES["two_parts"], *guards(samples)),
        verdict=VERDICTS[key].filled(names=names, limit=_LOWERS) if rows else VERDICTS["skipped"],
        skipped=not rows,
    )
