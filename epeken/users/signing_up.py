"""A sign-up with a number until its code is written: another text, another number."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from epeken.users import codes

TYPED = "sign_up_typed"  # in the session: name and number of a sign-up that waits for its code, and when it was sent
KEPT = 30 * 60  # seconds: whoever has the phone later does not read them


def keep_typed(request: HttpRequest, *, name: str, phone: str) -> None:
    request.session[TYPED] = {"name": name, "phone": phone, "at": time.time()}


def typed(request: HttpRequest | None) -> dict[str, str]:
    """`name` and `phone`; empty where nobody wrote any."""
    found = request.session.get(TYPED) if request is not None else None
    if not found or time.time() - found["at"] > KEPT:
        return {}
    return {"name": found["name"], "phone": found["phone"]}


def keeping_what_was_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Signing out empties the session. Who starts a sign-up anew, since the number was wrong, finds name and number in
    the form; a password is never kept."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        kept = {} if request.user.is_authenticated else typed(request)
        response = view(request)
        if kept and request.method == "POST":
            keep_typed(request, **kept)
        return response

    return answer


class _VerifySignUp(account._VerifyPhoneSignupView):  # the library offers no other place
    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Counted with every other text to the number, whether or not an account has it."""
        if codes.may_be_sent(self.request, self.process.phone):
            return super()._resend_form_valid(form)
        adapter = get_adapter(self.request)
        adapter.add_message(self.request, messages.ERROR, message=adapter.error_messages["rate_limited"])
        page = self.get_context_data(form=self._get_verify_form_class()())
        return self.render_to_response(page, status=429)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        target = self.stage.login.redirect_url
        again = reverse("account_signup")
        return {**context, "sign_up_again": f"{again}?{urlencode({'next': target})}" if target else again}


def verify_phone(request: HttpRequest) -> HttpResponse:
    """Of somebody who signs up, or who changes the number of their account."""
    view = account.verify_phone if request.user.is_authenticated else _VerifySignUp.as_view()
    answer: HttpResponse = view(request)
    return answer
