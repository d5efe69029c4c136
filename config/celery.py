"""Celery runs everything that takes time, but never owns anything: see `jobs`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("partnerskab")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
