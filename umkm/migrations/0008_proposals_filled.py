"""Earlier proposals changed nothing of these: each takes what its goods say."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

ADDED = ("description", "step", "minimum", "lead_days", "keeps", "pirt_number")


def fill(apps: Any, schema_editor: Any) -> None:
    goods = apps.get_model("umkm", "Product").objects.filter(pk=OuterRef("product_id"))
    apps.get_model("umkm", "ChangeProposal").objects.update(
        **{name: Subquery(goods.values(name)[:1]) for name in ADDED}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("umkm", "0007_everything_proposed"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
