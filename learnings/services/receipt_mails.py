"""Send the mail of a receipt, at most once."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learnings.enums import ReceiptMail
from learnings.links import receipt_address
from learnings.models import Receipt
from learnings.receipts import digest_of
from notifications.letters import Letter, absolute, message_id
from notifications.services import hand_over


def send_receipt(receipt_id: str) -> None:
    """Hand a receipt to the mail server. Safe to run twice.

    When the program stopped between handing over and noting it, nobody knows whether the mail left: it counts as failed.
    The receipt stands in the portal all the same.
    """
    with translation.override(settings.LANGUAGE_CODE):
        receipt = _claim(int(receipt_id))
        if receipt is None:
            return
        letter = letter_of(receipt)
        error = hand_over(letter, log_text=letter.text)
    _note(receipt, ReceiptMail.FAILED if error else ReceiptMail.SENT)


def letter_of(receipt: Receipt) -> Letter:
    """Return the mail: what was handed in, when and by whom, and where the receipt stands."""
    version = receipt.version
    report = version.report
    context = {
        "version": version,
        "report": report,
        "submitted_at": timezone.localtime(version.submitted_at),
        "digest": digest_of(version),
        "link": absolute(receipt_address(version)),
    }
    return Letter(
        to=receipt.to,
        subject=_("Receipt: %(round)s from %(supplier)s") % {"round": report.round, "supplier": report.supplier},
        text=render_to_string("learnings/mail/receipt.txt", context),
        html=render_to_string("learnings/mail/receipt.html", context),
        message_id=message_id(f"receipt-{receipt.pk}"),
    )


@transaction.atomic
def _claim(pk: int) -> Receipt | None:
    found = Receipt.objects.select_for_update(of=("self",)).filter(pk=pk)
    receipt = found.select_related("version__report__round", "version__report__supplier__merged_into").first()
    if receipt is None:
        return None
    if receipt.mail == ReceiptMail.SENDING:
        _note(receipt, ReceiptMail.FAILED)
    if receipt.mail != ReceiptMail.WAITING:
        return None
    _note(receipt, ReceiptMail.SENDING)
    return receipt


def _note(receipt: Receipt, state: ReceiptMail) -> None:
    receipt.mail = state
    receipt.save(update_fields=["mail"])
