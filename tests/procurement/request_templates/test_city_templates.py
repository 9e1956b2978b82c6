"""The city's templates are kept by the curators, without a right to delete anything else."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from procurement.request_templates.models import RequestTemplate
from tests.factories import umkm as make
from tests.factories.users import signed_in
from umkm.catalogue.models import Category

pytestmark = pytest.mark.django_db


def client_of(group: str) -> Any:
    person = make.make_staff(name=group)
    person.groups.add(Group.objects.get(name=group))
    return signed_in(person)


def form(**over: Any) -> dict[str, Any]:
    category = Category.objects.filter(parent__isnull=False).order_by("pk")[0].pk
    line = {"category": category, "words": "nasi", "unit": "box", "amount": "1", "is_per_person": "on", "note": ""}
    return {
        "name": "Rapat warga", "activity": "meeting", "purpose": "", "usual_hour": "", "minutes_before": "30",
        "place": "", "attendees": "30", "account": "", "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0",
        **{f"lines-0-{name}": value for name, value in line.items()}, **over,
    }  # fmt: skip


def test_a_curator_writes_changes_and_retires_a_city_template() -> None:
    client = client_of("Kurator")
    add = client.post(reverse("admin:procurement_requesttemplate_add"), form())
    assert add.status_code == 302, add.context and add.context["errors"]
    made = RequestTemplate.objects.get(name="Rapat warga")
    change = reverse("admin:procurement_requesttemplate_change", args=[made.pk])
    line = made.lines.get()
    two = form(**{
        "lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "1", "lines-0-id": line.pk, "lines-0-template": made.pk,
        "lines-0-DELETE": "on", **{f"lines-1-{name[8:]}": value for name, value in form().items() if "lines-0" in name},
        "lines-1-words": "kudapan",
    })  # fmt: skip
    shown = re.findall(r'name="(shown[^"]*)" value="([^"]*)"', client.get(change).text)
    assert client.post(change, two | dict(shown)).status_code == 302
    assert [row.words for row in made.lines.all()] == ["kudapan"]
    listed = reverse("admin:procurement_requesttemplate_changelist")
    client.post(listed, {"action": "retire", "_selected_action": [made.pk]})
    made.refresh_from_db()
    assert made.retired_at is not None


@pytest.mark.parametrize("group", ["Verifikator", "Pengaduan", "Inspektorat"])
def test_nobody_else_writes_one(group: str) -> None:
    answer = client_of(group).post(reverse("admin:procurement_requesttemplate_add"), form())
    assert answer.status_code == 403
    assert not RequestTemplate.objects.filter(name="Rapat warga").exists()
