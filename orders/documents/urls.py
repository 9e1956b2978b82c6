"""Addresses of documents."""

from django.urls import path, register_converter

from orders.documents.states import SLUGS, DocumentKind
from orders.documents.views import documents, verify

_KINDS = {slug: kind for kind, slug in SLUGS.items()}


class PaperKind:
    """A kind of document by its Indonesian name: `surat-pesanan`."""

    regex = "[a-z-]+"

    def to_python(self, value: str) -> str:
        if value not in _KINDS:
            raise ValueError(value)
        return _KINDS[value]

    def to_url(self, value: str) -> str:
        return SLUGS[DocumentKind(value)]


register_converter(PaperKind, "paper")

urlpatterns = [
    path("pesanan/<str:number>/berkas/<paper:kind>/", documents.document_file, name="document-file"),
    path("pesanan/<str:number>/berkas/<paper:kind>/<str:of>/", documents.document_file, name="document-of"),
    path("pesanan/<str:number>/berkas.zip", documents.documents_archive, name="documents-archive"),
    path("pesanan/<str:number>/berkas.json", documents.documents_data, name="documents-data"),
    path("pesanan/<str:number>/spj/", documents.spj, name="spj"),
    path("pesanan/<str:number>/lampiran/", documents.attachment_create, name="attachment-create"),
    path("pesanan/<str:number>/lampiran/<int:pk>/", documents.attachment_file, name="attachment-file"),
    path("pesanan/<str:number>/lampiran/<int:pk>/hapus/", documents.attachment_remove, name="attachment-remove"),
    path("pesanan/<str:number>/kecualikan/<slug:kind>/", documents.slot_waive, name="slot-waive"),
    path("pesanan/<str:number>/bukti-bayar/<int:pk>/", documents.payment_proof, name="payment-proof"),
    path("skema/pembelian-<int:version>.json", documents.purchase_schema, name="purchase-schema"),
    path("periksa/", verify.verify_start, name="verify-start"),
    path("periksa/<slug:code>/", verify.verify, name="verify"),
]
