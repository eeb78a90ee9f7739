"""What every method shares: strict frozen settings, and the arrays they work on."""

from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Strict(BaseModel):
    """Frozen, strict, no unknown keys, no NaN or infinity: the base of every setting."""

    # Built when first used: a run uses few of the methods there are, and all are imported.
    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True
    )


class Unfit(ValueError):
    """These data do not allow a method.

    The message says why in English, for who calls the method; ``reason`` and ``fields`` are what
    the program says it with in both languages. ``method`` is its id, where the caller has several.
    """

    def __init__(self, reason: str, message: str, **fields: object) -> None:
        super().__init__(message)
        self.reason, self.fields = reason, fields
        self.method: str | None = None


class Method(Strict):
    """Settings of one method; its docstring is its card in the docs.

    ``required``: the parameter without which it says nothing, None where the defaults will do.
    """

    stage: ClassVar[str]
    required: ClassVar[str | None] = None
    reference: ClassVar[str]


def members(union: Any) -> tuple[type[Method], ...]:
    """The classes of a stage's union, in order.

    >>> from stiscore.methods.aggregate import Aggregate
    >>> [m.model_fields["id"].default for m in members(Aggregate)][:3]
    ['arithmetic', 'geometric', 'harmonic']
    """
    args = getattr(union, "__args__", ())
    classes: list[type[Method]] = []
    for arg in args:
        if isinstance(arg, type) and issubclass(arg, Method):
            classes.append(arg)
        else:
            classes.extend(members(arg))
    return tuple(classes)
