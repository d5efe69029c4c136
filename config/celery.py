"""Celery runs everything that takes time, but never owns anything: see `jobs`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["filesystem"] = "jobs.transport:Transport"
app = Celery("partnerskab")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
