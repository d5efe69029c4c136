"""Pack a dossier: documents, pages of history, and an index in HTML and CSV. The same contents give the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts.models import DocumentVersion, Spend, SpendDelivery
from desk.dossiers.contents import Contents, RecordPage
from desk.dossiers.names import Names, safe_file, safe_part
from records.export import BYTE_ORDER_MARK, csv_lines, safe_text
from records.values import display

ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
CHUNK = 1024 * 1024
Tell = Callable[[int, str], None]


@dataclass(frozen=True)
class Item:
    """One file of the archive, as the index lists it."""

    path: str
    title: str
    kind: str
    date: dt.date | None
    size_bytes: int
    sha256: str
    remark: str = ""


class Packer:
    """Writes files into the archive one after the other, and remembers what it wrote."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        self.names = Names()
        self.items: list[Item] = []

    def add_text(self, path: str, text: str, *, title: str, kind: str, date: dt.date | None = None) -> None:
        content = text.encode()
        self._write(path, [content])
        digest = hashlib.sha256(content).hexdigest()
        self.items.append(Item(path, title, kind, date, len(content), digest))

    def add_file(self, path: str, version: DocumentVersion) -> None:
        """Copy a document's file, and say so in the index when it is gone or is not the one that was uploaded."""
        title = f"{version.document.title} ({_('version %(number)s') % {'number': version.number}})"
        date = timezone.localdate(version.uploaded_at)
        try:
            with version.file.storage.open(version.file.name or "") as source:
                size, digest = self._write(path, iter(lambda: source.read(CHUNK), b""))
        except OSError:
            remark = _("The file is missing in the store.")
            self.items.append(Item("", title, str(version.document.category), date, 0, version.sha256, remark))
            return
        remark = "" if digest == version.sha256 else _("The file is not the one that was uploaded.")
        self.items.append(Item(path, title, str(version.document.category), date, size, digest, remark))

    def _write(self, path: str, chunks: Any) -> tuple[int, str]:
        entry = zipfile.ZipInfo(path, ENTRY_DATE)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        size, digest = 0, hashlib.sha256()
        with self.archive.open(entry, "w", force_zip64=True) as target:
            for chunk in chunks:
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return size, digest.hexdigest()


def pack(stream: IO[bytes], contents: Contents, *, facts: dict[str, Any], tell: Tell) -> int:
    """Write the archive and return how many files it holds beside its index."""
    packer = Packer(stream)
    with packer.archive:
        for place, page in enumerate(contents.pages, start=1):
            path = packer.names.take("historik", f"{place:04} {safe_part(f'{page.kind} {page.name}')}.html")
            packer.add_text(path, _page(page, facts), title=f"{page.kind}: {page.name}", kind=_("History"))
        if contents.spend:
            title = _("Spend and referrals, month by month")
            packer.add_text("forbrug.csv", _spend(contents), title=title, kind=_("Spend"))
        for place, version in enumerate(contents.files):
            tell(20 + 70 * place // len(contents.files), _("Gathering the documents …"))
            document = version.document
            folder = safe_part(str(document.owner))
            name = f"{safe_part(document.title)} v{version.number} {safe_file(version.file_name)}"
            packer.add_file(packer.names.take("dokumenter", folder, name), version)
        items = list(packer.items)
        index = {**facts, "items": items, "omissions": contents.omissions}
        packer.add_text("indeks.html", render_to_string("desk/dossier/index.html", index), title="", kind="")
        packer.add_text("indeks.csv", _csv(items, contents, facts), title="", kind="")
    return len(items)


def _page(page: RecordPage, facts: dict[str, Any]) -> str:
    return render_to_string("desk/dossier/page.html", {**facts, "page": page})


def _spend(contents: Contents) -> str:
    heads = _heads(Spend, "contract", "month", "amount_dkk", "referrals", "is_current")
    heads += _heads(SpendDelivery, "source", "file_name", "extracted_on")
    return "".join(csv_lines(heads, map(_month, contents.spend)))


def _heads(model: type[models.Model], *names: str) -> list[str]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return [capfirst(str(field.verbose_name)) for field in fields]


def _month(row: Spend) -> list[Any]:
    figures = [row.contract.number, f"{row.month:%Y-%m}", row.amount_dkk, row.referrals, row.is_current]
    return [*figures, row.delivery.source, row.delivery.file_name, row.delivery.extracted_on]


def _csv(items: list[Item], contents: Contents, facts: dict[str, Any]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("File"), _("Title"), _("Kind"), _("Date"), _("Size in bytes"), "SHA-256", _("Remark")])
    for item in items:
        row = [item.path, item.title, item.kind, display(item.date), str(item.size_bytes), item.sha256, item.remark]
        writer.writerow([safe_text(cell) for cell in row])
    for omission in contents.omissions:
        why = _("Left out (%(what)s): %(reason)s") % {"what": omission.what, "reason": facts["reason"]}
        writer.writerow([safe_text(cell) for cell in ("", omission.name, omission.what, "–", "", "", why)])
    return BYTE_ORDER_MARK + stream.getvalue()
