from cms.models.articles import StandardPage
from cms.models.cases import CaseIndexPage, CasePage, PublishedSnapshot
from cms.models.home import HomePage
from cms.models.settings import SiteSettings

__all__ = ["CaseIndexPage", "CasePage", "HomePage", "PublishedSnapshot", "SiteSettings", "StandardPage"]
