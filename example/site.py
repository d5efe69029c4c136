"""The municipality's website, and what a newcomer is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from cms.services import ensure_site
from example import files
from example.people import people

GAP = "   "


def load(*, by: User | None) -> None:
    """Make the site's pages and what stands in its header and footer; what is there stays."""
    municipality = files.read("municipality")["municipality"]
    ensure_site(
        municipality["name"],
        department=municipality["department"],
        address="{address}\n{postcode} {city}".format_map(municipality),
        email=municipality["email"],
        phone=municipality["phone"],
        by=by,
    )


def write_welcome() -> None:
    """Write the addresses and sign-ins that `make run` prints; it puts its own address for {address}."""
    lines = [
        "",
        *_aligned(_addresses()),
        "",
        _("Sign in at %(address)s as one of these people:") % {"address": "{address}konto/login/"},
        "",
        *_aligned(_sign_ins()),
        "",
        _("The supplier's person signs in to the portal, and has no access to the back office."),
        _("Stop with Ctrl-C."),
        "",
    ]
    (settings.VAR_DIR / "welcome.txt").write_text("\n".join(lines), encoding="utf-8")


def _addresses() -> list[tuple[str, str]]:
    return [
        (_("Public site"), "{address}"),
        (_("Published cases"), "{address}sager/"),
        (_("Back office"), "{address}admin/"),
        (_("Supplier portal"), "{address}portal/"),
    ]


def _sign_ins() -> list[tuple[str, ...]]:
    return [
        (str(person.role.label) if person.role else _("Supplier"), person.name, person.email, person.password)
        for person in people()
    ]


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {GAP.join(cells)}".rstrip()
