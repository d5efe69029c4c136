"""Papers to publish in tests: a fact sheet with everything a page can show, and plain ones of any size."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db.models import Model

from documents.enums import Audience, Format
from documents.models import Snapshot
from documents.services.snapshots import freeze
from documents.tree import (
    Annex,
    Cell,
    Chart,
    ChartRow,
    Column,
    Document,
    Fact,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Reference,
    Row,
    Strong,
    Table,
    Text,
    Value,
)
from tests.factories import RenditionFactory

SECRET_COUNT = "3.147"


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def cell(text: str) -> Cell:
    return Cell(words(text))


def results_table(anchor: str = "tabel-resultater") -> Table:
    hidden = Cell((Value(SECRET_COUNT, evidence=("o-2",), is_hidden=True),))
    return Table(
        anchor=anchor,
        caption=words("Borgere i job eller uddannelse to måneder efter forløbet, 2022"),
        columns=(
            Column(words("Ydelsesgruppe")),
            Column(words("Borgere"), unit="antal", is_numeric=True),
            Column(words("I job"), unit="antal (andel)", is_numeric=True),
            Column(words("I uddannelse"), unit="antal (andel)", is_numeric=True),
        ),
        rows=(
            Row(
                (cell("Aktivitetsparate kontanthjælpsmodtagere"), cell("1.286"), cell("62 (4,8 %)"), cell("31 (2,4 %)"))
            ),
            Row((cell("Borgere i ressourceforløb"), cell("412"), cell("18 (4,4 %)"), hidden)),
            Row((cell("I alt"), cell("1.698"), cell("80 (4,7 %)"), hidden), kind="total"),
        ),
        source=words("Fasit og DREAM, udtræk den 2. maj 2023"),
        notes=(words("En borger tælles i én ydelsesgruppe."),),
    )


def results_chart() -> Chart:
    rows = (
        ChartRow("Aktivitetsparate", 4.8, 3.7, 6.1, "4,8 %"),
        ChartRow("Ressourceforløb", 4.4, 2.6, 6.8, "4,4 %"),
    )
    table = Table(
        anchor="figur-tal",
        caption=words("Andel i job med 95 % usikkerhed"),
        columns=(Column(words("Ydelsesgruppe")), Column(words("Andel"), unit="%", is_numeric=True)),
        rows=tuple(Row((cell(row.label), cell(row.text))) for row in rows),
    )
    return Chart(
        anchor="figur-andel",
        headline=words("Omtrent hver tyvende kom i job i begge grupper"),
        description=words("Andel i job to måneder efter forløbet, med 95 % usikkerhedsinterval."),
        alt="Punktdiagram: 4,8 % af de aktivitetsparate og 4,4 % i ressourceforløb kom i job.",
        kind="share",
        unit="%",
        rows=rows,
        table=table,
        source=words("Fasit og DREAM, udtræk den 2. maj 2023"),
    )


def fact_sheet(*, title: str = "Faktaark om rammeaftalerne 2023", lead: str = "") -> Document:
    footnote = Footnote(words("Sygedagpenge og jobafklaringsforløb er lagt sammen."))
    return Document(
        title=title,
        short_title="Faktaark 2023",
        author="Center for Indkøb og Partnerskaber",
        subject="Resultater og tilfredshed for rammeaftalerne.",
        dated_on=dt.date(2023, 8, 7),
        lead=words(
            lead or "Faktaarket viser, hvor mange borgere der kom i job eller uddannelse, og hvor tilfredse de var."
        ),
        facts=(
            Fact("Dato", "7. august 2023"),
            Fact("Udvalg", "Arbejdsmarkedsudvalget"),
            Fact("Sagsnummer i F2", "2023 - 7083"),
            Fact("Dokumentnummer i F2", "1284410"),
            Fact("Sagsbehandler", "Ellen Kvistbjerg"),
            Fact("Center", "Center for Indkøb og Partnerskaber\nHavnepladsen 4"),
        ),
        case_numbers="F2 2023 - 7083",
        children=(
            Heading(2, words("Indledning"), is_numbered=True),
            Paragraph(
                (
                    Text("Rammeaftalerne gælder for "),
                    Strong(words("sygemeldte borgere")),
                    footnote,
                    Text(" over 30 år."),
                )
            ),
            Paragraph(
                (
                    Text("Resultaterne står i "),
                    Reference("tabel-resultater"),
                    Text(" og "),
                    Reference("figur-andel"),
                    Text("."),
                )
            ),
            ListBlock(
                "bullet", tuple(ListItem((Paragraph(words(each)),)) for each in ("Job", "Uddannelse", "Tilfredshed"))
            ),
            Heading(2, words("Resultater"), is_numbered=True),
            results_table(),
            results_chart(),
            Heading(2, words("Kilder og metode"), anchor="metode", is_numbered=True),
            Note("Sådan er der talt", (Paragraph(words("Alle, der var i forløb i perioden, tæller med.")),)),
            Annex(
                "bilag-ordliste", words("Ordliste"), (Paragraph(words("Forløb: en borgers tid hos en leverandør.")),)
            ),
        ),
    )


def recommendation(*, decision: str = "") -> Document:
    closing = (Heading(2, words("Beslutning")), Paragraph(words(decision))) if decision else ()
    point = ListItem((Paragraph(words("at udvalget tager erfaringsopsamlingen til efterretning.")),))
    return Document(
        title="Erfaringsopsamlinger fra leverandørerne 2024",
        short_title="Erfaringsopsamlinger 2024",
        author="Center for Indkøb og Partnerskaber",
        subject="Hovedpointer og anbefalinger fra otte leverandører.",
        dated_on=dt.date(2024, 10, 28),
        lead=words("Otte leverandører har fortalt, hvad de har lært, og hvad de anbefaler."),
        facts=(Fact("Udvalg", "Arbejdsmarkedsudvalget"),),
        children=(
            Heading(2, words("Indstilling")),
            Paragraph(words("Forvaltningen indstiller,")),
            ListBlock("at", (point,)),
            *closing,
        ),
    )


def with_tables(count: int) -> Document:
    """Return a fact sheet with that many tables."""
    base = fact_sheet()
    tables = tuple(results_table(f"tabel-{number}") for number in range(count))
    first = Paragraph((Text("Se "), Reference("tabel-0")))
    return Document(
        title=base.title,
        short_title=base.short_title,
        author=base.author,
        subject=base.subject,
        dated_on=base.dated_on,
        children=(Heading(2, words("Resultater")), first, *tables),
    )


def frozen(document: Document, subject: Model) -> Snapshot:
    """Return a snapshot of the paper with small stand-ins for its rendered files beside it."""
    snapshot = freeze(subject, document, {}, findings=[], data_as_of=dt.date(2023, 5, 2), by=None)
    with_files(snapshot)
    return snapshot


def with_files(snapshot: Snapshot, *, missing: frozenset[Format] = frozenset()) -> None:
    """Give the snapshot a file of every format and audience but the missing."""
    for audience in Audience:
        for kind in set(Format) - missing:
            if snapshot.rendition(audience, kind) is None:
                _file(snapshot, audience, kind)


def file_bytes(snapshot: Snapshot, audience: Audience, kind: Format) -> bytes:
    return f"{audience} {kind} of version {snapshot.number}".encode()


def _file(snapshot: Snapshot, audience: Audience, kind: Format) -> None:
    data = file_bytes(snapshot, audience, kind)
    RenditionFactory(
        snapshot=snapshot,
        audience=audience,
        format=kind,
        file__data=data,
        file__filename=kind.filename,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
    )
