"""Words the tool does not use, in any sentence or output: they claim what the figures cannot bear.

Rank ranges come from method variants, not from sampling; what-if is arithmetic; low is not shut.
"""

from __future__ import annotations

import re

REFUSED = (
    r"significan\w*",
    r"confidence (?:interval|level|band)\w*",
    r"likel(?:y|ier|ihood)",
    r"odds",
    r"probab\w*",
    r"caus(?:e|es|ed|ing) by",
    r"caused",
    r"closed",
    r"most open",
    r"forecast\w*",
    r"countr(?:y|ies)",
    r"显著性?",
    r"置信",
    r"概率",
    r"[几机]率",
    r"导致",
    r"封闭",
    r"最开放",
    r"预测",
)

_PATTERN = re.compile(
    "|".join(rf"\b{w}\b" if w[0].isascii() else w for w in REFUSED), re.IGNORECASE
)


def refused(text: str) -> list[str]:
    """The refused words a text uses.

    >>> refused("The most open economy, significantly"), refused("ranks 2-5")
    (['most open', 'significantly'], [])
    """
    return _PATTERN.findall(text)
