from suppliers.models.contact import Contact
from suppliers.models.invitation import Invitation
from suppliers.models.membership import Membership
from suppliers.models.supplier import Supplier, SupplierQuerySet
from suppliers.models.unit import Unit

__all__ = ["Contact", "Invitation", "Membership", "Supplier", "SupplierQuerySet", "Unit"]
