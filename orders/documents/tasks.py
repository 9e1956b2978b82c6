"""Tasks of documents."""

from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.jobs import job
from orders.confirmations.models import SellerConfirmation
from orders.documents import build, services
from orders.documents.models import Document


@job("orders.make_document", label=_("Buat dokumen"))
def make_document(*, document_pk: int) -> None:
    _make(Document.objects.select_related("order", "voids").get(pk=document_pk))


@job("orders.make_pack", label=_("Susun berkas SPJ"), alone=True)
def make_pack(*, document_pk: int) -> None:
    document = Document.objects.select_related("order", "voids").get(pk=document_pk)
    # The pack bundles stored documents, so those still waiting for their own job are made now.
    for part in document.order.documents.filter(made_at__isnull=True, replaced_at__isnull=True).exclude(pk=document.pk):
        _make(part)
    _make(document)


def _is_kept(document: Document) -> bool:
    """Whether an edition that another replaced is made all the same: it says BATAL, or a seller signed it."""
    return document.voids_id is not None or SellerConfirmation.objects.filter(document=document).exists()


def _make(document: Document) -> None:
    if document.made_at is not None or (document.replaced_at is not None and not _is_kept(document)):
        return
    made = build.make(document)
    services.store_document(
        document=document, content=made.content, pages=made.pages, paper=made.paper, now=clock.now()
    )
