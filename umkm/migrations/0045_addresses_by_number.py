from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("umkm", "0044_workers_no_more"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="memberinvitation", name="invitation_once_open"),
        migrations.RemoveConstraint(model_name="identitychange", name="identity_change_successor"),
        migrations.RenameField(model_name="memberinvitation", old_name="email", new_name="address"),
        migrations.RenameField(model_name="identitychange", old_name="successor_email", new_name="successor_address"),
        migrations.AlterField(
            model_name="memberinvitation",
            name="address",
            field=models.CharField(max_length=254, verbose_name="surel atau nomor ponsel"),
        ),
        migrations.AlterField(
            model_name="identitychange",
            name="successor_address",
            field=models.CharField(
                blank=True, editable=False, max_length=254, verbose_name="surel atau nomor ponsel pemilik baru"
            ),
        ),
        migrations.AddConstraint(
            model_name="memberinvitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("seller", "address"), name="invitation_once_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="identitychange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "transfer"), ("successor_address", ""), _connector="XOR"),
                name="identity_change_successor",
            ),
        ),
    ]
