"""Goods are found by words of one splitting rule, and by others that mean the same."""

import csv
from pathlib import Path
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models import F, Func, Q, TextField

# `discovery.words.split` in PostgreSQL.
SPLIT = r"""
CREATE FUNCTION epeken_split(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT trim(regexp_replace(regexp_replace(regexp_replace(
        lower(regexp_replace(normalize($1, NFKD), '[\u0300-\u036f]', '', 'g') COLLATE "C"),
        '(?<=[a-z])[''`\u2019\u02bc](?=[a-z])', '', 'g'),
        '([a-z])(?=[0-9])|([0-9])(?=[a-z])', '\1\2 ', 'g'),
        '[^a-z0-9]+', ' ', 'g'))
$$
"""


def _split(column: str) -> Func:
    return Func(column, function="epeken_split", output_field=TextField())


def load(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("umkm", "Synonym").objects
    with (Path(__file__).parents[1] / "data/synonyms.csv").open(encoding="utf-8", newline="") as file:
        found = [{**row, "valid_until": row["valid_until"] or None} for row in csv.DictReader(file)]
    rows.bulk_create(rows.model(**row) for row in found)


class Migration(migrations.Migration):
    dependencies = [
        ("umkm", "0050_shops_found_by_name_and_phone"),
    ]

    operations = [
        migrations.RunSQL(SPLIT, "DROP FUNCTION epeken_split(text)"),
        migrations.RemoveIndex(model_name="product", name="product_search"),
        migrations.RemoveField(model_name="product", name="search"),
        migrations.AddField(
            model_name="product",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=SearchVector(_split("name"), config="indonesian", weight="A")
                + SearchVector(_split("description"), config="indonesian", weight="C"),
                output_field=SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=GinIndex(fields=["search"], name="product_search"),
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said", models.CharField(max_length=60, verbose_name="yang diketik")),
                ("means", models.CharField(max_length=60, verbose_name="yang juga dicari")),
                ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                ("source", models.CharField(max_length=200, verbose_name="sumber")),
            ],
            options={
                "verbose_name": "padanan kata",
                "verbose_name_plural": "padanan kata",
                "ordering": ["said", "means", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["said", "means", "valid_from"],
                        name="synonym_once",
                        violation_error_message="Padanan ini sudah ada dengan hari mulai itu.",
                    ),
                    models.CheckConstraint(
                        condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                        name="synonym_dates",
                        violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                    ),
                    models.CheckConstraint(
                        condition=~Q(said=F("means")),
                        name="synonym_of_other_words",
                        violation_error_message="Tulis kata lain, bukan kata yang sama.",
                    ),
                ],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
