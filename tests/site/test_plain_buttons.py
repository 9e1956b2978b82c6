"""What a button says in English tells what pressing it states."""

import polib
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation


def test_goods_that_arrived_are_as_ordered() -> None:
    with translation.override("en"):
        page = render_to_string("components/conforms.html", {"action": "#", "no_href": "#", "csrf_token": "x"})
    assert "As ordered" in page
    assert "Something is not as ordered" in page


def test_no_word_of_english_means_both_right_and_put_right() -> None:
    entries = polib.pofile(str(settings.BASE_DIR / "locale/en/LC_MESSAGES/django.po"))
    assert [entry.msgid for entry in entries if entry.msgstr.strip(".!") == "Correct"] == []
