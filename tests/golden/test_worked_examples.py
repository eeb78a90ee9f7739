"""Published worked examples, figures transcribed; agreement to the last digit that is printed.

The Handbook's examples stand in ``test_technology_achievement.py`` and ``test_handbook_votes.py``,
Saaty's in ``test_worked_weights.py``. Left out, since the printed figures could not be had: the
tables of De Muro, Mazziotta and Pareto (2011) and of Mazziotta and Pareto (2016), those of Cherchye
et al. (2007), and what goes into the life and schooling indices of the UNDP's example of today's
HDI. Those methods are checked against other programs in ``test_reference.py`` instead; the benefit
of the doubt against the Handbook's table 19 as well.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from stiscore.methods.aggregate import Geometric
from stiscore.pipeline import fit, score
from tests.made import dataset, framework, group, leaf

# UNDP Mozambique, National Human Development Report 2000, technical note on the HDI: life
# expectancy (years), adult literacy (%), combined gross enrolment (%), real GDP per capita (PPP$)
# for Germany, China and Mozambique, then the indices it prints for each.
HDI = {
    "life": [77.2, 69.8, 42.3],
    "literacy": [99.0, 82.9, 39.5],
    "enrolment": [88.1, 68.9, 32.0],
    "income": [math.log10(gdp) for gdp in (21260, 3130, 740)],
}
PRINTED = {
    "life": [0.870, 0.747, 0.288],
    "literacy": [0.990, 0.829, 0.395],
    "enrolment": [0.881, 0.689, 0.320],
    "education": [0.954, 0.782, 0.370],
    "income": [0.895, 0.575, 0.334],
    "hdi": [0.906, 0.701, 0.331],
}


@pytest.mark.parametrize("node", PRINTED)
def test_human_development_index(node: str) -> None:
    education = group(
        "education",
        [
            leaf("literacy", goalposts=[0, 100], weight=2),
            leaf("enrolment", goalposts=[0, 100], weight=1),
        ],
    )
    index = group(
        "hdi",
        [
            leaf("life", goalposts=[25, 85]),
            education,
            leaf("income", goalposts=[math.log10(100), math.log10(40000)]),
        ],
    )
    data = dataset(HDI)
    scores = score(fit(framework(index), data), data)
    ours = scores.node(scores.fitted.tree.ids.index(node)) / 100
    # The note rounds its parts before it joins them, so the last digit may differ by one.
    assert ours == pytest.approx(PRINTED[node], abs=0.001)


def test_human_development_index_of_today() -> None:
    """UNDP, Technical notes, technical note 1 (the edition based on World Bank data of 2020).

    Of its example: the index of an income of 3,829 PPP$, and the geometric mean of health 0.6971,
    education 0.3447 and that.
    """
    ends = [math.log(100), math.log(75000)]
    income = framework(group("standard", [leaf("income", goalposts=ends)]))
    data = dataset({"income": [math.log(3829)]})
    scored = score(fit(income, data), data)
    ours = scored.node(scored.fitted.tree.ids.index("income")) / 100
    assert ours == pytest.approx(0.5506, abs=0.00005)
    parts = np.array([[0.6971, 0.3447, 0.5506]])
    assert Geometric(floor=None).combine(parts, [1, 1, 1]).score == pytest.approx(0.510, abs=0.0005)
