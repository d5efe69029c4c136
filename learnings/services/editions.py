"""Make accepted reports public, keep what is public free of what must not be, and take it down again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.search import index

from accounts.models import User
from jobs.services import enqueue
from learnings import editions
from learnings.enums import EDITION_JOB
from learnings.models import ExperienceReport, ReportEdition, Round
from learnings.personal import looks_like_cpr
from learnings.queries.editions import Prepared, prepared_report, prepared_reports
from learnings.services.reports import hold_report
from records.addresses import danish_slug
from records.services import save_record


@transaction.atomic
def publish_report(report: ExperienceReport, *, digest: str, by: User | None) -> ReportEdition:
    """Make an accepted report public, in place of the edition that was; the same again changes nothing.

    `digest` is that of what was looked at (`Prepared.digest`). Raises ValidationError when the report is not accepted, when it
    would now say something else, and while something that looks like personal data waits for a decision.
    """
    report = hold_report(report)
    prepared = prepared_report(report)
    if prepared is None:
        raise ValidationError(_("The report is not accepted, so it cannot be published."))
    if prepared.open_findings:
        text = _("%(supplier)s: something that looks like personal data waits for a decision.")
        raise ValidationError(text % {"supplier": report.supplier})
    if prepared.digest != digest:
        text = _("%(supplier)s: what would be published has changed since you looked. Look at it again.")
        raise ValidationError(text % {"supplier": report.supplier})
    return _publish(prepared, by=by)


@transaction.atomic
def publish_round(round: Round, *, digests: dict[int, str], by: User | None) -> list[ReportEdition]:
    """Make every report public that is ready and was looked at; `digests` is by report. All of them, or none.

    Raises ValidationError as `publish_report` does, and when there is none.
    """
    ready = [row.report for row in prepared_reports(round) if row.is_ready and row.report.pk in digests]
    if not ready:
        raise ValidationError(_("There is no report that is ready and not public already."))
    return [publish_report(report, digest=digests[report.pk], by=by) for report in ready]


@transaction.atomic
def renew_edition(report: ExperienceReport, *, by: User | None) -> ReportEdition | None:
    """Let what is public of a report follow what is kept out now, without asking: what waits for a decision is kept out, too.

    Nothing happens to a report that is not public.
    """
    report = hold_report(report)
    prepared = prepared_report(report)
    if prepared is None or prepared.edition is None or not prepared.is_stale:
        return prepared.edition if prepared else None
    return _publish(prepared, by=by)


@transaction.atomic
def withdraw_report(report: ExperienceReport, *, reason: str, by: User | None) -> ReportEdition:
    """Take a report off the website: page, search, PDF and open data. The reason is kept, and not shown to the public.

    Raises ValidationError without a reason, and when the report is not public.
    """
    hold_report(report)
    edition = ReportEdition.objects.public().filter(report=report).first()
    if edition is None:
        raise ValidationError(_("The report is not public. Reload the page to see where it stands."))
    return _withdraw(edition, reason=reason.strip(), by=by)


@transaction.atomic
def withdraw_round(round: Round, *, reason: str, by: User | None) -> list[ReportEdition]:
    """Take every report of a round off the website. Raises ValidationError as `withdraw_report` does."""
    public = ReportEdition.objects.listed().filter(report__round=round)
    withdrawn = [withdraw_report(edition.report, reason=reason, by=by) for edition in public]
    if not withdrawn:
        raise ValidationError(_("None of the round's reports is public."))
    return withdrawn


@transaction.atomic
def undo_withdrawal(report: ExperienceReport, *, by: User | None) -> ReportEdition:
    """Make the edition public again that was withdrawn last; history keeps that it was away, and why.

    Raises ValidationError when the report is public, when it would now say something else, and when something waits for
    a decision: then it is published anew, after somebody has looked at it.
    """
    report = hold_report(report)
    prepared = prepared_report(report)
    if prepared is None or prepared.edition is not None or prepared.withdrawn is None:
        raise ValidationError(_("There is no withdrawal to undo. Reload the page to see where the report stands."))
    if prepared.open_findings or prepared.digest != prepared.withdrawn.digest:
        raise ValidationError(
            _("What would be public is not what was withdrawn. Look it through, and publish it anew.")
        )
    edition = ReportEdition.objects.get(pk=prepared.withdrawn.pk)
    edition.withdrawn_at, edition.withdrawn_by, edition.withdrawal_reason = None, None, ""
    save_record(edition, reason=_("Withdrawal undone"), by=by)
    return _with_file(edition, by=by)


def refuse_if_public(report: ExperienceReport) -> None:
    """Raise ValidationError when a report is public: it has to be withdrawn before its acceptance is taken back."""
    if ReportEdition.objects.public().filter(report=report).exists():
        raise ValidationError(_("The report is public. Take it off the website first."))


def _publish(prepared: Prepared, *, by: User | None) -> ReportEdition:
    content, held = prepared.content, prepared.edition
    if held is not None and not prepared.is_stale:
        return held
    # The last door: also what the municipality wrote itself, as a question, may hold a number.
    if any(map(looks_like_cpr, _all_texts(content))):
        raise ValidationError(
            _("A question, a title or a text looks as if it held a CPR number. It cannot be published like this.")
        )
    if held is not None:
        _withdraw(held, reason=_("Replaced by a newer edition."), by=by)
    edition = ReportEdition(
        report=prepared.report,
        version=prepared.version,
        slug=held.slug if held else _slug(prepared),
        content=content,
        text=editions.searchable_text(content),
        digest=prepared.digest,
        published_by=by,
    )
    return _with_file(save_record(edition, by=by), by=by)


def _with_file(edition: ReportEdition, *, by: User | None) -> ReportEdition:
    if not edition.file:
        enqueue(EDITION_JOB, str(edition.pk), key=f"edition-{edition.pk}", by=by)
    return edition


def _all_texts(content: editions.Content) -> list[str]:
    texts = [content["round"], content["supplier"]]
    for section, answer in editions.answers_in(content):
        texts += [section, answer["question"], editions.said(answer)]
    return texts


def _withdraw(edition: ReportEdition, *, reason: str, by: User | None) -> ReportEdition:
    edition.withdrawn_at, edition.withdrawn_by, edition.withdrawal_reason = timezone.now(), by, reason
    save_record(edition, reason=reason[:100], by=by)
    index.remove_object(edition)
    return edition


def _slug(prepared: Prepared) -> str:
    """Return the address within the round: the one that the report had before, else one made of the supplier's name."""
    if prepared.withdrawn is not None:
        return prepared.withdrawn.slug
    report = prepared.report
    plain = danish_slug(report.supplier.name)[:100] or "leverandoer"
    others = ReportEdition.objects.filter(report__round=report.round_id, slug=plain).exclude(report=report)
    return f"{plain}-{report.pk}" if others.exists() else plain
