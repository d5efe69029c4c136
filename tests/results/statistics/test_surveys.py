import pytest

from results.statistics import ResponseRates, nonresponse_bounds, response_rates
from tests.results.statistics.worked import near, worked


@worked("nonresponse_worst_case_bounds")
def test_bounds(case):
    inputs, expected = case["inputs"], case["expected"]
    found = nonresponse_bounds(inputs["respondent_mean"], inputs["response_rate"], scale=tuple(inputs["scale"]))
    assert (found.lower, found.upper) == near(case, (expected["lower"], expected["upper"]))


@pytest.mark.parametrize(
    ("mean", "rate", "lower", "upper"), [(4.3, 0.04, 1.13, 4.97), (4.3, 0.388, 2.28, 4.73), (3.88, 0.6, 2.73, 4.33)]
)
def test_few_answers_say_little(mean, rate, lower, upper):
    found = nonresponse_bounds(mean, rate)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.005)


def test_response_rates():
    found = response_rates(
        complete=120,
        partial=15,
        refusal=60,
        non_contact=2400,
        other=30,
        unknown_household=300,
        unknown_other=75,
        eligible_share=0.8,
    )
    expected = (0.0400, 0.0450, 0.0410, 0.0462, 0.0457, 0.0514)
    assert (found.rr1, found.rr2, found.rr3, found.rr4, found.rr5, found.rr6) == pytest.approx(expected, abs=5e-5)


@worked("likert_mean_and_top2")
def test_response_rate_of_a_survey(case):
    answered, invited = case["expected"]["n"], case["inputs"]["invited"]
    found = response_rates(complete=answered, non_contact=invited - answered)
    assert found.rr1 == near(case, case["expected"]["response_rate"])


def test_nobody_asked_has_no_rate():
    assert response_rates(complete=0) == ResponseRates(None, None, None, None, None, None)
    assert response_rates(complete=0, unknown_other=5, eligible_share=0).rr3 is None


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: nonresponse_bounds(6, 0.5), "got 6"),
        (lambda: nonresponse_bounds(3, 40), "got 40"),
        (lambda: nonresponse_bounds(3, 0.4, scale=(5, 1)), r"\(5, 1\)"),
        (lambda: response_rates(complete=-1), "got -1"),
        (lambda: response_rates(complete=1, eligible_share=1.2), "got 1.2"),
    ],
)
def test_nonsense_is_refused_with_its_value(call, named):
    with pytest.raises(ValueError, match=named):
        call()
