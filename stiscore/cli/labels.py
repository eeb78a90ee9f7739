"""``--labels``: refused before anything is read, applied to the report alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stiscore.analysis.explanation import Explanation
    from stiscore.report.model import Report
    from stiscore.units.labels import LabelSet
    from stiscore.words import Lang


def asked(name: str) -> LabelSet | None:
    """The set of labels asked for; None for the source's own, which costs nothing."""
    if name == "source":
        return None
    from stiscore.units.labels import label_set

    return label_set(name)


def applied(report: Report, labels: LabelSet | None, lang: Lang, form: str) -> Report:
    """The report under these labels, in ``lang`` where people read it."""
    if labels is None:
        return report
    from stiscore.report.labels import relabelled

    return relabelled(report, labels, lang if form in {"text", "markdown"} else None)


def explained(told: Explanation, labels: LabelSet | None, lang: Lang, form: str) -> Explanation:
    """The same of an explanation, which names other units than its own."""
    if labels is None:
        return told
    from stiscore.report.explain_labels import relabelled

    return relabelled(told, labels, lang if form in {"text", "markdown"} else None)
