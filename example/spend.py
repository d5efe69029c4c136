"""What the example's contracts cost, imported as an officer would import it."""

from __future__ import annotations

from accounts.enums import Role
from contracts.models import SpendDelivery
from contracts.services.spend import import_spend
from example import files
from example.people import holder_of


def load() -> None:
    """Import the files of `register.toml` in their order; one that has been imported before, or withdrawn, is left out."""
    for row in files.read("register")["spend"].values():
        path = files.DATA_DIR / row["file"]
        if not SpendDelivery.objects.filter(sha256=files.sha256(path)).exists():
            import_spend(path, source=row["source"], extracted_on=row["extracted_on"], by=holder_of(Role.PROCUREMENT))
