from cases.models.case import CommitteeCase
from cases.models.template import CaseTemplate, TemplateSection

__all__ = ["CaseTemplate", "CommitteeCase", "TemplateSection"]
