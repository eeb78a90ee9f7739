"""Every sentence people read, in English and Chinese.

Catalogues live beside this file by topic; code elsewhere holds keys and figures, never prose.
JSON and CSV keys are not words: they are never translated.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Lang = Literal["en", "zh", "both"]


class Words(NamedTuple):
    """One sentence in the two languages, with ``{named}`` places for figures.

    >>> Words("{n} units", "{n}个单位").say("zh", n=3)
    '3个单位'
    >>> Words("score", "得分").say("both")
    'score 得分'
    """

    en: str
    zh: str

    def say(self, lang: Lang, **fields: object) -> str:
        """The sentence in ``lang``, its places filled; ``both`` gives English, then Chinese.

        A field that is Words itself is said in the same language.
        """
        if lang == "both":
            en, zh = self.say("en", **fields), self.say("zh", **fields)
            return en if en == zh else f"{en} {zh}"
        told = {k: v.say(lang) if isinstance(v, Words) else v for k, v in fields.items()}
        return (self.zh if lang == "zh" else self.en).format(**told)

    def filled(self, **fields: object) -> Words:
        """The sentence with its places filled in both languages, ready to be said without fields.

        >>> Words("{n} units", "{n}个单位").filled(n=3).zh
        '3个单位'
        """
        # A brace in a label is no place for a figure.
        en, zh = (
            self.say(lang, **fields).replace("{", "{{").replace("}", "}}") for lang in ("en", "zh")
        )
        return Words(en, zh)
