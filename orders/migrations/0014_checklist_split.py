"""Whether a purchase was cut up is a line of the checklist."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_squashed_0064_reference_data"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invoicecheck",
            name="item",
            field=models.CharField(
                choices=[
                    ("bast", "BAST sudah terbit"),
                    ("quantity", "Jumlah barang sama dengan BAST"),
                    ("price", "Harga sama dengan surat pesanan"),
                    ("tax", "Rincian pajak sama dengan jumlahnya"),
                    ("split", "Sudah diputus apakah belanja ini dipecah"),
                    ("bank", "Rekening penjual tercatat"),
                    ("approver", "Ada pejabat yang dapat menyetujui pembayaran"),
                    ("tax_invoice", "Faktur pajak penjual ada dan cocok"),
                    ("papers", "Berkas pendukung sudah saya buka dan cocok"),
                ],
                max_length=12,
                verbose_name="butir",
            ),
        ),
    ]
