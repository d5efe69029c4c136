"""The buttons in the head of a page: one to change the record, and a menu with the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import BaseButton, Button, ButtonWithDropdown, HeaderButton

from records.pages import Link
from records.views.base import with_next


def head_buttons(links: Iterable[Link], *, edit_url: str | None, back: str = "") -> list[Any]:
    """Return the link to `edit_url` as a button, and a menu of the others."""
    shown: list[BaseButton] = []
    menu: list[Button] = []
    for place, link in enumerate(links):
        url = with_next(link.url, back)
        if link.url == edit_url:
            shown.append(HeaderButton(link.label, url=url, icon_name=link.icon))
        else:
            menu.append(Button(link.label, url=url, icon_name=link.icon, priority=10 * place))
    if menu:
        label = {"aria-label": _("Actions")}
        shown.append(ButtonWithDropdown(buttons=sorted(menu), icon_name="dots-horizontal", attrs=label))
    return shown
