"""C302 and C303: columns that say little, because they are thin or constant."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import NOTE, WARNING, Saying

SAYINGS: dict[str, Saying] = {
    "C302": Saying(
        WARNING,
        Words("Thin column", "数据稀疏的列"),
        Words(
            "only {present} of {of} units have a value of {called} ({share:.1%}; at least {needed:.0%} are needed)",
            "{of}个单位中仅{present}个有{called}的数据（{share:.1%}，要求不低于{needed:.0%}）",
        ),
        Words(
            "Fill the blanks from the source, or leave the column out: units without a value are judged on fewer indicators.",
            "请按来源补充空缺数据，或去掉该列：缺少该数据的单位将以较少的指标评分。",
        ),
    ),
    # A note under declared goalposts; an error where the scale comes from the sample (checks/columns).
    "C303": Saying(
        NOTE,
        Words("Constant column", "数值无差异的列"),
        Words(
            "all {count} values of {called} are {value:g}: it tells no unit from another",
            "{called}的{count}个数值均为{value:g}，不能区分各单位",
        ),
        Words(
            "Check that the column was filled as meant. A scale taken from the sample cannot be fitted to it: "
            "use goalposts or leave the column out.",
            "请确认该列填写无误。以样本确定标尺的方法对其不适用：请改用标杆值法或去掉该列。",
        ),
    ),
}
