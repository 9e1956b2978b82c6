"""How a view answers with a page that holds a form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; 422 when its `form` was refused."""
    form = context.get("form")
    wrong = form is not None and form.is_bound and bool(form.errors)
    return render(request, template, context, status=422 if wrong else 200)
