"""The letter of a sanction, for the shop's people and the officers of the sellers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from epeken.core.files import uploads
from epeken.site.sanction_letters import letter
from epeken.users.fetch import person
from umkm.sanctions.models import Sanction


@require_safe
@login_required
def sanction_letter(request: HttpRequest, pk: int) -> HttpResponse:
    sanction = get_object_or_404(Sanction.objects.visible_to(person(request)).distinct(), pk=pk)
    name = f"surat-{sanction.number.replace('/', '-').lower()}.pdf"
    return uploads.file_response(
        letter.make(sanction), content_type="application/pdf", filename=name, inline="lihat" in request.GET
    )
