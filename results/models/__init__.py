from results.models.delivery import Delivery, StagedUpload
from results.models.observation import Observation
from results.models.vocabulary import BenefitGroup, Measure, MeasureVersion

__all__ = ["BenefitGroup", "Delivery", "Measure", "MeasureVersion", "Observation", "StagedUpload"]
