"""Words the tool does not use, in any sentence or output: they claim what the figures cannot bear.

Rank ranges come from method variants, not from sampling; what-if is arithmetic; low is not shut.
"""

from __future__ import annotations

import re

# Nothing here was sampled, so nothing is significant or probable. Digits may be significant, an area
# that one indicator carries has the mark low_confidence in JSON, and Box and Cox have a profile
# likelihood.
_SAMPLING = (
    r"(?:in)?significan\w*(?! (?:digit|figure))",
    r"(?<!low )(?<!low_)confiden\w*",
    r"(?<!profile )(?:un)?likel(?:y|ier|iest|ihoods?)",
    r"odds",
    r"(?:im)?probab\w*",
    r"chances",
    r"p-values?",
    r"显著性?",
    r"置信",
    r"概率",
    r"[几机]率",
    r"可能性",
)
# A score says what stands beside what. `cause` by itself may name what pulls a severity up.
_CAUSING = (
    r"caus(?:e|es|ed|ing) by",
    r"caused",
    r"导致",
    r"造成",
    r"引起",
    r"致使",
    r"归因于?",
    r"归咎于?",
)
# A low score is below a reference, and the highest of a table is the highest of that table.
_JUDGING = (r"closed", r"(?:most|least) open", r"封闭", r"最不?开放")
# The year that comes is not in the table.
_FORETELLING = (
    r"forecast\w*",
    r"predict\w*",
    r"expect(?:s|ed)? to",
    r"outlooks?",
    r"预测",
    r"预计",
    r"预估",
    r"预期",
    r"展望",
)
# Rows are economies, 国家（地区）. What follows 国家 otherwise makes it the name of a level, of a
# programme, of a body or of its standards and lists; 金砖国家 and 东南亚国家联盟 call themselves so.
_STATUS = (
    r"countr(?:y|ies)",
    r"(?<!金砖)(?<!东南亚)国家(?!（地区）|层面|级|科技|统计局|标准|成员体|数据|国际|网络|知识产权|自然科学|外汇|移民)",
    r"[各该他]国",
)
REFUSED = (*_SAMPLING, *_CAUSING, *_JUDGING, *_FORETELLING, *_STATUS)

# Beside these, what arithmetic on supposed figures may not say of what would come of them. That it
# is not causal is what it has to say.
CAUSAL = (
    r"(?<!not )(?<!no )(?<!nor )(?<!never )caus(?:e|es|ing|al|ally)",
    r"(?:leads?|leading|led) to",
    r"results? (?:in|from)",
    r"due to",
    r"owing to",
    r"because of",
    r"thanks to",
    r"effects? (?:of|on)",
    r"impacts?",
    r"drive[ns]?",
    r"促使",
    r"带来",
    r"促成",
    r"效应",
    r"成效",
    r"(?<!非)(?<!无)(?<!不作)(?<!不是)(?<!不含)(?<!不表示)(?<!不代表)(?<!不构成)(?<!不说明)因果",
)


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    held = (word if _chinese(word) else rf"\b{word}\b" for word in words)
    return re.compile("|".join(held), re.IGNORECASE)


def _chinese(word: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in word)


_PATTERN, _CAUSAL = _any(REFUSED), _any(CAUSAL)
# Where a line ends, words stay apart and Chinese runs on.
_SPACE = re.compile(r"\s+")
_BETWEEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")


def _in_one(text: str) -> str:
    return _BETWEEN.sub("", _SPACE.sub(" ", text))


def refused(text: str) -> list[str]:
    r"""The refused words a text uses, wherever its lines break.

    >>> refused("The most open economy, significantly"), refused("ranks 2-5")
    (['most open', 'significantly'], [])
    >>> refused("四个国家"), refused("国家\n（地区）、国家统计局")
    (['国家'], [])
    """
    return _PATTERN.findall(_in_one(text))


def causal(text: str) -> list[str]:
    """The words by which a text would make arithmetic a cause.

    >>> causal("more funds would lead to a higher rank"), causal("arithmetic, not causal advice")
    (['lead to'], [])
    """
    return _CAUSAL.findall(_in_one(text))
