"""Identity files: whoever may see one leaves a row in the log."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from epeken.core import clock
from epeken.core.files import watermark
from epeken.core.files.uploads import file_response, private_response
from epeken.core.i18n.times import numeric_date
from epeken.users.fetch import person
from umkm.sellers import services as sellers
from umkm.verification.models import SellerDocument
from umkm.verification.states import SellerDocumentKind


@require_GET
@login_required
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    document: SellerDocument = get_object_or_404(
        SellerDocument.objects.visible_to(person(request)).exclude(file="").select_related("seller"), pk=pk
    )
    now = clock.now()
    logged = sellers.log_view(
        actor=person(request), seller=document.seller, what=document.kind, document=document, now=now
    )
    suffix = "pdf" if document.content_type == "application/pdf" else "jpg"
    filename = f"{document.kind}-{document.seller_id}.{suffix}"
    if logged and document.kind == SellerDocumentKind.KTP and document.content_type.startswith("image/"):
        data = watermark.stamped(document.file, f"e-Peken {numeric_date(now)} {request.user}")
        return file_response(data, content_type="image/jpeg", filename=filename, inline=True)
    return private_response(
        document.file, reader=request.user.pk, content_type=document.content_type, filename=filename, inline=True
    )
