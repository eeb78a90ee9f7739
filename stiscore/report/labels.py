"""A report under other labels: the units renamed, every figure and finding as it was."""

from __future__ import annotations

from dataclasses import replace

from stiscore.dataset import Unit
from stiscore.finding import Findings
from stiscore.report.model import Report, UnitReport
from stiscore.units.labels import LabelSet
from stiscore.units.normal import is_han
from stiscore.words import Lang, Words
from stiscore.words.faults import found
from stiscore.words.units import UNITS


def relabelled(report: Report, labels: LabelSet, lang: Lang | None = None) -> Report:
    """The report with its units called as ``labels`` has them, and its notes saying so.

    A label is in the language of ``lang``; None keeps that of the source's label, as data formats
    do. A unit without a label in the set keeps the source's: the notes name it, and C320 is among
    the findings. The set ``source`` gives the report itself.
    """
    if labels.name == "source":
        return report
    without = [unit for unit in report.units if labels.label(unit.id) is None]
    notes = [labels.note] if labels.note else []
    findings = list(report.findings)
    if without:
        units = Words(
            "; ".join(u.name_en or u.label for u in without),
            "、".join(u.name_zh or u.label for u in without),
        )
        kept = UNITS["unlabelled"]
        notes.append(Words(kept.say("en", units=units), kept.say("zh", units=units)))
        findings.append(found("C320", set=labels.name, units=units))
    return report._replace(
        units=tuple(_unit(unit, labels, lang) for unit in report.units),
        references=tuple(_unit(unit, labels, lang) for unit in report.references),
        largest_gaps=tuple(
            gap._replace(widest=renamed(gap.widest, labels, lang)) for gap in report.largest_gaps
        ),
        labels=labels.name,
        notes=(*report.notes, *notes),
        findings=Findings(findings),
    )


def _unit(unit: UnitReport, labels: LabelSet, lang: Lang | None) -> UnitReport:
    if unit.peers is not None:
        peers = tuple(renamed(peer, labels, lang) for peer in unit.peers.units)
        unit = unit._replace(peers=unit.peers._replace(units=peers))
    told = labels.label(unit.id)
    if told is None:
        return unit
    return unit._replace(label=_label(told, unit.label, lang), name_en=told.en, name_zh=told.zh)


def renamed(unit: Unit, labels: LabelSet, lang: Lang | None) -> Unit:
    """A unit called as ``labels`` has it; see ``relabelled``."""
    told = labels.label(unit.id)
    if told is None:
        return unit
    label = _label(told, unit.label, lang)
    return replace(unit, label=label, name_en=told.en, name_zh=told.zh)


def _label(told: Words, source: str, lang: Lang | None) -> str:
    chinese = any(map(is_han, source)) if lang in (None, "both") else lang == "zh"
    return told.zh if chinese else told.en
