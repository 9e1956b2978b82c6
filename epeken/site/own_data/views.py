"""A person's own data as a file, once they have just proven who they are."""

import json

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from epeken.core import clock
from epeken.core.files.uploads import file_response
from epeken.site.own_data import content
from epeken.users.fetch import person


@never_cache
@require_GET
@login_required
@reauthentication_required
def own_data(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    told = content.of_person(person(request), now)
    data = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()
    name = f"data-saya-{clock.local_date(now).isoformat()}.json"
    return file_response(data, content_type="application/json", filename=name)
