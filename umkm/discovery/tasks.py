"""Periodic tasks of search."""

from celery import shared_task

from umkm.discovery import services


@shared_task(name="umkm.refresh_words")
def refresh_words() -> None:
    services.rebuild()
