"""What ``inspect`` says."""

from __future__ import annotations

from stiscore.words import Lang, Words

LABELS: dict[str, Words] = {
    "file": Words("{file}: {container}, sha256 {sha256}", "{file}：{container}，sha256 {sha256}"),
    "text_file": Words(
        "encoding {encoding}, delimiter {delimiter}", "编码{encoding}，分隔符{delimiter}"
    ),
    "sheet": Words(
        "sheet {name}: {rows} x {columns}, {layout}, fit {score}",
        "工作表 {name}：{rows}×{columns}，{layout}，匹配度{score}",
    ),
    "chosen": Words("read", "采用"),
    "wide": Words("one row a unit", "一行一个单位"),
    "hidden_rows": Words("{n} hidden rows", "{n}个隐藏行"),
    "header": Words(
        "header in row {row}: {known} columns known", "表头在第{row}行：识别出{known}列"
    ),
    "no-header": Words(
        "no row names two columns the framework knows", "没有一行含两个以上框架认识的列名"
    ),
    "no-units": Words("no column holds units", "没有单位名称列"),
    "no-rows": Words("no row holds figures", "没有数据行"),
    "label-row": Words("names once more in row {row}", "第{row}行为另一套列名"),
    "unit-row": Words("units of measurement in row {row}", "第{row}行为计量单位"),
    "year-column": Words("years in column {column}", "第{column}列为年份"),
    "units": Words("{rows} rows name a unit", "{rows}行为单位数据"),
    "columns": Words("{known} of {of} columns known", "{of}列中识别出{known}列"),
    "level": Words("level: {level}", "层级：{level}"),
    "units_of": Words("units: {told}", "单位：{told}"),
    "unknown_units": Words("not in the registry: {told}", "名录中没有：{told}"),
    "years": Words("years: {told}", "年份：{told}"),
    "preface": Words("before the table: {told}", "表前文字：{told}"),
    "column": Words("Column", "列名"),
    "cell": Words("Cell", "单元格"),
    "read_as": Words("Read as", "识别为"),
    "measured_in": Words("Measured in", "计量单位"),
    "times": Words("Times", "换算系数"),
    "raw": Words("raw", "原始量"),
    "context": Words("context", "背景"),
    "unknown": Words("not known", "未识别"),
    "perhaps": Words("not known; perhaps {suggestion}?", "未识别；是否为{suggestion}？"),
    "refused": Words("why it would not be read:", "不能读取的原因："),
    "notes": Words("notes:", "提示："),
}


def label(key: str, lang: Lang, **fields: object) -> str:
    """A label of ``inspect`` in ``lang``.

    >>> label("years", "en", told="2021, 2022")
    'years: 2021, 2022'
    """
    return LABELS[key].say(lang, **fields)
