import datetime as dt

import pytest
from django.test import Client, override_settings
from wagtail.models import Page

from accounts.models import User
from cms.models import HomePage, SiteSettings, StandardPage
from cms.queries.frameworks import framework_overview
from cms.queries.listings import case_listing
from cms.queries.search import hit, search_pages
from cms.services import publish_snapshot, withdraw_case
from tests.cms.papers import SECRET_COUNT, fact_sheet, frozen, recommendation
from tests.factories import ContractFactory, FrameworkAgreementFactory, LotFactory, SupplierFactory

pytestmark = pytest.mark.usefixtures("site")


def publish_two() -> list[Page]:
    papers = {"faktaark-2023": fact_sheet(), "erfaringer-2024": recommendation()}
    return [publish_snapshot(frozen(each, SupplierFactory()), slug=slug, by=None) for slug, each in papers.items()]


# --- front page


def test_front_page_is_there_without_anything_to_show(client: Client):
    response = client.get("/")
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1


def test_front_page_shows_frameworks_suppliers_and_the_newest_cases(client: Client):
    publish_two()
    lot = LotFactory(framework=FrameworkAgreementFactory(name="Indsatser for sygemeldte"), name="Sygemeldte over 30 år")
    ContractFactory(lot=lot, supplier=SupplierFactory(name="Havgård Jobudvikling"))
    html = client.get("/").content.decode()
    assert html.index("Erfaringsopsamlinger fra leverandørerne 2024</a>") < html.index(
        "Faktaark om rammeaftalerne 2023</a>"
    )
    for text in ("Indsatser for sygemeldte", "Sygemeldte over 30 år", "Havgård Jobudvikling"):
        assert text in html


@pytest.mark.parametrize("count", [1, 3])
def test_front_page_query_count(client: Client, count: int, django_assert_num_queries):
    for _number in range(count):
        ContractFactory()
    client.get("/")
    with django_assert_num_queries(15):
        client.get("/")


def test_overview_counts_each_supplier_once_and_tells_what_is_in_force():
    over = FrameworkAgreementFactory(starts_on=dt.date(2020, 7, 1), ends_on=dt.date(2024, 6, 30))
    running = FrameworkAgreementFactory(starts_on=dt.date(2024, 7, 1))
    supplier = SupplierFactory()
    for framework in (over, running):
        ContractFactory(lot=LotFactory(framework=framework), supplier=supplier)
    overview = framework_overview(today=dt.date(2024, 7, 1))
    assert (overview.lot_count, overview.supplier_count, overview.running_count) == (2, 1, 1)
    assert [(each.name, each.is_running, each.is_over) for each in overview.frameworks] == [
        (running.name, True, False),
        (over.name, False, True),
    ]


def test_overview_names_no_supplier_before_signing_nor_after_its_contract_has_ended():
    lot = LotFactory()
    signed = ContractFactory(lot=lot)
    ContractFactory(lot=lot, signed_by_supplier_on=None)
    ContractFactory(lot=lot, ends_on=dt.date(2024, 6, 30))
    (framework,) = framework_overview(today=dt.date(2024, 7, 1)).frameworks
    assert [row.suppliers for row in framework.lots] == [(signed.supplier.name,)]


def test_overview_ends_with_the_options():
    FrameworkAgreementFactory(ends_on=dt.date(2024, 6, 30), effective_ends_on=dt.date(2025, 6, 30))
    (framework,) = framework_overview(today=dt.date(2024, 7, 1)).frameworks
    assert (framework.is_running, framework.ends_on) == (True, dt.date(2025, 6, 30))


# --- list of cases


def test_case_index_filters_by_year_and_committee_in_the_address(client: Client):
    publish_two()
    html = client.get("/sager/?aar=2024&udvalg=Arbejdsmarkedsudvalget").content.decode()
    assert "Erfaringsopsamlinger fra leverandørerne 2024</a>" in html
    assert "Faktaark om rammeaftalerne 2023</a>" not in html
    assert '<option value="2024" selected>' in html


def test_case_listing_ignores_filters_that_it_does_not_know():
    publish_two()
    listing = case_listing({"aar": "' OR 1=1", "udvalg": "Ukendt", "side": "x"})
    assert (listing.cases.paginator.count, listing.is_filtered, listing.address) == (2, False, "")


def test_case_listing_leaves_out_what_was_withdrawn():
    first, second = publish_two()
    withdraw_case(first, reason="Fejl", by=None)
    assert [page.pk for page in case_listing({}).cases] == [second.pk]


def test_case_index_without_cases_says_so(client: Client):
    html = client.get("/sager/").content.decode()
    assert "<form" not in html[html.index("<main") : html.index("</main")]


# --- search


