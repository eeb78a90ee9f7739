"""Periods as sources write them, and as the tool keeps them."""

from __future__ import annotations

import re

_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+)?\s*(?:年度?)?(?:\s*\[YR[0-9]{4}\])?")
_DATE = re.compile(r"((?:19|20)[0-9]{2})[-/][0-9]{1,2}[-/][0-9]{1,2}.*")


def period_of(text: str) -> str | None:
    """A year as four digits where it is one, any other text as it is, None when blank.

    >>> period_of("2022.0"), period_of("2022年"), period_of("2022 [YR2022]"), period_of("2020-2022")
    ('2022', '2022', '2022', '2020-2022')
    """
    year = _YEAR.fullmatch(text) or _DATE.fullmatch(text)
    return year[1] if year else text or None
