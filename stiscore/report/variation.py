"""What a report says of its variants: how many, what was varied, what could not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from stiscore.analysis.uncertainty.plan import Planned
from stiscore.analysis.uncertainty.ranges import USUAL_UNITS, Ranges
from stiscore.finding import Finding
from stiscore.framework.model import Framework, Name
from stiscore.framework.uncertainty import DataError, Factor
from stiscore.report.factors import described, either, settings
from stiscore.scores import Fitted
from stiscore.words import Lang, Words
from stiscore.words.faults import tell
from stiscore.words.report import label
from stiscore.words.uncertainty import FACTORS, RANGES


class Lost(NamedTuple):
    """Variants, or an alternative, that gave nothing, and why; ``draws``: None for none taken."""

    settings: Words
    ids: tuple[str, ...]
    why: Words
    draws: int | None


class Variation(NamedTuple):
    """The variants behind the ranges of a report.

    ``draws``: worked out, of ``asked``. ``kept``: those that tiers rest on, and score ranges so far
    as they are ``on_scale``, the framework's own.
    ``factors``: what was varied, ``idle``: what these data leave nothing to vary of; ``declared``:
    the same as the framework has them, for programs. ``outside``: units whose nominal rank is
    outside its range.
    """

    draws: int
    asked: int
    seed: int
    share: float
    kept: int
    factors: tuple[Words, ...]
    idle: tuple[Words, ...]
    impossible: tuple[Lost, ...]
    failed: tuple[Lost, ...]
    declared: tuple[Mapping[str, Any], ...]
    outside: int
    on_scale: int = 0

    @property
    def basis(self) -> str:
        """What intervals rest on, as JSON has it."""
        return f"method variants, {self.share:.0%}".replace("%", " %")


def variation(ranges: Ranges, framework: Framework, names: Mapping[str, Name]) -> Variation:
    """The variants of ``ranges`` in words; ``names``: of nodes by id."""
    deep = framework.height > 2
    plan = ranges.plan
    # What leaves a factor nothing to vary is told with its reason.
    refused = {each.factor for each in plan.impossible}
    return Variation(
        draws=ranges.draws,
        asked=ranges.asked,
        seed=ranges.seed,
        share=ranges.share,
        kept=len(ranges.index),
        factors=tuple(described(p.factor, names, p.listed, deep=deep) for p in plan.factors),
        idle=tuple(
            _idle(factor, ranges.variants.evaluated.scores.fitted, names)
            for factor in plan.idle
            if factor.id not in refused
        ),
        impossible=tuple(
            Lost(settings(i.settings), i.settings, _why(i.why), None) for i in plan.impossible
        ),
        failed=tuple(Lost(settings(f.taken), f.taken, _why(f.why), f.draws) for f in ranges.failed),
        declared=tuple(_declared(planned) for planned in plan.factors),
        outside=int(ranges.outside.sum()),
        on_scale=ranges.on_scale,
    )


def _idle(factor: Factor, fitted: Fitted, names: Mapping[str, Name]) -> Words:
    """What varies nothing; errors of indicators of another level are none of this table's."""
    if isinstance(factor, DataError) and not {*factor.errors} & {*fitted.tree.ids}:
        return FACTORS["data-error-none"]
    return described(factor, names, deep=fitted.framework.height > 2)


def _declared(planned: Planned) -> Mapping[str, Any]:
    told = planned.factor.model_dump(mode="json", exclude={"in_evaluate"})
    return told | ({"indicators": list(planned.listed)} if told["kind"] == "data-error" else {})


def _why(told: Finding) -> Words:
    return Words(tell(told, "en").what, tell(told, "zh").what).filled()


def lost_lines(told: Variation, lang: Lang) -> list[str]:
    """Alternatives no variant takes, and variants that gave no scores, with the reasons."""
    lost = (*_together(told.impossible), *_together(told.failed))
    return [_lost(each, told.draws, lang) for each in lost]


def _lost(lost: Lost, draws: int, lang: Lang) -> str:
    key = "impossible" if lost.draws is None else "failed"
    fields = {"settings": lost.settings, "why": lost.why, "n": lost.draws}
    return RANGES[key].say(lang, **fields, draws=draws)


def _together(failed: Sequence[Lost]) -> Iterator[Lost]:
    """What gave nothing for one reason as one, by the least it has in common.

    What fails with more choices made otherwise than another that fails is left to that one.
    """
    for why in dict.fromkeys(lost.why for lost in failed):
        alike = [lost for lost in failed if lost.why == why]
        least = {
            lost.ids: lost.settings
            for lost in alike
            if not any(set(other.ids) < set(lost.ids) for other in alike)
        }
        counts = [lost.draws for lost in alike if lost.draws is not None]
        draws = sum(counts) if counts else None
        yield Lost(either(least.values()), tuple(i for ids in least for i in ids), why, draws)


def unranged(key: str, lang: Lang) -> str:
    """Why there are no ranges."""
    return RANGES[key].say(lang, most=USUAL_UNITS)


def about(told: Variation, lang: Lang, *, table: bool = True) -> list[str]:
    """What has to be said under ranks that have ranges, a line each.

    ``table``: whether they stand in one that shows tiers and marks ranks outside their ranges.
    """
    if not told.factors:
        return [RANGES["nothing"].say(lang)]
    varied = joined(told.factors)
    given: dict[str, Any] = {"share": told.share, "draws": told.draws, "seed": told.seed}
    lines = [RANGES["about"].say(lang, factors=varied, **given)]
    if table:
        lines.append(RANGES["about_tiers"].say(lang, **given))
    if told.idle:
        lines.append(RANGES["idle"].say(lang, factors=joined(told.idle)))
    lines += lost_lines(told, lang)
    if told.on_scale < told.kept:
        lines.append(RANGES["scaled"].say(lang, n=told.on_scale))
    if told.kept < told.draws:
        lines.append(RANGES["kept"].say(lang, kept=told.kept))
    if table and told.outside:
        lines.append(RANGES["outside_mark"].say(lang))
    return lines


def span(ranks: tuple[int, int] | None) -> str:
    """A rank range in a column: both ends, or the one rank.

    >>> span((2, 5)), span((3, 3)), span(None)
    ('2-5', '3', '-')
    """
    if ranks is None:
        return "-"
    low, high = ranks
    return str(low) if low == high else f"{low}-{high}"


def held(
    told: Variation, ranks: tuple[int, int], scores: tuple[str, str] | None, lang: Lang
) -> list[str]:
    """One unit's ranges as sentences; ``scores``: as they are printed."""
    given: dict[str, Any] = {"share": told.share, "draws": told.draws}
    low, high = ranks
    key = "rank_held_one" if low == high else "rank_held"
    lines = [RANGES[key].say(lang, low=low, high=high, **given)]
    if scores is not None:
        some = told.on_scale < told.draws
        given |= {"draws": told.on_scale} if some else {}
        key = "score_held_some" if some else "score_held"
        lines.append(RANGES[key].say(lang, low=scores[0], high=scores[1], **given))
    return lines


def joined(parts: Iterable[Words]) -> Words:
    """Clauses in one sentence, in each language."""
    held_parts = list(parts)
    en, zh = (
        label("semicolon", lang).join(part.say(lang) for part in held_parts)
        for lang in ("en", "zh")
    )
    return Words(en, zh)
