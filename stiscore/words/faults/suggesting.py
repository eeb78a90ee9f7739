"""Remedies whose wording hangs on the figures: a likely name, a share above 100 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stiscore.words import Words

if TYPE_CHECKING:
    from stiscore.words import Lang

_MEANT = Words("Did you mean {suggestion}? ", "是否指{suggestion}？")
_LACKING = Words(
    " Some quantities are there; these columns are still needed: {lacking}.",
    "已有部分原始数据，还需以下列：{lacking}。",
)
_ABOVE_SHARE = Words(
    "A share cannot exceed {bound:g} %. Check for a count, a per-mille value",
    "占比不能超过{bound:g}%。请检查是否误填了数量或千分比",
)
_ABOVE_OTHER = Words(
    "No value of this indicator can exceed {bound:g}. Check the measurement",
    "该指标不能超过{bound:g}。请检查计量单位",
)
_DIGIT = Words(" or a typed digit too many ({guess:g}?).", "，或多输了一位数字（{guess:g}？）。")
_END = Words(".", "。")


class DidYouMean(Words):
    """Begins with the nearest name when the field ``suggestion`` holds one."""

    __slots__ = ()

    def say(self, lang: Lang, **fields: object) -> str:
        """The remedy, after the suggestion if there is one."""
        if lang == "both":
            return super().say(lang, **fields)
        meant = _MEANT.say(lang, **fields) if fields.get("suggestion") else ""
        return meant + super().say(lang, **fields)


class Lacking(Words):
    """Ends with what the quantities of the table would still need, when ``lacking`` tells any."""

    __slots__ = ()

    def say(self, lang: Lang, **fields: object) -> str:
        """The remedy, and the indicators that lack only some columns."""
        if lang == "both":
            return super().say(lang, **fields)
        more = _LACKING.say(lang, **fields) if fields.get("lacking") else ""
        return super().say(lang, **fields) + more


class AboveBound(Words):
    """Names what commonly lifts a share above 100 %, and the figure that may have been meant."""

    __slots__ = ()

    def say(self, lang: Lang, **fields: object) -> str:
        """The remedy for the fields ``bound``, ``measured`` and ``guess`` (None: no guess)."""
        if lang == "both":
            return super().say(lang, **fields)
        share = fields.get("measured") == "%" and fields.get("bound") == 100
        said = (_ABOVE_SHARE if share else _ABOVE_OTHER).say(lang, **fields)
        return said + (_END if fields.get("guess") is None else _DIGIT).say(lang, **fields)
