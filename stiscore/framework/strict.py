"""What every framework model shares: strictness, and text in two languages."""

from pydantic import Field

from stiscore.methods.base import Strict

__all__ = ["Bilingual", "Name", "Strict"]


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
