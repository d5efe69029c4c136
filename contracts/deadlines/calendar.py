"""The one door to icalendar: deadlines as a calendar that Outlook, Google and phones read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contracts.deadlines import words
from contracts.deadlines.deadline import Deadline
from contracts.terms import DAY

if TYPE_CHECKING:
    from icalendar import Alarm, Event

REFRESH = dt.timedelta(hours=6)
# An event of a whole day begins at midnight; alarms ring when people are at work.
MORNING = dt.timedelta(hours=9)


def calendar_bytes(
    deadlines: Iterable[Deadline],
    *,
    name: str,
    address_of: Callable[[Deadline], str],
    site: str,
    now: dt.datetime,
    has_alarms: bool = False,
) -> bytes:
    """Return an iCalendar file (RFC 5545) with one all-day event for each deadline.

    An event keeps its UID while its day moves, so that a calendar moves it too. `address_of` gives absolute addresses;
    `site` is the site's own address, which UIDs end with. Alarms are for what a person follows up: when work must begin,
    and the morning before the last day. What has passed rings no more.
    """
    from icalendar import Calendar  # seldom asked for, so the web process loads it then

    calendar = Calendar()
    calendar.add("prodid", "-//Partnerskab//Frister//DA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    host = urlsplit(site).hostname or "localhost"
    for deadline in deadlines:
        event = _event(deadline, address=address_of(deadline), host=host, now=now)
        if has_alarms and deadline.due_on >= now.date():
            for alarm in _alarms(deadline):
                event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical()


def _event(deadline: Deadline, *, address: str, host: str, now: dt.datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{deadline.key}@{host}")
    event.add("dtstamp", now)
    event.add("dtstart", deadline.due_on)
    event.add("dtend", deadline.due_on + dt.timedelta(days=1))
    event.add("summary", deadline.title)
    event.add("description", "\n".join(_lines(deadline, address)))
    event.add("url", address)
    event.add("categories", [str(deadline.kind.label)])
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    return event


def _alarms(deadline: Deadline) -> Iterator[Alarm]:
    from icalendar import Alarm

    said = {deadline.begin_by: words.begin(deadline.begin_by), deadline.due_on - DAY: deadline.title}
    for day, text in said.items():
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", text if text == deadline.title else f"{text}: {deadline.title}")
        alarm.add("trigger", day - deadline.due_on + MORNING)
        yield alarm


def _lines(deadline: Deadline, address: str) -> list[str]:
    lines = (deadline.rule, words.begin(deadline.begin_by), deadline.meeting_sentence, address)
    return [line for line in lines if line]
