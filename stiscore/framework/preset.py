"""Saved weights: what ``weights --save`` writes and ``--preset FILE`` reads."""

from typing import Literal

from pydantic import Field

from stiscore.framework.model import Id, Strict, Weight


class WeightPreset(Strict):
    """Declared weights for the nodes of a framework, and what they were worked out from."""

    schema_: Literal["stiscore.preset/1"] = Field(alias="schema", description="Format of this file")
    framework: Id = Field(description="Id of the framework the weights are for")
    method: tuple[str, ...] = Field(description="Weight methods they come from, as --method has it")
    data: str = Field(
        pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file they were worked out on"
    )
    weights: dict[Id, Weight] = Field(
        min_length=1, description="Declared weight by node; the rest keep the framework's"
    )
