"""`manage.py renew_pictures`: pictures of before get all their forms (`core.files.picture_forms`).

Each is a transaction of its own, and one that has its forms is passed over: it may be stopped and started again. The
old file stays, since machines may have kept its address.
"""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from epeken.core.errors import DomainError
from epeken.core.files import picture_forms
from umkm.catalogue.models import ProductPhoto
from umkm.catalogue.services import photos
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller


class Command(BaseCommand):
    help = "Make the widths and formats of pictures that were stored before there were any."

    def handle(self, *args: Any, **options: Any) -> None:
        goods = ProductPhoto.objects.order_by("pk").only("image", "product_id").iterator()
        shops = Seller.objects.exclude(picture="").order_by("pk").only("picture").iterator()
        made = sum(self._renew(one.image, photos.renew_photo, photo=one) for one in goods)
        made += sum(self._renew(one.picture.name, sellers.renew_picture, seller=one) for one in shops)
        self.stdout.write(f"{made} pictures renewed.")

    def _renew(self, name: str, renew: Callable[..., None], **row: Any) -> bool:
        if picture_forms.forms_of(name):
            return False
        try:
            renew(**row)
        except (FileNotFoundError, DomainError) as problem:
            self.stderr.write(f"{name}: {problem}")
            return False
        return True
