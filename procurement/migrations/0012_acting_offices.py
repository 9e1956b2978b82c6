"""Acts record also in which capacity an officer held the office."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procurement", "0011_officer_leave")]

    operations = [
        migrations.AlterField(
            model_name="negotiationevent",
            name="acted_as",
            field=models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai"),
        ),
        migrations.AlterField(
            model_name="purchaserequest",
            name="approver_role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("requester", "Pemesan"),
                    ("pp", "Pejabat pengadaan (PP)"),
                    ("ppk", "Pejabat pembuat komitmen (PPK)"),
                    ("receiver", "Penerima barang"),
                    ("treasurer", "Bendahara"),
                    ("head", "Kepala dinas (PA/KPA)"),
                    ("plt.requester", "Plt. Pemesan"),
                    ("plt.pp", "Plt. Pejabat pengadaan (PP)"),
                    ("plt.ppk", "Plt. Pejabat pembuat komitmen (PPK)"),
                    ("plt.receiver", "Plt. Penerima barang"),
                    ("plt.treasurer", "Plt. Bendahara"),
                    ("plt.head", "Plt. Kepala dinas (PA/KPA)"),
                    ("plh.requester", "Plh. Pemesan"),
                    ("plh.pp", "Plh. Pejabat pengadaan (PP)"),
                    ("plh.ppk", "Plh. Pejabat pembuat komitmen (PPK)"),
                    ("plh.receiver", "Plh. Penerima barang"),
                    ("plh.treasurer", "Plh. Bendahara"),
                    ("plh.head", "Plh. Kepala dinas (PA/KPA)"),
                ],
                editable=False,
                max_length=16,
                verbose_name="jabatan penyetuju",
            ),
        ),
        migrations.AlterField(
            model_name="requestevent",
            name="acted_as",
            field=models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai"),
        ),
        migrations.AlterField(
            model_name="frameevent",
            name="acted_as",
            field=models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai"),
        ),
        migrations.AlterField(
            model_name="rotationevent",
            name="acted_as",
            field=models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai"),
        ),
    ]
