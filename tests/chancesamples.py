"""A value of each kind that a simulation gives, small and by hand."""

from attrs import evolve

from massstart import Problem
from massstart.chances import (
    Calibration,
    Chance,
    Chances,
    Comparison,
    Course,
    Difference,
    Reliability,
    Strength,
    Strengths,
)

WARNING = Problem(
    "unknown-strength", "strengths", "no strength is known of Bo: taken for average (assumed)", "give strengths"
)
ANN = Chance(
    id="4", name="Ann <b>", nation="NED", through=1.0, error=0.0, win=0.75, rank=1.25, ranks=(75, 25, 0), is_exact=True
)
BO = Chance(id="7", through=0.6, error=0.049, win=0.25, rank=2.0, ranks=(25, 50, 25))
CY = Chance(id="9", name="Cy", through=0.0, error=0.0, win=0.0, rank=None, ranks=(0, 0, 0), is_exact=True)
CHANCES = Chances(
    rows=(ANN, BO, CY), races=100, seed=3, advance=2, title="Club day", drift=1.5, assumed=("a model of one's own: toss",),
    warnings=(WARNING,),
)  # fmt: skip
LATER = evolve(CHANCES, rows=(ANN, evolve(BO, through=0.9), CY))
SEASON = evolve(
    CHANCES,
    rows=(evolve(ANN, reserve=0.0), evolve(BO, reserve=0.25)),
    unit="season",
    means="has a place at the Games",
    drift=None,
)
COMPARISON = Comparison(
    scenarios=(("wait", CHANCES), ("attack", evolve(LATER, assumed=("Bo attacks",)))),
    rows=(
        Difference(
            id="7", name=None, nation=None, scenario="attack", through=0.9, error=0.03, difference=0.3, difference_error=0.05
        ),
    ),
    differing=(("attack", 0.42),), races=100, seed=3,
)  # fmt: skip
COURSE = Course(moments=((0, CHANCES), (4, LATER)))
STRENGTHS = Strengths(
    rows=(Strength(name="Bo", nation="NED", finish=-1.0, sprint=0.5, races=2), Strength(id="4", finish=1.0)), fall=0.05,
    source="two sheets",
)  # fmt: skip
CALIBRATION = Calibration(
    rows=(Reliability(low=0.3, high=0.4, skaters=9, expected=0.35, observed=0.5, error=0.16),), best=8, races=2, skaters=9,
    competitions=2, score=0.2, baseline=0.25, error=0.01, warnings=(Problem("left-out", "x", "has 3 skaters", "it is left out"),),
)  # fmt: skip
EACH = (CHANCES, COMPARISON, COURSE, STRENGTHS, CALIBRATION)
