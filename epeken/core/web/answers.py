"""How a view answers with a page that holds a form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from epeken.core.web.kept_uploads import keep_files


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; 422 when its `form` was refused, whose files are kept."""
    form = context.get("form")
    if form is None or not form.is_bound or not form.errors:
        return render(request, template, context)
    keep_files(request, form)
    return render(request, template, context, status=422)
