"""What the weight rests on: published statistics, administrative records, coded policy texts."""

from __future__ import annotations

from stiscore.analysis.audit.heads import count, percent, text
from stiscore.analysis.audit.table import AuditTable, Cell, listed, named
from stiscore.analysis.audit.weights import declared_shares
from stiscore.framework.model import Indicator
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit import NAMES, NOTES, TITLES, VERDICTS

CLASSES = ("published", "administrative", "coded", "unstated")
# How the framework's own `standard` begins where no statistical standard is followed.
_RECORD = "administrative record"


def evidence_class(indicator: Indicator) -> str:
    """One of ``CLASSES``: how it is collected, else its standard, else whether it has a source."""
    if indicator.collect is not None:
        return "coded" if indicator.collect.sheet == "coding" else "administrative"
    if (indicator.standard or "").casefold().startswith(_RECORD):
        return "administrative"
    return "published" if indicator.sources else "unstated"


def evidence(scores: Scores) -> AuditTable:
    """A row a class: indicators measured, their weight in this file, and declared.

    Shares of the index, 0-1; ``declared`` is of the whole framework at this level, proxies apart.
    """
    fitted = scores.fitted
    shares, effective = declared_shares(fitted.tree), fitted.weights.effective
    classes = [evidence_class(leaf) for leaf in fitted.leaves]
    rows: list[tuple[Cell, ...]] = []
    for kind in CLASSES:
        own = [i for i, held in enumerate(classes) if held == kind]
        measured = [i for i in own if i in scores.measured]
        whole = sum(shares[i] for i in own if i not in fitted.tree.standins)
        if own:
            weight = sum(effective[i] for i in own)
            rows.append((NAMES[kind], len(measured), weight, whole))
    most = max(rows, key=lambda row: (_share(row[2]), _share(row[3])))
    return AuditTable(
        id="evidence",
        title=TITLES["evidence"],
        heads=(*text("class"), *count("indicators"), *percent("effective", "declared")),
        rows=tuple(rows),
        notes=(NOTES["evidence"], *_elsewhere(scores)),
        verdict=VERDICTS["evidence"].filled(name=most[0], share=most[2], declared=most[3]),
    )


def _share(cell: Cell) -> float:
    return cell if isinstance(cell, float) else 0.0


def _elsewhere(scores: Scores) -> tuple[Words, ...]:
    """Measured indicators whose published sources are all for other levels."""
    level = scores.fitted.level
    leaves = [scores.fitted.leaves[i] for i in scores.measured]
    names = [
        named(leaf)
        for leaf in leaves
        if leaf.sources and not any(s.level in {level, "both"} for s in leaf.sources)
    ]
    return (NOTES["other_level"].filled(names=listed(names)),) if names else ()
