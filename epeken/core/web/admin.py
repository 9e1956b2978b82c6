"""What the office's pages share: they show, and every change is a service."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from unfold.admin import ModelAdmin


def post_only(view: Any) -> Any:
    """405 for anything but POST."""

    def wrapped(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        answer: HttpResponse = view(self, request, *args, **kwargs)
        return answer

    return wrapped


class ServiceAdmin(ModelAdmin):
    """A page that shows and whose changes are services."""

    list_fullwidth = True

    class Media:
        css = {"all": ["css/admin/case_page.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
