"""Food courts and the documents each kind of seller brings."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils.text import slugify

SINCE = date(2021, 10, 31)
SOURCE = "Ketentuan pendaftaran e-Peken menurut pemberitaan [?]"
REQUIREMENTS = {
    "umkm": [
        ("ktp", True, "Memastikan Anda pemilik usaha ini. Hanya verifikator kota yang melihatnya."),
        ("production", True, f"Bukti bahwa barang Anda buat sendiri di {settings.CITY.name}."),
        ("shop_front", True, "Dipasang di halaman toko supaya pembeli mengenali tempat Anda."),
        ("nib_letter", False, "Nomor Induk Berusaha, bila sudah punya."),
        ("pirt", False, "Untuk makanan kemasan yang tahan lebih dari 7 hari."),
        ("halal", False, "Sertifikat halal untuk makanan dan minuman."),
    ],
    "swk": [
        ("ktp", True, "Memastikan Anda pemegang stan ini. Hanya verifikator kota yang melihatnya."),
        ("stall", True, "Foto stan dengan nomornya terlihat."),
        ("stall_letter", True, "Surat atau kartu stan dari pengelola SWK."),
        ("halal", False, "Sertifikat halal untuk makanan dan minuman."),
    ],
    "kelontong": [
        ("ktp", True, "Memastikan Anda pemilik toko ini. Hanya verifikator kota yang melihatnya."),
        ("shop_front", True, "Foto depan toko dari seberang jalan."),
        ("nib_letter", False, "Nomor Induk Berusaha, bila sudah punya."),
    ],
}


def load(apps: Any, schema_editor: Any) -> None:
    districts = {k.name: k for k in apps.get_model("core", "Kecamatan").objects.all()}
    FoodCourt = apps.get_model("umkm", "FoodCourt")
    FoodCourt.objects.bulk_create(
        [
            FoodCourt(name=r["name"], slug=slugify(r["name"])[:50], kecamatan=districts.get(r["kecamatan"]))
            for r in settings.CITY.rows("swk.csv")
        ]
    )
    Requirement = apps.get_model("umkm", "DocumentRequirement")
    Requirement.objects.bulk_create(
        [
            Requirement(
                seller_kind=kind,
                document_kind=document,
                required=required,
                purpose=purpose,
                position=position,
                valid_from=SINCE,
                source=SOURCE,
            )
            for kind, documents in REQUIREMENTS.items()
            for position, (document, required, purpose) in enumerate(documents)
        ]
    )


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("umkm", "DocumentRequirement").objects.all().delete()
    apps.get_model("umkm", "FoodCourt").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("umkm", "0001_initial"), ("core", "0003_reference_data")]

    operations = [migrations.RunPython(load, unload)]
