"""Who acted, and how they proved it: the name of who recorded a payment as it was then; a password, a code by text, a
link by mail and a known device as ways to sign in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_city_silence")]

    operations = [
        *[
            migrations.AddField(
                model_name=payment,
                name="recorded_name",
                field=models.CharField(blank=True, default="", max_length=120, verbose_name="nama pencatat"),
                preserve_default=False,
            )
            for payment in ("payment", "compensationpayment")
        ],
        migrations.AlterField(
            model_name="attestation",
            name="factor",
            field=models.CharField(
                blank=True,
                choices=[
                    ("none", "tanpa langkah kedua"),
                    ("password", "kata sandi"),
                    ("password_device", "kata sandi, dari perangkat yang dikenal"),
                    ("code", "kode SMS"),
                    ("code_device", "kode SMS, dari perangkat yang dikenal"),
                    ("letter", "tautan surel untuk kata sandi baru"),
                    ("letter_device", "tautan surel untuk kata sandi baru, dari perangkat yang dikenal"),
                    ("totp", "langkah kedua: kode aplikasi autentikator"),
                    ("recovery_codes", "langkah kedua: kode cadangan"),
                    ("webauthn", "kunci sandi"),
                    ("api_key", "kunci API"),
                    ("system", "oleh sistem"),
                ],
                max_length=20,
                verbose_name="cara membuktikan diri",
            ),
        ),
    ]
