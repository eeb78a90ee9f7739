"""What every framework model shares: strictness, ids and weights, text in two languages."""

from typing import Annotated, Literal

from pydantic import Field

from stiscore.methods.base import Strict

__all__ = ["MOST_WEIGHT", "Bilingual", "Header", "Id", "Name", "Origin", "Strict", "Text", "Weight"]

Origin = Literal["paper", "ours"]
Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]*$", max_length=80)]
Text = Annotated[str, Field(min_length=1)]
Header = Annotated[str, Field(min_length=1, max_length=200)]
# Above this, weights of one parent could add up to infinity.
MOST_WEIGHT = 1e6
Weight = Annotated[float, Field(gt=0, le=MOST_WEIGHT)]


class Bilingual(Strict):
    """Text in the two languages, for reading only: it is never a column header."""

    en: str = Field(min_length=1, description="English text")
    zh: str = Field(min_length=1, description="Chinese text")


class Name(Strict):
    """A name in the two languages; ``short`` fits a narrow column head."""

    en: str = Field(min_length=1, description="English name")
    zh: str = Field(min_length=1, description="Chinese name")
    short_en: str | None = Field(default=None, description="Short English form for column heads")
    short_zh: str | None = Field(default=None, description="Short Chinese form for column heads")
