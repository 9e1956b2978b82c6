"""The inbox, its preferences, and the demo's mailbox page."""

from django.urls import path

from epeken.notifications import views
from epeken.notifications.channels.email import views as email

app_name = "notifications"

urlpatterns = [
    path("pemberitahuan/", views.inbox, name="inbox"),
    path("pemberitahuan/semua-dibaca/", views.read_all, name="read-all"),
    path("pemberitahuan/pengaturan/", views.preferences, name="preferences"),
    path("pemberitahuan/<int:pk>/", views.open_notification, name="open"),
    path("surat-demo/", email.demo_mail, name="demo-mail"),
    path("surat-demo/<int:pk>/", email.demo_letter, name="demo-letter"),
]
