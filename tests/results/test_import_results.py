"""The import as a whole: what comes in, what is refused, and that nothing is half done."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from results.models import Delivery, Observation
from results.periods import year
from results.queries import results_table, single_figure
from results.services import ImportRefusedError, import_results, plan_import, withdraw_delivery
from results.services.importing.comparing import ChangeKind
from tests.factories import (
    DeliveryFactory,
    LotFactory,
    MeasureFactory,
    MeasureVersionFactory,
    ServiceFactory,
    SupplierFactory,
)
from tests.results.conftest import BASES, GROUPS, OUTCOMES, TOTAL_BASE, version_of
from tests.results.files import HEAD, cells, csv_file, csv_text, line, workbook

PROVENANCE = {"source": "DREAM og Fasit", "extracted_on": dt.date(2023, 8, 7), "by": None}


def fact_sheet_lines() -> list[str]:
    lines = []
    for measure, (outcomes, total) in OUTCOMES.items():
        for group, base, count in zip(GROUPS, BASES, outcomes, strict=True):
            lines.append(line(measure=measure, benefit_group=group, denominator=str(base), outcomes=str(count)))
        lines.append(
            line(
                measure=measure,
                benefit_group="*",
                denominator=str(TOTAL_BASE),
                outcomes=str(total),
                note="unikke borgere",
            )
        )
    return lines


def refusal(file, **provenance) -> list[tuple[int | None, str, str]]:
    """Import a file that must be refused and return where and what; nothing may have been written."""
    before = (Delivery.objects.count(), Observation.objects.count())
    with pytest.raises(ImportRefusedError) as error:
        import_results(file, **{**PROVENANCE, **provenance})
    assert (Delivery.objects.count(), Observation.objects.count()) == before
    assert all(e.problem.endswith((".", "?")) and e.remedy.endswith((".", "?")) for e in error.value.errors)
    return [(e.row, e.column, e.value) for e in error.value.errors]


def sentences(file, **provenance) -> list[str]:
    with pytest.raises(ImportRefusedError) as error:
        import_results(file, **{**PROVENANCE, **provenance})
    return [str(e) for e in error.value.errors]


def test_fact_sheet_comes_in_whole(vocabulary, officer):
    result = import_results(csv_file(*fact_sheet_lines()), **{**PROVENANCE, "by": officer, "note": "Første udtræk"})
    delivery = result.delivery
    assert (delivery.source, delivery.extracted_on, delivery.is_validated, delivery.note) == (
        "DREAM og Fasit",
        dt.date(2023, 8, 7),
        True,
        "Første udtræk",
    )
    assert (delivery.imported_by, delivery.history.get().history_user) == (officer, officer)
    assert len(delivery.sha256) == 64
    assert delivery.observations.count() == 15
    table = results_table(vocabulary.measures, period=year(2022), framework=vocabulary.framework, by="benefit_group")
    assert [[o.outcomes for o in row.observations] for row in (*table.rows, table.total)] == [
        [62, 5, 202],
        [8, 1, 293],
        [206, 9, 783],
        [24, 0, 13],
        [300, 15, 1291],
    ]


def test_a_path_is_read_too(vocabulary, tmp_path):
    path = tmp_path / "resultater.csv"
    path.write_text(csv_text(line()), encoding="utf-8")
    assert import_results(path, **PROVENANCE).delivery.file_name == "resultater.csv"


def test_star_is_all(vocabulary):
    import_results(csv_file(line(benefit_group="*", framework="*")), **PROVENANCE)
    assert Observation.objects.get().dimension_ids == (None,) * 5


def test_every_dimension_is_found(vocabulary):
    supplier, service = SupplierFactory(), ServiceFactory(code="mentor")
    import_results(csv_file(line(supplier_cvr=supplier.cvr, lot="1", service="mentor")), **PROVENANCE)
    found = Observation.objects.get()
    assert (found.framework, found.lot, found.supplier, found.benefit_group, found.service) == (
        vocabulary.framework,
        vocabulary.lot,
        supplier,
        vocabulary.groups[0],
        service,
    )


def test_a_lot_brings_its_framework(vocabulary):
    import_results(csv_file(line(lot="1", framework="*")), **PROVENANCE)
    assert Observation.objects.get().framework == vocabulary.framework


def test_a_workbook_comes_in(vocabulary):
    import_results(
        workbook([HEAD.split(";"), cells(), cells(benefit_group="sygemeldte", denominator=3393)]), **PROVENANCE
    )
    assert list(Observation.objects.values_list("denominator", "outcomes")) == [(1286, 62), (3393, 62)]


def test_optional_counts_and_means(vocabulary):
    mean = MeasureFactory(code="satisfaction_all", kind="mean")
    version_of(mean)
    head = f"{HEAD};pending;censored;not_found;mean;standard_deviation"
    file = csv_file(
        line() + ";10;2;1;;",
        line(measure="satisfaction_all", unit="responses", denominator="", outcomes="") + ";;;;4,1;1,09",
        head=head,
    )
    import_results(file, **PROVENANCE)
    counted, meant = Observation.objects.all()
    assert (counted.pending, counted.censored, counted.not_found, counted.mean) == (10, 2, 1, None)
    assert (meant.denominator, meant.outcomes, float(meant.mean)) == (None, None, 4.1)
    assert (counted.standard_deviation, float(meant.standard_deviation)) == (None, 1.09)


# --- versions


def test_without_version_the_single_valid_one(vocabulary):
    import_results(csv_file(line(version="")), **PROVENANCE)
    assert Observation.objects.get().measure_version == vocabulary.versions["job_2m"]


def test_without_a_version_column_too(vocabulary):
    head = HEAD.replace("version;", "")
    import_results(csv_file(line(columns=head), head=head), **PROVENANCE)
    assert Observation.objects.get().measure_version == vocabulary.versions["job_2m"]


def test_without_version_and_two_valid_is_an_error(vocabulary):
    MeasureVersionFactory(measure=vocabulary.measures[0], code="2")
    (sentence,) = sentences(csv_file(line(version="")))
    assert "faktaark-2023" in sentence
    assert "2" in sentence


def test_without_version_valid_for_the_whole_period_is_an_error(vocabulary):
    assert refusal(csv_file(line(version="", period="2021-07-01/2022-06-30"))) == [(2, "version", "")]


def test_period_outside_the_named_version_is_an_error(vocabulary):
    assert refusal(csv_file(line(period="2023"))) == [(2, "period", "2023")]


# --- everything that is wrong, at once


def test_all_errors_at_once_in_the_order_of_the_file(vocabulary):
    supplier = SupplierFactory()
    file = csv_file(
        line(),
        line(measure="job_3m", benefit_group="sygmeldte"),
        line(unit="people", period="2022-Q7"),
        line(benefit_group="sygemeldte", denominator="10", outcomes="11"),
        line(supplier_cvr="12345678"),
        line(lot="9", service="mentr"),
        line(denominator="-5"),
        line(),
        line(benefit_group=""),
        line(framework="udsatte-sygemeldt", supplier_cvr=supplier.cvr),
        line(supplier_cvr="12345678", period="2022-13", denominator="x", outcomes="24 %", note="010190-1234"),
    )
    assert refusal(file) == [
        (3, "measure", "job_3m"),
        (3, "benefit_group", "sygmeldte"),
        (4, "unit", "people"),
        (4, "period", "2022-Q7"),
        (5, "outcomes", "11"),
        (6, "supplier_cvr", "12345678"),
        (7, "lot", "9"),
        (7, "service", "mentr"),
        (8, "denominator", "-5"),
        (9, "period", "2022"),
        (10, "benefit_group", ""),
        (11, "framework", "udsatte-sygemeldt"),
        (12, "period", "2022-13"),
        (12, "supplier_cvr", "12345678"),
        (12, "denominator", "x"),
        (12, "outcomes", "24 %"),
        (12, "note", ""),
    ]


def test_unknown_code_names_the_near_ones(vocabulary):
    (sentence,) = sentences(csv_file(line(benefit_group="sygmeldte")))
    assert "sygemeldte" in sentence
    assert "ledighedsydelse" not in sentence


def test_a_repeated_figure_names_the_first_row(vocabulary):
    (sentence,) = sentences(csv_file(line(), line(period="2022-01-01/2022-12-31", outcomes="63")))
    assert "2" in sentence.partition(":")[2]
    assert refusal(csv_file(line(), line(outcomes="63"))) == [(3, "period", "2022")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2022-Q2", "2022-05-01/2022-07-31"),
        ("2022-05-01/2022-07-31", "2022-Q2"),
        ("2022-01-01/2022-06-30", "2022-06-30/2022-12-31"),
    ],
)
def test_periods_of_a_figure_that_cross_name_both_rows(vocabulary, first, second):
    file = csv_file(line(period=first), line(benefit_group="sygemeldte"), line(period=second))
    (sentence,) = sentences(file)
    assert "2" in sentence.partition(":")[2]
    assert refusal(file) == [(4, "period", second)]


def test_a_crossing_is_found_among_periods_within_each_other(vocabulary):
    periods = ["2022", "2022-Q1", "2022-Q2", "2022-Q3", "2022-03-01/2022-03-31", "2022-03-31/2022-04-01"]
    file = csv_file(*[line(period=period) for period in periods])
    assert refusal(file) == [(7, "period", "2022-03-31/2022-04-01")]


@pytest.mark.parametrize(
    "periods",
    [
        ("2022-Q1", "2022", "2022-Q4"),
        ("2022-Q1", "2022-Q2"),
        ("2022", "2022-02-01/2022-11-30", "2022-03-01/2022-03-31"),
        ("2022-01-01/2022-03-31", "2022-01-01/2022-06-30", "2022-04-01/2022-06-30"),
    ],
)
def test_a_period_may_lie_within_another(vocabulary, periods):
    result = import_results(csv_file(*[line(period=period) for period in periods]), **PROVENANCE)
    assert result.delivery.observations.count() == len(periods)


@pytest.mark.parametrize("other", [{"benefit_group": "sygemeldte"}, {"unit": "courses"}, {"measure": "education_2m"}])
def test_periods_of_different_figures_may_cross(vocabulary, other):
    file = csv_file(line(period="2022-Q2"), line(**{"period": "2022-05-01/2022-07-31", **other}))
    assert import_results(file, **PROVENANCE).delivery.observations.count() == 2


def test_lot_of_another_framework(vocabulary):
    LotFactory(code="7")
    assert refusal(csv_file(line(lot="7"))) == [(2, "lot", "7")]


@pytest.mark.parametrize(
    ("kind", "changed", "column"),
    [
        ("share", {"outcomes": ""}, "outcomes"),
        ("share", {"denominator": ""}, "denominator"),
        ("share", {"mean": "4"}, "mean"),
        ("count", {"denominator": "", "outcomes": ""}, "denominator"),
        ("count", {"outcomes": "5"}, "outcomes"),
        ("mean", {"denominator": "", "outcomes": ""}, "mean"),
        ("mean", {"mean": "4", "outcomes": "5"}, "outcomes"),
        ("count", {"outcomes": "", "standard_deviation": "1"}, "standard_deviation"),
    ],
)
def test_each_kind_of_measure_has_its_numbers(vocabulary, kind, changed, column):
    version_of(MeasureFactory(code="maalt", kind=kind))
    head = f"{HEAD};mean;standard_deviation"
    file = csv_file(line(columns=head, **{"measure": "maalt", **changed}), head=head)
    assert [place for _row, place, _value in refusal(file)] == [column]


def test_base_zero_with_no_outcomes_is_a_figure(vocabulary):
    import_results(csv_file(line(denominator="0", outcomes="0")), **PROVENANCE)
    assert Observation.objects.get().denominator == 0


@pytest.mark.parametrize(
    "provenance",
    [
        {"source": "  "},
        {"extracted_on": dt.date(2999, 1, 1)},
        {"source": "udtræk 010190-1234"},
        {"note": "om 0101901234"},
    ],
)
def test_provenance_is_required_and_impersonal(vocabulary, provenance):
    assert refusal(csv_file(line()), **provenance) == [(None, "", "")]


# --- the same again


def test_the_same_file_twice_is_refused_with_the_first(vocabulary):
    first = import_results(csv_file(line()), **PROVENANCE).delivery
    (sentence,) = sentences(csv_file(line()))
    assert f"{first.pk}" in sentence
    assert refusal(csv_file(line(), name="andet-navn.csv")) == [(None, "", "andet-navn.csv")]


def test_the_same_file_after_withdrawal(vocabulary, officer):
    first = import_results(csv_file(line()), **PROVENANCE).delivery
    withdraw_delivery(first, reason="Forkert dato", by=officer)
    assert import_results(csv_file(line()), **PROVENANCE).delivery != first


@pytest.mark.parametrize("source", ["DREAM og Fasit", "Fasit"])
@pytest.mark.parametrize("outcomes", ["62", "63"])
def test_a_figure_in_use_is_refused_with_its_row_whatever_its_source(vocabulary, source, outcomes):
    first = import_results(csv_file(line()), **PROVENANCE).delivery
    file = csv_file(line(benefit_group="sygemeldte"), line(outcomes=outcomes))
    (sentence,) = sentences(file, source=source)
    assert all(word in sentence for word in (f"{first.pk}", str(first), "--supersedes"))
    assert refusal(file, source=source) == [(3, "period", "2022")]


def test_figures_in_use_are_told_with_all_else_that_is_wrong(vocabulary):
    import_results(csv_file(line()), **PROVENANCE)
    file = csv_file(line(measure="ukendt"), line(), line(benefit_group="sygemeldte", outcomes="9999"))
    assert refusal(file) == [(2, "measure", "ukendt"), (3, "period", "2022"), (4, "outcomes", "9999")]


def test_a_figure_of_another_source_comes_in_once_the_first_is_withdrawn(vocabulary, officer):
    withdraw_delivery(import_results(csv_file(line()), **PROVENANCE).delivery, reason="Forkert", by=officer)
    import_results(csv_file(line(outcomes="63")), **{**PROVENANCE, "source": "Fasit"})
    assert list(Observation.objects.live().values_list("outcomes", flat=True)) == [63]


def test_a_delivery_of_another_source_can_be_superseded(vocabulary):
    first = import_results(csv_file(line()), **PROVENANCE).delivery
    result = import_results(csv_file(line(outcomes="63")), **{**PROVENANCE, "source": "Fasit"}, supersedes=first)
    assert result.plan.counts[ChangeKind.REPLACED] == 1


def test_validated_and_unvalidated_figures_live_side_by_side(vocabulary):
    import_results(csv_file(line()), **PROVENANCE)
    import_results(csv_file(line(outcomes="63")), **PROVENANCE, is_validated=False)
    assert list(Observation.objects.live().values_list("outcomes", flat=True)) == [62]


def test_superseding_replaces(vocabulary):
    first = import_results(csv_file(line(), line(benefit_group="sygemeldte")), **PROVENANCE).delivery
    result = import_results(csv_file(line(outcomes="63")), **PROVENANCE, supersedes=first)
    assert list(Delivery.objects.live()) == [result.delivery]
    assert result.delivery.supersedes == first
    figure = single_figure(
        vocabulary.measures[0], period=year(2022), framework=vocabulary.framework, benefit_group=vocabulary.groups[0]
    )
    assert figure.outcomes == 63


@pytest.mark.parametrize("state", ["unknown", "withdrawn", "superseded"])
def test_superseding_what_is_out_of_use_is_refused(vocabulary, officer, state):
    old = DeliveryFactory()
    if state == "withdrawn":
        withdraw_delivery(old, reason="Forkert", by=officer)
    if state == "superseded":
        DeliveryFactory(supersedes=old)
    assert refusal(csv_file(line()), supersedes=987 if state == "unknown" else old.pk) == [(None, "", "")]


def test_plan_says_what_will_change(vocabulary):
    first = import_results(
        csv_file(line(), line(benefit_group="sygemeldte"), line(benefit_group="ledighedsydelse")), **PROVENANCE
    ).delivery
    file = csv_file(line(outcomes="70"), line(benefit_group="sygemeldte"), line(benefit_group="ressourceforloeb"))
    plan = plan_import(file, source="DREAM og Fasit", extracted_on=dt.date(2023, 9, 1), supersedes=first)
    assert [
        (
            change.kind,
            change.before and change.before.outcomes,
            change.after and change.after.outcomes,
            change.figure.benefit_group.code,
        )
        for change in plan.changes
    ] == [
        (ChangeKind.REPLACED, 62, 70, "aktivitetsparate"),
        (ChangeKind.UNCHANGED, 62, 62, "sygemeldte"),
        (ChangeKind.NEW, None, 62, "ressourceforloeb"),
        (ChangeKind.REMOVED, 62, None, "ledighedsydelse"),
    ]
    assert Delivery.objects.count() == 1


def test_dry_run_writes_nothing(vocabulary):
    result = import_results(csv_file(line()), **PROVENANCE, dry_run=True)
    assert (result.delivery, result.plan.counts[ChangeKind.NEW], Delivery.objects.count()) == (None, 1, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_grow_with_rows(vocabulary, django_assert_num_queries, rows):
    lines = [line(benefit_group=group) for group in GROUPS[:rows]]
    with django_assert_num_queries(10):
        plan_import(csv_file(*lines), source="DREAM", extracted_on=dt.date(2023, 8, 7))


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory cannot be written from two threads")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_imports_of_the_same_figures_at_once(vocabulary):
    """Two files with the same figure, from two threads that start together: one comes in, the other is told."""
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def run(number: int) -> None:
        start.wait(timeout=10)
        try:
            import_results(csv_file(line(outcomes=str(number))), **PROVENANCE)
            outcomes.append("imported")
        except ImportRefusedError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["imported", "refused"]
    assert Observation.objects.count() == 1


# --- files that are not what they should be


def test_too_large_is_refused_before_it_is_read(vocabulary, tmp_path, settings):
    path = tmp_path / "stor.csv"
    with path.open("wb") as stream:
        stream.truncate(1024**3)  # sparse: a gigabyte that takes up no room
    assert refusal(path) == [(None, "", "")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tom.csv", b""),
        ("tom.csv", b"  \n\n"),
        ("tom.csv", b"\xef\xbb\xbf"),
        ("kun-hoved.csv", HEAD.encode()),
        ("resultater.pdf", csv_text(line()).encode()),
        ("resultater", csv_text(line()).encode()),
        ("resultater.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("resultater.xlsx", csv_text(line()).encode()),
        ("resultater.csv", workbook([HEAD.split(";"), cells()]).read()),
        ("resultater.csv", b"%PDF-1.7\n"),
        ("resultater.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
        ("resultater.xlsx", b"PK\x03\x04" + b"x" * 500),
        ("resultater.csv", csv_text(line()).encode("utf-16")),
        ("resultater.csv", csv_text('"åben;' + line()).encode()),
        ("resultater.csv", b"\x81\x8d\x8f"),
    ],
)
def test_not_a_table_of_results(vocabulary, name, content):
    (where,) = refusal(SimpleUploadedFile(name, content))
    assert where[:2] == (None, "")


def test_a_path_that_is_not_there(vocabulary, tmp_path):
    assert refusal(tmp_path / "findes-ikke.csv") == [(None, "", "findes-ikke.csv")]
    folder = tmp_path / "mappe.csv"
    folder.mkdir()
    assert refusal(Path(folder)) == [(None, "", "mappe.csv")]
