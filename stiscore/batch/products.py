"""What commands make where the library has no one function that gives what the command prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stiscore.dataset import Dataset
from stiscore.errors import DataInvalid
from stiscore.finding import Finding, Findings
from stiscore.framework.model import Framework
from stiscore.report.model import Report
from stiscore.scorecard import Scorecard

if TYPE_CHECKING:
    from stiscore.report.diff_model import DiffReport
    from stiscore.report.robustness_model import RobustnessReport
    from stiscore.words import Lang

Reading = Callable[[], Dataset]


def written(product: Any, form: str, lang: Lang, width: int) -> str:
    """A product as the text of a file."""
    made: str
    if form == "text":
        made = product.to_text(lang, width)
    elif form == "markdown":
        made = product.to_markdown(lang)
    else:
        made = product.to_json() if form == "json" else product.to_csv()
    return made


def variants_of(product: Any) -> tuple[int | None, int | None]:
    """The seed and the number of the method variants a product rests on; None without any."""
    told = getattr(getattr(product, "report", None), "variation", None)
    return (None, None) if told is None else (told.seed, told.draws)


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What ``evaluate`` prints: the ranking, or the cards of the named units."""

    card: Scorecard
    units: tuple[str, ...]
    group: str | None

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data and the scores."""
        return self.card.findings

    @property
    def report(self) -> Report:
        """Of the named units, or of the group, or of all."""
        return self.card.report_of(*self.units, group=self.group)

    def to_text(self, lang: Lang = "en", width: int = 80) -> str:
        """The ranking or the cards, ``width`` columns wide."""
        from stiscore.report import terminal
        from stiscore.report.screen import Screen

        screen = Screen(lang, width)
        if self.units:
            return terminal.cards(self.report, screen)
        return terminal.ranking(self._ranking(), screen)

    def to_markdown(self, lang: Lang = "en") -> str:
        """The same as markdown."""
        from stiscore.report import markdown

        if self.units:
            return markdown.cards(self.report, lang)
        return markdown.ranking(self._ranking(), lang)

    def to_json(self) -> str:
        """The scorecard as ``stiscore.scorecard/1``."""
        from stiscore.report import jsonout

        return jsonout.scorecard(self.report)

    def to_csv(self) -> str:
        """Tidy rows."""
        from stiscore.report import csvout

        return csvout.tidy(self.report)

    def _ranking(self) -> Report:
        return self.card.report_of(group=self.group, indicators=False)


def evaluated(card: Scorecard, *units: str, group: str | None = None) -> Evaluation:
    """The scorecard of a table; UsageError for a unit or a group it does not have."""
    product = Evaluation(card, units, group)
    # Names that do not exist are refused here, and not when a form is made.
    card.report_of(*units, group=group, indicators=False)
    return product


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """What ``validate`` prints: findings, be they of a table or of why it is none."""

    findings: Findings

    def to_text(self, lang: Lang = "en", width: int = 80) -> str:
        """Every finding with its cell and its remedy; lines are as long as they are."""
        del width
        return self._rendered("text", lang)

    def to_markdown(self, lang: Lang = "en") -> str:
        """As a table."""
        return self._rendered("markdown", lang)

    def to_json(self) -> str:
        """``stiscore.findings/1``."""
        return self._rendered("json", "en")

    def to_csv(self) -> str:
        """A row a finding."""
        return self._rendered("csv", "en")

    def _rendered(self, form: str, lang: Lang) -> str:
        from stiscore.report.findings_forms import render

        return render(self.findings, form, lang)


def validated(
    read: Reading, framework: Framework, *, strict: bool = False, tolerate: bool = False
) -> Validation:
    """All findings on a table; what cannot be understood as one has its findings too."""
    from stiscore.api import validate

    try:
        return Validation(validate(read(), framework, strict=strict, tolerate=tolerate))
    except DataInvalid as fault:
        return Validation(Findings(f for f in fault.findings if isinstance(f, Finding)))


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """What ``explain`` prints of one unit."""

    card: Scorecard
    unit: str
    node: str | None
    asked: dict[str, Any]

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data and the scores."""
        return self.card.findings

    @property
    def report(self) -> Report:
        """Of the unit."""
        return self.card.report_of(self.unit)

    def to_text(self, lang: Lang = "en", width: int = 80) -> str:
        """The tree from the index to the cells, or the part that was asked for."""
        return self._rendered("text", lang, width)

    def to_markdown(self, lang: Lang = "en") -> str:
        """The same as markdown."""
        return self._rendered("markdown", lang)

    def to_json(self) -> str:
        """For programs."""
        return self._rendered("json", "en")

    def _rendered(self, form: str, lang: Lang, width: int = 80) -> str:
        from stiscore.report import explain_text

        # In a whole tree only programs are told what every indicator would take.
        steps = self.node is not None or form == "json"
        told = self.card.explanation(self.unit, self.node, steps=steps, **self.asked)
        return explain_text.render(told, self.report, form, lang, width)


def explained(card: Scorecard, unit: str, node: str | None = None, **asked: Any) -> Explained:
    """One unit from its score down to the cells."""
    return Explained(card, unit, node, asked)


def robust(data: Dataset, framework: Framework, **options: Any) -> RobustnessReport:
    """How far ranks depend on choices; a run that was stopped is stopped here, not half told."""
    from stiscore.varying import robustness

    told = robustness(data, framework, **options)
    if told.robustness is not None and told.robustness.interrupted:
        raise KeyboardInterrupt
    return told


def changed(tables: Sequence[Dataset], framework: Framework, **options: Any) -> DiffReport:
    """What changed from the first of two tables to the second."""
    from stiscore.changing import diff

    old, new = tables
    return diff(old, new, framework, **options)
