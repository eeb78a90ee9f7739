"""What a value should have been: of a framework, of ``--method``, of a saved frame."""

from __future__ import annotations

from stiscore.words import Words

# What a value should have been, by the name pydantic gives the fault.
_WANTED: dict[str, Words] = {
    "string_type": Words(
        "text (in quotes when it looks like a number)", "文本（形似数字时请加引号）"
    ),
    "float_type": Words("a number", "数值"),
    "int_type": Words("a whole number", "整数"),
    "int_from_float": Words("a whole number", "整数"),
    "finite_number": Words("a finite number", "有限数值"),
    "bool_type": Words("true or false", "true或false"),
    "tuple_type": Words("a list, such as [a, b]", "列表，如[a, b]"),
    "dict_type": Words("a mapping of keys to values", "键值对"),
    "model_type": Words("a mapping of keys to values", "键值对"),
    "model_attributes_type": Words("a mapping of keys to values", "键值对"),
    "missing": Words("a list with an entry more", "列表，目前缺少一项"),
    "too_short": Words("a list of {min_length} or more", "至少{min_length}项的列表"),
    "too_long": Words("a list of at most {max_length}", "至多{max_length}项的列表"),
    "string_too_short": Words("text that is not empty", "非空文本"),
    "string_too_long": Words(
        "text of at most {max_length} characters", "不超过{max_length}个字符的文本"
    ),
    "string_pattern_mismatch": Words(
        "an id: a letter, then letters, digits, _ - or .", "代码：以字母开头，由字母、数字及_-.组成"
    ),
    "greater_than": Words("a number above {gt:g}", "大于{gt:g}的数值"),
    "greater_than_equal": Words("a number of at least {ge:g}", "不小于{ge:g}的数值"),
    "less_than": Words("a number below {lt:g}", "小于{lt:g}的数值"),
    "less_than_equal": Words("a number of at most {le:g}", "不大于{le:g}的数值"),
    "literal_error": Words("one of {expected}", "以下之一：{expected}"),
    "extra_forbidden": Words("a parameter the method has", "该方法所具有的参数"),
    "union_tag_invalid": Words(
        "a mapping with an id that is one of {expected_tags}",
        "id为以下之一的键值对：{expected_tags}",
    ),
}
# Rules of methods' own, by the reason they give.
RULES: dict[str, Words] = {
    "rising": Words("two ends, the lower one first", "两个端点，较小者在前"),
    "bounds_order": Words("two shares, the lower one first", "两个份额，较小者在前"),
    "cuts": Words(
        "cuts that rise between 0 and 1, with one score more than cuts, rising too",
        "介于0和1之间递增的分界（cuts），以及多一项且递增的得分（scores）",
    ),
    "contradiction": Words(
        "judgements of which {pair} and {back} agree", "{pair}与{back}互为倒数的判断"
    ),
    "some_weights": Words("a factor with sets, presets or both", "含sets或presets（或二者）的因素"),
    "one_error": Words(
        "exactly one of standard_error, half_width, relative and revision",
        "standard_error、half_width、relative、revision四者之一（仅一项）",
    ),
}
_OTHER = Words("another kind of value", "其他类型的值")


def wanted(kind: str, limits: dict[str, object]) -> Words:
    """What a value of the fault ``kind`` should have been.

    >>> wanted("greater_than", {"gt": 0.0}).say("en")
    'a number above 0'
    """
    fault = limits.get("error")
    words = RULES.get(getattr(fault, "reason", ""), _WANTED.get(kind, _OTHER))
    limits = {**limits, **getattr(fault, "fields", {})}
    return Words(words.say("en", **limits), words.say("zh", **limits).replace(" or ", "或"))


def not_a_frame(where: str, kind: str, limits: dict[str, object]) -> Words:
    """Why a file is no saved frame: the first place that is not as it should be.

    >>> not_a_frame("scale", "missing", {}).en
    "it lacks 'scale'"
    """
    if kind == "missing":
        return Words(f"it lacks '{where}'", f"缺少“{where}”")
    if not where:
        return Words("it is not JSON of that form", "不是相应格式的JSON")
    told = wanted(kind, limits)
    return Words(f"{where} should be {told.en}", f"{where}应为{told.zh}")
