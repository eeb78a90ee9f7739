"""A plan of many runs as its file has it: files by frameworks by methods by outputs."""

from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from stiscore.framework.strict import Id, Strict, Text, Weight

Form = Literal["text", "json", "csv", "markdown"]
# How a file, a framework or a method is called where the plan gives it no name of its own.
SHIPPED, OWN = "shipped", "own"
# What of an output is no option of its command.
OF_EVERY_OUTPUT = frozenset({"command", "format", "name", "lang", "width", "of"})


def _file(given: Any) -> Any:
    return {"path": given} if isinstance(given, str) else given


def _framework(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    own = given if given == SHIPPED else PurePosixPath(given).stem
    return {"id": own, "path": None if given == SHIPPED else given}


def _method(given: Any) -> Any:
    return {"settings": given} if isinstance(given, list) else given


def _one_or_more(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else (given,)


def _year(given: Any) -> Any:
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


# Lax only in that a list makes a tuple: what went through a validator of ours is no JSON any more.
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Year = Annotated[Text, BeforeValidator(_year)]
Names = Annotated[Texts, BeforeValidator(_one_or_more)]
Years = Annotated[tuple[Year, ...], Field(strict=False), BeforeValidator(_one_or_more)]


class PlannedFile(Strict):
    """A table, or all that a pattern matches, and how it is read."""

    path: Text = Field(description="Path or pattern (data/*.csv), from the folder of the plan")
    name: Id | None = Field(default=None, description="Its name in outputs; default: the stem")
    level: Text | None = Field(default=None, description="As --level")
    sheet: Text | None = Field(default=None, description="As --sheet")
    layout: Text | None = Field(default=None, description="As --layout")
    indicator: Text | None = Field(default=None, description="As --indicator")
    year: Year | None = Field(default=None, description="As --year")
    units: Literal["known", "any"] = Field(default="known", description="As --units")


class PlannedFramework(Strict):
    """A framework; without a path the shipped one."""

    id: Id = Field(description="Its name in outputs")
    path: Text | None = Field(default=None, description="Path from the folder of the plan")


class PlannedMethod(Strict):
    """Settings a framework is scored with in place of its own."""

    settings: Texts = Field(default=(), description="As --method, each")
    weights: dict[Id, Weight] = Field(default={}, description="Declared weight by node")
    preset: Text | None = Field(default=None, description="As --preset; a file: from the plan")


class PlannedOutput(Strict):
    """What is made of every file, framework and method, in one form."""

    command: Text = Field(description="Command of stiscore")
    format: Form = Field(default="json", description="As -F")
    name: Id | None = Field(default=None, description="Name of the file; default: the command's")
    lang: Literal["en", "zh", "both"] = Field(default="en", description="As --lang")
    width: int = Field(default=80, ge=30, description="Columns of text")
    of: Names | None = Field(default=None, description="Files it is made of, by name; default: all")
    unit: Names | None = Field(default=None, description="As -u")
    node: Text | None = Field(default=None, description="Area, gap or indicator")
    group: Text | None = Field(default=None, description="As --group")
    peers: Text | None = Field(default=None, description="As --peers")
    years: Years | None = Field(default=None, description="Years, or ranges as 2019:2022")
    scale: Text | None = Field(default=None, description="As --scale")
    draws: int | None = Field(default=None, ge=0, le=10_000_000, description="As --draws")
    seed: int | None = Field(default=None, ge=0, description="As --seed")
    sobol: bool | None = Field(default=None, description="As --sobol")
    correlation: Literal["pearson", "spearman", "kendall"] | None = Field(
        default=None, description="As --correlation"
    )
    changes: dict[str, float | str] | None = Field(
        default=None, min_length=1, description="Changes of a what-if, by indicator or quantity"
    )
    rank: int | None = Field(default=None, ge=1, description="Goal: this rank")
    score: float | None = Field(default=None, ge=0, le=100, description="Goal: this score")
    gap: Text | None = Field(default=None, description="Goal: this gap ...")
    below: float | None = Field(default=None, ge=0, le=100, description="... below this severity")
    common: bool = Field(default=False, description="As --common")
    strict: bool = Field(default=False, description="As --strict")
    tolerate: bool = Field(default=False, description="As --tolerate")

    @property
    def options(self) -> dict[str, Any]:
        """What the plan sets for the command, by name."""
        return {k: getattr(self, k) for k in sorted(self.model_fields_set - OF_EVERY_OUTPUT)}


class Plan(Strict):
    """Every file with every framework, under every method, once for every output."""

    schema_: Literal["stiscore.plan/1"] = Field(alias="schema", description="Format of this file")
    into: Text | None = Field(default=None, description="Output folder, from that of the plan")
    files: tuple[Annotated[PlannedFile, BeforeValidator(_file)], ...] = Field(
        min_length=1, description="Tables"
    )
    frameworks: tuple[Annotated[PlannedFramework, BeforeValidator(_framework)], ...] = Field(
        default=(PlannedFramework(id=SHIPPED),), min_length=1, description="Default: the shipped"
    )
    methods: dict[Id, Annotated[PlannedMethod, BeforeValidator(_method)]] = Field(
        default={OWN: PlannedMethod()}, min_length=1, description="Default: the framework's own"
    )
    outputs: tuple[PlannedOutput, ...] = Field(min_length=1, description="What is made")
