"""What nobody may do to the pages that carry the site, whatever their role: pure answers for Wagtail's page tree."""

from __future__ import annotations

from wagtail.models import Page, PagePermissionTester


class KeptPagePermissions(PagePermissionTester):
    """A page that the site rests on: it can be edited, but neither deleted, moved nor taken down."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class CasePagePermissions(KeptPagePermissions):
    """The address of a frozen paper: what it says is decided in the case, and it is withdrawn there, with a reason."""

    def can_edit(self) -> bool:
        return False

    def can_publish(self) -> bool:
        return False

    def can_lock(self) -> bool:
        return False


class KeptPageMixin:
    """Gives a page type `KeptPagePermissions`."""

    def permissions_for_user(self: Page, user: object) -> PagePermissionTester:
        return KeptPagePermissions(user, self)
