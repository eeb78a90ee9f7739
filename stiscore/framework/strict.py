"""What every framework model shares: strictness, and text in two languages."""

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """Frozen, strict, no unknown keys, no NaN or infinity."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


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
