"""What the shipped framework says of its indicators, in the language asked for."""

from __future__ import annotations

import re

import pytest

from stiscore.framework.model import Framework, Indicator
from stiscore.framework.schema import framework_schema
from stiscore.io.framework_yaml import check_framework
from stiscore.io.measurement import conversion
from stiscore.io.vocabulary import Vocabulary
from stiscore.report.framework_text import detail
from stiscore.words import Lang
from stiscore.words.measurements import MEASUREMENTS, measured
from stiscore.words.sections import section
from tests.unit.small_framework import damaged
from tests.unit.test_framework_yaml import told

# Names of indices, standards and currencies stand in Latin letters in Chinese too.
SENTENCE = re.compile(r"[a-z]{3,} [a-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def framework() -> Framework:
    return check_framework()[0]


def _proxies(framework: Framework) -> list[Indicator]:
    return [node for node in framework.indicators if node.role == "proxy"]


def test_every_definition_is_told_in_either_language(framework: Framework) -> None:
    for node in framework.indicators:
        for part in (node.definition.numerator, node.definition.denominator):
            if part is not None:
                assert CHINESE.search(part.zh)
                assert not SENTENCE.search(part.zh), node.id
                assert not CHINESE.search(part.en), node.id


def test_every_measurement_has_words(framework: Framework) -> None:
    held = {node.measured_in for node in framework.indicators}
    held |= {quantity.measured_in for quantity in framework.quantities}
    assert held - MEASUREMENTS.keys() == set()


@pytest.mark.parametrize("text", MEASUREMENTS)
def test_words_of_a_measurement_mean_the_same(text: str) -> None:
    for word in MEASUREMENTS[text]:
        assert conversion(word, text) in (1.0, None)
    assert not SENTENCE.search(measured(text, "zh"))


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "papers of the region indexed in SCI"),
        ("zh", "本地区SCI收录论文数"),
        ("both", "papers of the region indexed in SCI 本地区SCI收录论文数"),
    ],
)
def test_a_definition_is_shown_in_the_language_asked_for(
    framework: Framework, lang: Lang, shown: str
) -> None:
    node = next(i for i in framework.indicators if i.id == "sci_papers_per_100_rd_fte")
    lines = detail(framework, node, lang, width=200).splitlines()
    assert lines[3].endswith(f" {shown}")
    assert lines[5].endswith(f" {measured(node.measured_in, lang)}")


def test_nothing_below_the_line_is_not_shown(framework: Framework) -> None:
    node = next(i for i in framework.indicators if i.id == "logistics_performance")
    assert node.definition.denominator is None
    assert "分母" not in detail(framework, node, "zh")


def test_text_in_one_language_is_a_fault() -> None:
    text = damaged(("denominator: {en: all, zh: 全部}", "denominator: all"))
    (fault,) = told(text)
    assert fault.startswith('f.yaml:24:71 F106 share.definition.denominator is "all"')
    text = damaged(("{en: from abroad, zh: 境外}", "{en: from abroad}"))
    (fault,) = told(text)
    assert "lacks the key 'zh'" in fault


def test_the_schema_wants_both_languages() -> None:
    shape = framework_schema()["$defs"]["Bilingual"]
    assert shape["required"] == ["en", "zh"]
    assert shape["additionalProperties"] is False


def test_proxies_have_heads_that_fit(framework: Framework) -> None:
    for node in _proxies(framework):
        assert 0 < len(node.name.short_en or "") <= 10
        assert 0 < len(node.name.short_zh or "") <= 6


def test_a_short_name_reads_no_column(framework: Framework) -> None:
    vocabulary = Vocabulary(framework)
    assert all(vocabulary.meaning(n.name.short_en or "") is None for n in _proxies(framework))


@pytest.mark.parametrize(
    ("text", "zh"), [("1.1 first", "1.1第一"), ("2.2 third", "2.2第三"), ("1.1 {x} first", None)]
)
def test_sections_of_the_source(text: str, zh: str | None) -> None:
    said = section(text)
    assert said == text if isinstance(said, str) else said.say("zh") == zh
    assert isinstance(said, str) == (zh is None)


def test_the_sections_of_areas_are_told_in_chinese(framework: Framework) -> None:
    areas = [group for group in framework.groups if group.paper]
    assert len(areas) == 8
    assert not any(isinstance(section(group.paper or ""), str) for group in areas)
