"""Thin Celery tasks that beat starts."""

from celery import shared_task
from django.utils import timezone

from records.sheets.staging import sweep_staged


@shared_task(name="records.sweep_staged", expires=600)
def sweep_staged_sheets() -> int:
    return sweep_staged(now=timezone.now())
