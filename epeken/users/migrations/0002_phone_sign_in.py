"""An account may sign in with its number, and then needs no address."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="user", name="user_email_once"),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=models.EmailField(blank=True, db_index=True, max_length=254, verbose_name="surel"),
        ),
        migrations.AddField(
            model_name="user",
            name="phone_verified_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="nomor dipastikan"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="user_email_once",
                violation_error_message="Alamat surel ini sudah dipakai akun lain.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                condition=models.Q(("phone_verified_at__isnull", False)),
                fields=("phone",),
                name="user_phone_once",
                violation_error_message="Nomor ini sudah dipakai untuk masuk ke akun lain.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", ""), ("phone", ""), _negated=True),
                name="user_email_or_phone",
                violation_error_message="Isi surel atau nomor ponsel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("phone", ""), ("phone_verified_at__isnull", False), _negated=True),
                name="user_phone_verified",
                violation_error_message="Nomor ini dipakai untuk masuk, jadi tidak dapat dikosongkan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", ""), ("is_staff", True), _negated=True),
                name="user_staff_email",
                violation_error_message="Petugas memerlukan surel. Isi surelnya dahulu.",
            ),
        ),
    ]
