from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The roof: it imports every app, no app imports it."""

    name = "epeken.site"
    label = "site"
