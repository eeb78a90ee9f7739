"""What was done to the data, in sentences: one a column and kind of change."""

from __future__ import annotations

from stiscore.words import Words

APPLIED: dict[str, Words] = {
    "head": Words("Done to the data", "数据处理"),
    "excluded": Words(
        "{method}: not scored, too few values: {cells}", "{method}：数据过少，不予评分：{cells}"
    ),
    "excluded_cell": Words("{unit} ({before:.0%} of values)", "{unit}（有{before:.0%}的数值）"),
    "filled": Words(
        "{method}, {node}: {n} filled: {cells}", "{method}，{node}：填补{n}项：{cells}"
    ),
    "filled_cell": Words("{unit}{cell} {after}", "{unit}{cell} {after}"),
    "winsorised": Words(
        "{method}, {node}: {n} pulled in: {cells}", "{method}，{node}：截尾{n}项：{cells}"
    ),
    "winsorised_cell": Words(
        "{unit}{cell} {before} to {after}", "{unit}{cell} {before}改为{after}"
    ),
    "transformed": Words(
        "{method}, {node}: all {n} values transformed, {formula}",
        "{method}，{node}：全部{n}个数值经变换，{formula}",
    ),
    "shape": Words("skewness {skew}, kurtosis {kurtosis}", "偏度{skew}，峰度{kurtosis}"),
    "then": Words("{first} then {last}", "由{first}变为{last}"),
    "fails": Words(
        "{method}, {node}: still beyond the limits of skewness and kurtosis",
        "{method}，{node}：处理后偏度和峰度仍超过界限",
    ),
    "floored": Words(
        "{method}, {node}: {n} raised to the floor: {cells}",
        "{method}，{node}：{n}项按下限计：{cells}",
    ),
    "floored_cell": Words("{unit}{cell} {before} to {after}", "{unit}{cell} {before}改为{after}"),
    "cell": Words(" ({cell})", "（{cell}）"),
    # A value carried from another year has the cell it was taken from.
    "from": Words("from {cell}", "取自{cell}"),
    "in_year": Words("{year}: {text}", "{year}：{text}"),
    "unit": Words("Unit", "单位"),
    "node": Words("Indicator or area", "指标或领域"),
    "what": Words("Done", "处理"),
    "method": Words("Method", "方法"),
    "at": Words("Cell", "单元格"),
    "before": Words("Before", "处理前"),
    "after": Words("After", "处理后"),
}
# Each kind of change as a word in a table.
DONE: dict[str, Words] = {
    "excluded": Words("screened out", "筛除"),
    "filled": Words("filled", "填补"),
    "winsorised": Words("pulled in", "截尾"),
    "transformed": Words("transformed", "变换"),
    "floored": Words("raised to the floor", "按下限计"),
}
