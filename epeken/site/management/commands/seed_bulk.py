"""Load large invented shops, for measuring."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from epeken.core import clock
from epeken.site.demo import bulk


class Command(BaseCommand):
    help = "Adds many invented sellers and products by COPY (measurements only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--products", type=int, default=100_000)
        parser.add_argument("--sellers", type=int, default=5_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()

        def progress(what: str) -> None:
            self.stdout.write(f"{time.monotonic() - begun:6.1f} s  {what}")

        try:
            loaded = bulk.load(
                products=options["products"],
                sellers=options["sellers"],
                seed=options["seed"],
                now=clock.now(),
                progress=progress,
            )
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        with connection.cursor() as cursor:
            for table in ["umkm_seller", "umkm_product", "umkm_stockentry"]:
                cursor.execute(f"ANALYZE {table}")
        progress(f"selesai: {loaded.sellers} penjual, {loaded.products} barang")
