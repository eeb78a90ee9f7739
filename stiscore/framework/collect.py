"""How a share that nobody publishes is counted: from coded policy measures or a questionnaire."""

from typing import Annotated, Literal

from pydantic import Field

from stiscore.framework.strict import Strict

Question = Annotated[str, Field(min_length=1)]


class Coding(Strict):
    """A share of policy measures, counted from the yes and no of a coding sheet."""

    sheet: Literal["coding"] = Field(description="Counted from coded policy measures")
    questions: tuple[Question, ...] = Field(
        min_length=1, description="A measure counts when all of these are answered yes"
    )
    among: Question | None = Field(
        default=None, description="Only measures with a yes to this question are looked at"
    )


class Questionnaire(Strict):
    """A share whose numerator and denominator are asked of departments."""

    sheet: Literal["questionnaire"] = Field(description="Asked by questionnaire")
    of: Literal["counts", "amounts"] = Field(
        default="counts", description="counts: whole numbers; amounts: money, hours and the like"
    )


Collect = Annotated[Coding | Questionnaire, Field(discriminator="sheet")]
