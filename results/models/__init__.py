from results.models.comparison import OutsideFigure, ResultComment, SeriesBreak
from results.models.counting import CodeGroup, CountingRule, RegisterCode
from results.models.delivery import Delivery
from results.models.derivation import Derivation
from results.models.observation import Observation
from results.models.vocabulary import BenefitGroup, Measure, MeasureVersion

__all__ = [
    "BenefitGroup",
    "CodeGroup",
    "CountingRule",
    "Delivery",
    "Derivation",
    "Measure",
    "MeasureVersion",
    "Observation",
    "OutsideFigure",
    "RegisterCode",
    "ResultComment",
    "SeriesBreak",
]
