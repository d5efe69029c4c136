from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Site

from accounts.enums import Role
from cms.models import CaseIndexPage, HomePage, SiteSettings, StandardPage
from cms.services import ensure_site


def test_ensure_site_makes_the_pages_in_place_of_the_welcome_page(site: HomePage):
    assert [page.url_path for page in Page.objects.order_by("path")] == [
        "/",
        "/forside/",
        "/forside/sager/",
        "/forside/om-partnerskabet/",
        "/forside/tilgaengelighed/",
        "/forside/privatliv/",
    ]
    assert set(Page.objects.filter(depth__gt=1).values_list("live", flat=True)) == {True}
    default = Site.objects.get()
    assert (default.root_page_id, default.is_default_site) == (site.pk, True)


def test_ensure_site_fills_the_settings_of_header_and_footer(site: HomePage):
    settings = SiteSettings.objects.get()
    assert (settings.municipality, settings.phone) == ("Fjordby Kommune", "70 00 00 00")
    assert settings.accessibility_page.slug == "tilgaengelighed"
    assert settings.privacy_page.slug == "privatliv"


def test_ensure_site_again_takes_back_nothing_that_people_changed(site: HomePage):
    SiteSettings.objects.update(phone="71 00 00 00")
    about = StandardPage.objects.get(slug="om-partnerskabet")
    about.title = "Sådan samarbejder vi"
    about.save()
    before = list(Page.objects.values_list("path", "title"))

    assert ensure_site("Fjordby Kommune", phone="70 00 00 00") == site
    assert list(Page.objects.values_list("path", "title")) == before
    assert SiteSettings.objects.get().phone == "71 00 00 00"
    assert CaseIndexPage.objects.count() == 1


def test_ensure_site_lets_administrators_edit_pages(site: HomePage):
    held = GroupPagePermission.objects.filter(page=site).values_list("group__name", "permission__codename")
    assert (Role.ADMINISTRATOR.value, "change_page") in set(held)
    assert {name for name, _codename in held} == {Role.ADMINISTRATOR.value}
    assert not PageViewRestriction.objects.exists()
