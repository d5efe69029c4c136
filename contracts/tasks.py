"""Thin Celery tasks that beat starts."""

from celery import shared_task
from django.utils import timezone

from contracts.services import bring_due_into_force, extend_horizons
from contracts.services.exports import sweep_exports
from contracts.services.reminders import remind as remind_people


@shared_task(name="contracts.extend_obligations", expires=3600)
def extend_obligations() -> int:
    return extend_horizons(today=timezone.localdate()).created


@shared_task(name="contracts.bring_amendments_into_force", expires=1800)
def bring_amendments_into_force() -> int:
    return bring_due_into_force(today=timezone.localdate())


@shared_task(name="contracts.remind", expires=1800)
def remind() -> int:
    return remind_people(today=timezone.localdate())


@shared_task(name="contracts.sweep_exports", expires=600)
def sweep_old_exports() -> int:
    return sweep_exports(now=timezone.now())
