"""Thin Celery tasks that beat starts."""

from celery import shared_task
from django.utils import timezone

from notifications import services


@shared_task(name="notifications.gather", expires=60)
def gather() -> int:
    return len(services.gather(now=timezone.now()))


@shared_task(name="notifications.wake", expires=600)
def wake() -> int:
    return services.wake(today=timezone.localdate())
