"""What personal data is processed for, from the city's folder; and who ticked the box of a purpose before it had rows."""

from typing import Any

from django.conf import settings
from django.db import migrations


def load(apps: Any, schema_editor: Any) -> None:
    ProcessingPurpose = apps.get_model("umkm", "ProcessingPurpose")
    ProcessingPurpose.objects.bulk_create(
        ProcessingPurpose(**{**row, "valid_until": row["valid_until"] or None})
        for row in settings.CITY.rows("processing_purposes.csv")
    )
    Consent, SellerMember = apps.get_model("umkm", "Consent"), apps.get_model("umkm", "SellerMember")
    owners = SellerMember.objects.filter(role="owner", until__isnull=True, seller__low_income=True).order_by("pk")
    ticked = {one.user_id: one.seller.consented_at or one.seller.created_at for one in owners.select_related("seller")}
    Consent.objects.bulk_create(
        Consent(person_id=person, purpose="low_income", way="self", given_at=at) for person, at in ticked.items()
    )


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("umkm", "ProcessingPurpose").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("umkm", "0037_consents")]
    operations = [migrations.RunPython(load, unload)]
