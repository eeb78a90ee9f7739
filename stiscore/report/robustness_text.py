"""How far ranks depend on choices, on a terminal and as markdown: each answer with its terms."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.uncertainty.robustness import Robustness
from stiscore.report import robustness_choices as choices
from stiscore.report import robustness_ranks as ranks
from stiscore.report.parts import Page, Part
from stiscore.report.phrases import footer, opening
from stiscore.report.robustness_model import RobustnessReport
from stiscore.report.screen import Screen
from stiscore.words import Lang
from stiscore.words.faults import tell
from stiscore.words.report import label
from stiscore.words.robustness import said


def text(told: RobustnessReport, screen: Screen) -> str:
    """All tables at the screen's width, of long ones the first rows."""
    return _page(told, screen.lang, few=choices.FEW).printed(screen)


def markdown(told: RobustnessReport, lang: Lang) -> str:
    """Every choice and the indices of every unit."""
    return _page(told, lang, few=None).as_markdown()


def _page(told: RobustnessReport, lang: Lang, *, few: int | None) -> Page:
    """``few``: rows of long tables, None for all."""
    ending = footer(told.report, lang, caveats=False)
    return Page(_beginning(told, lang), _parts(told, lang, few=few), ending)


def _beginning(told: RobustnessReport, lang: Lang) -> Iterator[str]:
    held = told.robustness
    if held is None:
        yield said("title_none", lang)
    else:
        yield said("title", lang, draws=held.ranges.draws, seed=held.ranges.seed)
    yield from opening(told.report, lang)
    if held is not None and held.interrupted:
        done, asked = held.ranges.draws, held.ranges.asked
        key = "interrupted" if done < asked else "interrupted_after"
        yield said(key, lang, done=done, asked=asked)
    one: Lang = "zh" if lang == "zh" else "en"
    yield from (label("sentence", one, text=tell(f, lang).what) for f in told.noted)


def _parts(told: RobustnessReport, lang: Lang, *, few: int | None) -> Iterator[Part]:
    """The page part by part; ``few``: rows of long tables on a terminal, None for all."""
    held, variation = told.robustness, told.report.variation
    if held is None or variation is None:
        return
    yield choices.varied(told, variation, lang)
    if told.lost < variation.draws:
        yield ranks.ranks(told, held, lang)
        yield choices.shifts(told, held, lang, few=few)
        yield choices.sobol(told, held, lang)
    if few is None and held.sobol is not None and held.sobol.rows:
        yield choices.sobol_units(told, held.sobol, lang)
    yield ranks.dominance(told, held, lang)
    yield ranks.closeness(told, held, lang)
    yield Part(said("how_exact", lang), above=list(_how_exact(held, lang)))


def _how_exact(held: Robustness, lang: Lang) -> Iterator[str]:
    """What more variants would change, and what shares do not say."""
    draws = held.ranges.draws
    # Without a rank in any variant there is no error of a share either.
    if held.error >= 0:
        yield said("error", lang, draws=draws, points=100 * held.error)
    if held.tolerance is not None:
        key = "tolerance_met" if held.error <= held.tolerance else "tolerance_missed"
        yield said(key, lang, tolerance=held.tolerance, draws=draws)
    yield said("not_told", lang)
