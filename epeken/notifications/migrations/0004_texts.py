"""Texts to a telephone, and the channel a notice may take to one."""

from django.db import migrations, models

import epeken.core.phones
import epeken.core.secret

CHANNELS = [("email", "Surel"), ("text", "Pesan ponsel")]


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_data_breaches")]

    operations = [
        migrations.CreateModel(
            name="OutgoingText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", epeken.core.phones.PhoneField(max_length=16, verbose_name="nomor")),
                ("text", epeken.core.secret.EncryptedField(blank=True, verbose_name="isi")),
                ("message_id", models.CharField(max_length=120, unique=True, verbose_name="nomor pesan")),
                ("created_at", models.DateTimeField(verbose_name="dibuat")),
                ("useful_until", models.DateTimeField(verbose_name="berguna sampai")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="terkirim")),
                ("dead_at", models.DateTimeField(null=True, verbose_name="menyerah")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
            ],
            options={"verbose_name": "pesan ponsel", "verbose_name_plural": "pesan ponsel"},
        ),
        migrations.AlterField(
            model_name="notificationdelivery",
            name="channel",
            field=models.CharField(choices=CHANNELS, max_length=20, verbose_name="saluran"),
        ),
        migrations.AlterField(
            model_name="preference",
            name="channel",
            field=models.CharField(choices=CHANNELS, max_length=20),
        ),
    ]
