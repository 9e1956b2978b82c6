import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epeken.settings")

app = Celery("epeken")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