def test_search_finds_words_and_beginnings_of_words(client: Client):
    publish_two()
    assert {page.title for page in search_pages("leverandør")} >= {"Erfaringsopsamlinger fra leverandørerne 2024"}
    assert [page.title for page in search_pages("ressourceforløb")] == ["Faktaark om rammeaftalerne 2023"]
    html = client.get("/soeg/", {"q": "ressourceforløb"}).content.decode()
    assert "<mark>ressourceforløb</mark>" in html
    assert 'value="ressourceforløb"' in html


def test_search_does_not_find_hidden_figures_or_withdrawn_cases():
    first, _second = publish_two()
    assert search_pages(SECRET_COUNT) == []
    withdraw_case(first, reason="Fejl", by=None)
    assert search_pages("ressourceforløb") == []


ODD_WORDS = (
    "",
    "   ",
    "findesikke",
    "\"'; DROP",
    "a" * 500,
    "<script>alert(1)</script>",
    "*",
    "%",
    "(",
    "\x00",
    "æøå-ÅØÆ",
)
OPERATORS = ("NOT", "a OR", "NEAR(a b)", "a AND")


@pytest.mark.parametrize("words", [*ODD_WORDS, *OPERATORS])
def test_search_answers_whatever_is_asked(client: Client, words: str):
    response = client.get("/soeg/", {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_hit_shows_the_place_of_the_word():
    page = StandardPage(title="Om", lead="x" * 10 + " ord før Leverandør og efter " + "y" * 300)
    found = hit(page, "leverandør")
    assert found.match == "Leverandør"
    assert found.before.endswith("ord før ")
    assert found.after.endswith(" …")


# --- the statement and text pages


def test_was_leads_to_the_page_about_accessibility_until_there_is_a_statement(client: Client):
    assert client.get("/was").headers["Location"] == "/tilgaengelighed/"
    SiteSettings.objects.update(statement_url="https://was.digst.dk/partnerskab-fjordby-dk")
    assert client.get("/was").headers["Location"] == "https://was.digst.dk/partnerskab-fjordby-dk"


def test_was_is_not_found_when_there_is_nothing_to_lead_to(client: Client):
    SiteSettings.objects.update(accessibility_page=None)
    assert client.get("/was").status_code == 404


@pytest.mark.parametrize("address", ["/om-partnerskabet/", "/tilgaengelighed/", "/privatliv/"])
def test_text_pages_have_one_heading_and_the_footer_links(client: Client, address: str):
    html = client.get(address).content.decode()
    assert html.count("<h1>") == 1
    footer = html[html.index("<footer") :]
    assert 'href="/was"' in footer
    assert 'href="/privatliv/"' in footer


def test_pages_do_not_set_a_cookie(client: Client):
    publish_two()
    for address in ("/", "/sager/", "/sager/faktaark-2023/", "/soeg/?q=x", "/om-partnerskabet/"):
        assert client.get(address).cookies == {}


def test_page_without_settings_is_shown_and_nothing_is_written(client: Client):
    SiteSettings.objects.all().delete()
    assert client.get("/om-partnerskabet/").status_code == 200
    assert not SiteSettings.objects.exists()


def test_header_leads_staff_back_to_their_work_and_nobody_else(
    client: Client, officer_client: Client, supplier_client: Client
):
    shown = ['href="/admin/"' in each.get("/").content.decode() for each in (officer_client, supplier_client, client)]
    assert shown == [True, False, False]


# --- errors


def test_not_found_is_a_page_with_search(client: Client):
    response = client.get("/findes-ikke/")
    assert response.status_code == 404
    assert 'action="/soeg/"' in response.content.decode()


def test_error_page_needs_neither_request_nor_database():
    from django.template.loader import render_to_string

    html = render_to_string("500.html")
    assert html.count("<h1>") == 1
    assert "dkfds.min.css" in html


def test_old_form_gets_a_page_that_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/konto/login/", {"login": "a@b.example"})
    assert response.status_code == 403
    assert 'href="/"' in response.content.decode()


@override_settings(ROOT_URLCONF="tests.cms.forbidden_urls")
def test_forbidden_is_a_page(officer_client: Client):
    response = officer_client.get("/")
    assert response.status_code == 403
    assert response.content.decode().count("<h1>") == 1


# --- the back office


def test_menu_gathers_pages_images_and_files_for_those_who_may(site: HomePage):
    from tests.conftest import client_for

    chief = User.objects.create_superuser("chef@kommune.example")
    html = client_for(chief).get("/admin/").content.decode()
    assert html.count('"name": "website"') == 1
    assert html.index('"name": "website"') < html.index('"name": "explorer"')


def test_menu_has_no_website_for_those_who_may_not(officer_client: Client):
    assert '"name": "website"' not in officer_client.get("/admin/").content.decode()
