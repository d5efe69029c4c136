from suppliers.services.invitations import accept, check_open, invite, send_again, sign_up, withdraw
from suppliers.services.merging import merge_suppliers, preview_merge, undo_merge
from suppliers.services.moving import move_rows, moved_rows
from suppliers.services.saving import delete_supplier, hold_current, save_supplier
from suppliers.services.status import change_status
from suppliers.services.team import add_member, change_role, may_manage_team, remove_member

__all__ = [
    "accept",
    "add_member",
    "change_role",
    "change_status",
    "check_open",
    "delete_supplier",
    "hold_current",
    "invite",
    "may_manage_team",
    "merge_suppliers",
    "move_rows",
    "moved_rows",
    "preview_merge",
    "remove_member",
    "save_supplier",
    "send_again",
    "sign_up",
    "undo_merge",
    "withdraw",
]
