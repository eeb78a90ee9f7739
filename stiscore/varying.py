"""How far the ranks of one table depend on choices: the question, and who is told of progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from stiscore.analysis.uncertainty.enough import MOST_DRAWS
from stiscore.analysis.uncertainty.robustness import robustness as worked_out
from stiscore.analysis.uncertainty.robustness import variants_planned
from stiscore.dataset import Dataset
from stiscore.errors import UsageError
from stiscore.framework.model import Framework
from stiscore.io.framework_yaml import load_framework
from stiscore.report.robustness_model import RobustnessReport
from stiscore.scorecard import Wanted, appraise
from stiscore.scores import Fitted
from stiscore.words import Words
from stiscore.words.faults import found, refusal
from stiscore.words.robustness import FORMS

# Told of the variants done so far, and of how many there will be.
Watcher = Callable[[int, int], None]
# Rows of the Sobol' design.
SAMPLE = 1024


def robustness(
    data: Dataset,
    framework: Framework | None = None,
    *,
    draws: int = 10_000,
    seed: int = 1,
    sobol: bool = True,
    tolerance: float | None = None,
    jobs: int = 1,
    frame: Fitted | None = None,
    common: bool = False,
    strict: bool = False,
    tolerate: bool = False,
    progress: Watcher | None = None,
) -> RobustnessReport:
    """How far each rank of a dataset depends on choices, on which of them, and on which units.

    Over ``draws`` method variants of all factors of the framework: the share of variants at every
    rank (0-1), ranges and tiers; each choice alone against the framework; Sobol' indices, unless
    ``sobol`` is False; who is above whom whatever the area weights, and the smallest change of them
    that brings neighbours level. With a ``tolerance`` (above 0, below 1) there are as many more
    variants as bring the standard error of every share under it, ten million at most. The same
    ``seed`` gives the same bytes, whatever the ``jobs`` (processes). What is missing is None.

    ``progress`` is told of the variants done and of how many there will be. Interrupted (Ctrl-C),
    what is finished is told as such. Fewer than two ranked units are a finding (C319) and have no
    ranges. Other options and errors are those of ``evaluate``; raises UsageError (U103) for
    ``draws``, a ``seed``, ``jobs`` or a ``tolerance`` that cannot be.

    >>> import stiscore as sti
    >>> told = sti.robustness(sti.read(sti.sample("provinces")), draws=100, sobol=False)
    >>> round(sum(told.units[0].shares), 12), told.report.units[0].tier
    (1.0, 1)
    """
    _expect(draws, seed, jobs, tolerance)
    resolved = frame.framework if frame else framework or load_framework()
    card = appraise(data, resolved, frame=frame, common=common, strict=strict, tolerate=tolerate)
    held = worked_out(
        card.evaluated,
        draws=draws,
        seed=seed,
        sobol=sobol,
        sample=SAMPLE,
        tolerance=tolerance,
        framed=frame is not None,
        jobs=jobs,
        progress=progress
        and _Count(progress, variants_planned(card.evaluated, draws, sobol, SAMPLE)),
    )
    ranked, of = int(card.evaluated.ranked.sum()), len(card.evaluated.ranked)
    noted = () if held is not None else (found("C319", ranked=ranked, of=of),)
    ranges = None if held is None else held.ranges
    report = replace(card, variants=Wanted(draws, seed), ranges=ranges).report_of(indicators=False)
    return RobustnessReport(report, held, noted, deep=resolved.height > 2)


@dataclass(slots=True)
class _Count:
    """Adds up the variants that were worked out; a tolerance may ask for more than were planned."""

    told: Watcher
    planned: int
    done: int = 0

    def __call__(self, more: int) -> None:
        self.done += more
        self.told(self.done, max(self.planned, self.done))


def _expect(draws: int, seed: int, jobs: int, tolerance: float | None) -> None:
    """Refuse what cannot be worked out."""
    fits = {
        "draws": (1 <= draws <= MOST_DRAWS, draws),
        "seed": (seed >= 0, seed),
        "jobs": (jobs >= 1, jobs),
        "tolerance": (tolerance is None or 0 < tolerance < 1, tolerance),
    }
    wrong = [
        found("U103", option=f"--{option}", form=_form(option), given=str(given))
        for option, (fit, given) in fits.items()
        if not fit
    ]
    if wrong:
        raise refusal(UsageError, wrong)


def _form(option: str) -> Words:
    return FORMS[option].filled(most=MOST_DRAWS)
