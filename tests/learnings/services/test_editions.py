"""What was found is decided on, and only then is a report published; what is kept out is nowhere in an edition."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from jobs.models import Job
from learnings.editions import answers_in, said
from learnings.enums import FindingDecision, FindingKind, WithholdingDecision, WithholdingKind
from learnings.models import Answer, ReportEdition, ReportVersion, Resolution
from learnings.personal import looks_like_cpr
from learnings.queries import prepared_report, prepared_reports, publishing_log
from learnings.queries.publication import public_answer
from learnings.services import (
    decide_withholding,
    publish_report,
    publish_round,
    reconsider,
    redact_found,
    redact_words,
    resolve,
    take_back_review,
    undo_withdrawal,
    withdraw_report,
    withdraw_round,
    withhold,
)
from learnings.services.findings import NOTHING_YET, seen
from tests.factories import ContactFactory, QuestionFactory
from tests.learnings.publishing import (
    CPR,
    EMAIL,
    HARMLESS,
    NAME,
    PERSONAL,
    PHONE,
    answer_of,
    asked_round,
    decide,
    found,
    prepared,
    published,
    report_of,
)
from tests.learnings.world import hand_in, supplier_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ReportVersion:
    return report_of(asked_round())


def words_of(edition: ReportEdition) -> str:
    (answer,) = [answer for _section, answer in answers_in(edition.content)]
    return said(answer)


# --- what was found


def test_everything_found_waits_for_a_decision_and_is_hidden_until_then(version: ReportVersion) -> None:
    ready = prepared(version)
    assert [each.kind.value for each in ready.open_findings] == ["name", "phone", "email", "cpr"]
    assert not ready.is_ready
    with pytest.raises(ValidationError, match="venter på en afgørelse"):
        publish_report(version.report, digest=ready.digest, by=None)
    text = json.dumps(ready.content, ensure_ascii=False)
    assert not [words for words in (CPR, PHONE, EMAIL, NAME) if words in text]


def test_decided_one_by_one_the_report_is_published(version: ReportVersion, officer: User) -> None:
    decide(version, "name", FindingDecision.STANDS)
    for kind in ("phone", "email", "cpr"):
        decide(version, kind, FindingDecision.REDACTED, reason="")
    edition = publish_report(version.report, digest=prepared(version).digest, by=officer)
    assert words_of(edition) == (
        f"Ring til {NAME} på [udeladt], skriv til [udeladt]. Borgeren [udeladt] fik job. Den faste kontakt virker."
    )
    assert answer_of(version).text == PERSONAL
    assert (edition.slug, edition.published_by) == ("havgaard-jobudvikling", officer)
    assert Job.objects.filter(kind="learnings.edition_pdf", subject_id=str(edition.pk)).exists()


def test_a_whole_answer_is_kept_out_and_says_on_what_ground(version: ReportVersion) -> None:
    decide(version, "email", FindingDecision.WITHHELD)
    assert not prepared(version).open_findings
    (answer,) = [answer for _section, answer in answers_in(published(version).content)]
    assert (answer["state"], answer["grounds"], answer["pieces"]) == ("udeladt", ["personoplysninger"], [None])


def test_what_stands_needs_a_reason_and_a_cpr_number_never_stands(version: ReportVersion) -> None:
    with pytest.raises(ValidationError, match="Skriv, hvorfor det må stå"):
        decide(version, "name", FindingDecision.STANDS, reason=" ")
    with pytest.raises(ValidationError, match="bliver aldrig offentliggjort") as refused:
        decide(version, "cpr", FindingDecision.STANDS)
    assert CPR not in str(refused.value)


def test_two_people_do_not_decide_over_each_other(version: ReportVersion) -> None:
    finding = found(version, "name")
    decide(version, "name", FindingDecision.STANDS)
    for stale in (NOTHING_YET, "1 i går"):
        with pytest.raises(ValidationError, match="imens: Må stå"):
            resolve(answer_of(version), finding.span, decision=FindingDecision.REDACTED, looked_at=stale, by=None)
    decide(version, "name", FindingDecision.REDACTED)
    assert Resolution.objects.get().history.count() == 2


def test_decisions_hold_no_words_in_any_row(version: ReportVersion) -> None:
    redact_found(version.report, by=None)
    rows = [*Resolution.objects.values_list(), *Resolution.history.values_list()]
    assert not [row for row in rows if "0101" in str(row) or "Lone" in str(row)]
    with pytest.raises(ValidationError, match="Intet venter"):
        redact_found(version.report, by=None)


def test_a_new_contact_is_found_and_blocks_again(version: ReportVersion) -> None:
    edition = published(version)
    ContactFactory(supplier=version.report.supplier, name="Faste Kontaktsen")
    ready = prepared(version)
    assert ready.is_stale
    assert [each.kind for each in ready.open_findings] == [FindingKind.NAME]
    with pytest.raises(ValidationError):
        publish_report(version.report, digest=ready.digest, by=None)
    redact_found(version.report, by=None)
    now = ReportEdition.objects.public().get()
    assert (now.pk != edition.pk, "faste" in now.text, now.slug) == (True, False, edition.slug)


def test_words_that_nothing_finds_are_kept_out_by_hand(version: ReportVersion) -> None:
    redact_words(answer_of(version), "faste kontakt", reason="En borger.", by=None)
    assert "faste kontakt" not in words_of(published(version))
    with pytest.raises(ValidationError, match="står ikke i svaret"):
        redact_words(answer_of(version), "findes ikke", by=None)


def test_a_decision_is_taken_back_and_waits_again(version: ReportVersion) -> None:
    decide(version, "name", FindingDecision.STANDS)
    edition = published(version)
    assert NAME in edition.text
    resolution = Resolution.objects.get(kind="name")
    reconsider(resolution, by=None)
    assert NAME not in ReportEdition.objects.public().get().text
    with pytest.raises(ValidationError, match="allerede taget tilbage"):
        reconsider(resolution, by=None)


def test_only_accepted_reports_are_decided_on_and_published() -> None:
    this_round = asked_round()
    handed_in = hand_in(this_round, supplier_on(), kontakt=PERSONAL)
    assert prepared_report(handed_in.report) is None
    with pytest.raises(ValidationError, match="ikke godkendt"):
        publish_report(handed_in.report, digest="", by=None)
    with pytest.raises(ValidationError, match="ikke godkendt"):
        resolve(answer_of(handed_in), (0, 4), decision=FindingDecision.REDACTED, looked_at=NOTHING_YET, by=None)


# --- what the supplier agreed to


def test_what_the_supplier_marked_is_not_in_the_edition_and_needs_no_second_decision(version: ReportVersion) -> None:
    question = answer_of(version).question_id
    withhold(version.report, question, passage=PHONE, kind=WithholdingKind.SECRET, reason="Vores", by=None)
    assert "phone" not in {each.kind.value for each in prepared(version).open_findings}
    (answer,) = [answer for _section, answer in answers_in(published(version).content)]
    assert answer["grounds"] == ["forretningshemmelighed", "personoplysninger"]


def test_a_mark_made_after_publication_takes_the_words_away_at_once() -> None:
    version = report_of(asked_round(), text=HARMLESS)
    first = published(version)
    row = withhold(
        version.report,
        answer_of(version).question_id,
        passage="fast kontaktperson",
        kind=WithholdingKind.SECRET,
        reason="Vores metode",
        by=None,
    )
    assert "fast kontaktperson" not in ReportEdition.objects.public().get().text
    first.refresh_from_db()
    assert first.withdrawal_reason == "Erstattet af en nyere udgave."
    decide_withholding(row, decision=WithholdingDecision.PUBLISHED, reason="Kendt", by=None)
    assert "fast kontaktperson" not in ReportEdition.objects.public().get().text
    assert prepared(version).is_stale
    published(version)
    assert "fast kontaktperson" in ReportEdition.objects.public().get().text
    decide_withholding(row, decision=WithholdingDecision.WITHHELD, reason="Alligevel", by=None)
    assert "fast kontaktperson" not in ReportEdition.objects.public().get().text


# --- publish and withdraw


def test_publishing_twice_changes_nothing_and_what_changed_since_is_refused(version: ReportVersion) -> None:
    redact_found(version.report, by=None)
    looked_at = prepared(version).digest
    first = publish_report(version.report, digest=looked_at, by=None)
    assert publish_report(version.report, digest=looked_at, by=None) == first
    withdraw_report(version.report, reason="Fejl", by=None)
    redact_words(answer_of(version), "virker", by=None)
    with pytest.raises(ValidationError, match="ændret, siden du så"):
        publish_report(version.report, digest=looked_at, by=None)


def test_withdrawing_needs_a_reason_and_is_undone(version: ReportVersion, officer: User) -> None:
    edition = published(version)
    with pytest.raises(ValidationError):
        withdraw_report(version.report, reason="  ", by=officer)
    withdraw_report(version.report, reason="Leverandøren klager", by=officer)
    assert not ReportEdition.objects.public().exists()
    with pytest.raises(ValidationError, match="ikke offentlig"):
        withdraw_report(version.report, reason="Igen", by=officer)
    assert undo_withdrawal(version.report, by=officer) == edition
    with pytest.raises(ValidationError, match="ingen tilbagetrækning"):
        undo_withdrawal(version.report, by=officer)
    steps = [(line.what, line.reason) for line in publishing_log(version.report)][:3]
    assert steps == [
        ("Offentliggjort igen", "Tilbagetrækningen er fortrudt"),
        ("Taget af hjemmesiden", "Leverandøren klager"),
        ("Offentliggjort", ""),
    ]


def test_a_withdrawal_is_not_undone_over_new_findings(version: ReportVersion) -> None:
    published(version)
    withdraw_report(version.report, reason="Fejl", by=None)
    ContactFactory(supplier=version.report.supplier, name="Faste Kontaktsen")
    with pytest.raises(ValidationError, match="offentliggør den på ny"):
        undo_withdrawal(version.report, by=None)


def test_a_round_is_published_and_withdrawn_together() -> None:
    this_round = asked_round()
    ready = [report_of(this_round, name=name, text=HARMLESS) for name in ("Nord", "Nord ")]
    report_of(this_round, name="Ikke klar")
    digests = {row.report.pk: row.digest for row in prepared_reports(this_round)}
    made = publish_round(this_round, digests=digests, by=None)
    assert {edition.report for edition in made} == {version.report for version in ready}
    assert len({edition.slug for edition in made}) == 2
    with pytest.raises(ValidationError, match="ikke allerede er offentlig"):
        publish_round(this_round, digests=digests, by=None)
    assert len(withdraw_round(this_round, reason="Fejl", by=None)) == 2
    with pytest.raises(ValidationError, match="Ingen af rundens"):
        withdraw_round(this_round, reason="Fejl", by=None)


def test_acceptance_is_not_taken_back_while_the_report_is_public(version: ReportVersion) -> None:
    published(version)
    with pytest.raises(ValidationError, match="Tag den af hjemmesiden først"):
        take_back_review(version.report, by=None)
    withdraw_report(version.report, reason="Fejl", by=None)
    take_back_review(version.report, by=None)


def test_a_cpr_number_in_a_question_stops_the_publication() -> None:
    this_round = asked_round()
    QuestionFactory(round=this_round, key="to", wording=f"Hvad med {CPR}?", is_required=False)
    supplier = supplier_on()
    from tests.learnings.world import accepted

    version = accepted(this_round, supplier, kontakt=HARMLESS, to="Intet.")
    with pytest.raises(ValidationError, match="CPR-nummer") as refused:
        published(version)
    assert "0101" not in str(refused.value)


# --- whatever is written


SPELLED = st.builds(
    lambda day, gap, serial: f"{day}{gap}{serial:04}",
    st.sampled_from(["010190", "311299", "290200", "01 01 90", "01.01.90", "610190", "01011990"]),
    st.sampled_from(["", " ", "-", " - ", "\u2013", "\u00ad", "\u00a0"]),
    st.integers(0, 9999),
)
TEXTS = st.lists(st.one_of(SPELLED, st.text(max_size=12)), max_size=8).map("".join)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_nothing_published_looks_like_a_cpr_number(text: str) -> None:
    from learnings.personal import find_personal

    answer = Answer(pk=1, text=text)
    row = public_answer(answer, [], [], find_personal(text))
    shown = "".join("[udeladt]" if piece.is_withheld else piece.text for piece in row.pieces)
    assert not looks_like_cpr(shown)


# --- queries


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_a_round(count: int, django_assert_num_queries) -> None:
    this_round = asked_round()
    for number in range(count):
        published(report_of(this_round, name=f"Leverandør {number}"))
    with django_assert_num_queries(7):
        assert all(row.digest for row in prepared_reports(this_round))


def test_seen_names_the_decision(version: ReportVersion) -> None:
    decide(version, "name", FindingDecision.STANDS)
    assert seen(Resolution.objects.get()).startswith(str(Resolution.objects.get().pk))
