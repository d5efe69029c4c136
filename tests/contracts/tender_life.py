"""A tender's life in a real browser, step by step: used by the tests here and by those that go on from its contracts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Locator, Page

from contracts.enums import Phase
from contracts.models import Tender
from suppliers.models import Supplier

CODE = "indsatser"
# How many days ago each phase began: the standstill is over.
BEGUN = {
    Phase.PREPARATION: 90,
    Phase.MARKET_DIALOGUE: 80,
    Phase.COMMITTEE_APPROVAL: 70,
    Phase.PUBLICATION: 60,
    Phase.QUESTIONS: 59,
    Phase.BIDS: 59,
    Phase.EVALUATION: 30,
    Phase.STANDSTILL: 20,
}


@dataclass
class TenderLife:
    """An officer who has signed in brings a tender from its first plan to its contracts."""

    page: Page
    root: str
    today: dt.date

    def live(self, *suppliers: Supplier) -> Tender:
        """Bring a tender with one lot to contracts: the first supplier wins. Returns it."""
        self.begin()
        self.add_lot("unge", "Udsatte unge")
        self.write_criteria()
        self.pass_phases(Phase.BIDS)
        for place, supplier in enumerate(suppliers):
            self.register_bid(supplier, price=f"{900 + place}.000")
        self.pass_phases(Phase.EVALUATION)
        self.give_points([["9", "8", "7"], *[["6", "5,5", "8"]] * (len(suppliers) - 1)])
        self.choose_proposed()
        self.tell_bidders()
        self.make_contracts()
        return self.tender

    # --- preparation

    def begin(self) -> None:
        self.open("tender:add")
        self.fill("name", "Indsatser for unge")
        self.fill("code", CODE)
        self.fill("contracts_start_on", self.day(30))
        self.fill("contracts_end_on", self.day(30 + 2 * 365))
        for name, value in (("option_count", "2"), ("option_months", "12"), ("notice_months", "6")):
            self.fill(name, value)
        self.fill("f2_case_number", "2026 - 4410")
        self.save()

    def add_lot(self, code: str, name: str) -> None:
        self.open_tender("bids")
        self.page.get_by_role("link", name="Tilføj et område").click()
        self.fill("code", code)
        self.fill("name", name)
        self.save()

    def write_criteria(self) -> None:
        """Write quality of two sub-criteria, and price; the sum follows the typing."""
        self.open_tender("criteria")
        self.add_criterion("Tilføj kriterium", "Kvalitet", "60")
        self.add_criterion("Tilføj underkriterium", "Medarbejdere", "70")
        self.add_criterion("Tilføj underkriterium", "Metode", "30")
        self.add_criterion("Tilføj kriterium", "Pris", "30")
        top = self.page.locator('[data-sum=""]')
        assert "90 %" in top.inner_text()
        self.page.get_by_label("Vægt for 2 i procent").fill("40")
        assert "100 %" in top.inner_text()
        assert "✓" in top.inner_text()
        self.page.get_by_role("button", name="Gem kriterierne").last.click()
        self.page.get_by_text("Kriterierne er gemt.").wait_for()

    def add_criterion(self, button: str, name: str, weight: str) -> None:
        self.page.get_by_role("button", name=button).first.click()
        row = self.page.locator("[data-row]").filter(has=self.page.locator("input[type=text][id$=name]:focus"))
        row.locator("[id$=name]").fill(name)
        row.locator("[inputmode=decimal]").fill(weight)

    # --- phases

    def pass_phases(self, until: Phase) -> None:
        """Begin one phase after the other, by the one button of the tender's page, each on its day."""
        while (kind := self.next_kind()) is not None and tuple(Phase).index(kind) <= tuple(Phase).index(until):
            self.open_tender()
            self.take_step(self.page.locator(".tender-next form"), BEGUN[kind])
            self.page.get_by_text(f"“{kind.label}” er begyndt").wait_for()

    def next_kind(self) -> Phase | None:
        waiting = [phase for phase in self.tender.phases_in_order() if phase.started_on is None]
        return Phase(waiting[0].kind) if waiting else None

    def take_step(self, form: Locator, days_ago: int) -> None:
        form.locator("input[type=date]").fill((self.today - dt.timedelta(days=days_ago)).isoformat())
        form.get_by_role("button").click()

    # --- bids

    def register_bid(self, supplier: Supplier, *, price: str) -> None:
        self.open_tender("bids")
        self.page.get_by_role("link", name="Registrér et tilbud").click()
        self.page.locator("#id_supplier").select_option(str(supplier.pk))
        self.fill("price_dkk", price)
        self.save()

    def give_points(self, columns: list[list[str]]) -> None:
        """Type points down each bid's column with Enter, and see the total follow."""
        self.open_tender("bids")
        self.page.get_by_role("link", name="Giv point").click()
        for column, points in enumerate(columns):
            inputs = self.page.locator(f'[data-column="{column}"] [inputmode=decimal]')
            inputs.first.focus()
            for value in points:
                self.page.keyboard.type(value)
                self.page.keyboard.press("Enter")
            assert self.page.locator(f'[data-total-of="{column}"]').inner_text() != "–"
        self.page.get_by_role("button", name="Gem pointene").click()
        self.page.get_by_text("er gemt.").wait_for()

    # --- award

    def choose_proposed(self) -> None:
        self.open_tender("award")
        self.page.get_by_role("button", name="Gem valget").click()
        self.page.get_by_text("Vinderne er valgt.").wait_for()

    def tell_bidders(self) -> None:
        self.take_step(self.page.locator(".tender-stage form.tender-step"), BEGUN[Phase.STANDSTILL])
        self.page.get_by_text("“Standstill” er begyndt").wait_for()

    def make_contracts(self) -> None:
        self.open_tender("award")
        self.page.get_by_role("button", name="Opret kontrakterne").click()
        self.page.get_by_text("oprettet.").wait_for()

    # --- hands

    @property
    def tender(self) -> Tender:
        return Tender.objects.get(code=CODE)

    def open(self, name: str, *keys: int) -> None:
        self.page.goto(f"{self.root}{reverse(name, args=keys)}")

    def open_tender(self, tab: str = "") -> None:
        self.open(f"tenders:{tab}" if tab else "tender:inspect", self.tender.pk)

    def fill(self, name: str, value: str) -> None:
        self.page.locator(f"#id_{name}").fill(value)

    def save(self) -> None:
        # By the keyboard, since a busy machine opens a date's calendar late, and then it lies over the button.
        self.page.get_by_role("button", name="Opret", exact=True).press("Enter")
        self.page.locator(".messages .success").wait_for()

    def day(self, days: int) -> str:
        return (self.today + dt.timedelta(days=days)).isoformat()
