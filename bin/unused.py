"""Names nothing uses. Vulture reads Python only: what templates name and Django calls by convention is left out.

Usage: python bin/unused.py    Exit status 1 when something is found.
"""

import re
import sys
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[1]
CODE = ["epeken", "umkm", "procurement", "orders", "tests", "bench", "bin", "deploy"]
# Called by Django, DRF, unfold, Celery, gunicorn or pytest through their names.
CONVENTIONS = [
    # models, forms and their Meta
    "Meta", "objects", "app_label", "verbose_name*", "ordering", "constraints", "indexes", "abstract", "triggers",
    "permissions", "default_permissions", "append_only", "machine", "clean", "clean_*", "widget", "media", "css",
    "field_order", "template_name", "error_messages", "default_error_messages", "choices", "label", "fields",
    "model", "help_texts", "labels", "widgets", "from_db_value", "get_prep_value", "to_python", "to_url", "deconstruct",
    "db_type", "formfield", "get_internal_type", "prepare_value", "has_changed", "decompress", "compress",
    "value_to_string", "value_from_datadict", "value_omitted_from_data",
    # admin
    "list_*", "search_fields", "ordering", "readonly_fields", "fieldsets", "inlines", "actions", "raw_id_fields",
    "autocomplete_fields", "has_*_permission", "get_*", "save_model", "delete_model", "change_form_template", "extra",
    "parameter_name", "title", "lookups", "queryset", "can_delete", "show_change_link", "date_hierarchy", "exclude",
    "add_view", "change_view", "changelist_view", "formfield_for_*", "compressed_fields", "warn_unsaved_form",
    "resource_classes",
    "export_form_class", "import_export_change_list_template", "render", "after_*", "response_*",
    "filter_horizontal", "add_form", "add_fieldsets", "form",
    "change_*_template", "actions_*", "tab", "verbose_name_plural", "max_num", "formset", "show_full_result_count",
    "form_url", "min_num", "created_by", "permission_denied", "prepopulated_fields", "Media",
    "search_help_text", "show_facets", "add_queues", "told_state", "told_kind", "told_level", "told_late", "hide_title",
    "handle_raw_input", "receive_data_chunk",
    "label_from_instance", "told_value", "readonly_preprocess_fields",
    "to_encoding", "required_css_class", "expression", "arg_joiner", "output_field",
    "first_name", "last_name", "USERNAME_FIELD", "REQUIRED_FIELDS",
    "create_superuser", "can_delete_authenticator", "default_validators", "timing",
    # REST
    "serializer_class", "pagination_class", "permission_classes", "authentication_classes", "throttle_classes",
    "lookup_field", "lookup_url_kwarg", "parser_classes", "filter_backends", "filterset_class", "page_size",
    "cursor_query_param", "validate*", "extra_kwargs", "keyword", "post", "get", "scope", "cache_format",
    "to_internal_value", "to_representation", "has_permission", "duration", "num_requests",
    # the schema of the API: extensions are found by being subclasses
    "target_class", "map_serializer_field", "auto_schema", "direction", "HourField", "KeyScheme",
    # sitemaps
    "lastmod",
    # apps, management commands, middleware, allauth, axes, celery
    "*Config", "Command", "requires_system_checks", "app_configs", "send_messages", "default_auto_field", "ready",
    "help", "handle", "add_arguments", "process_view", "process_exception", "storage_classes",
    "urlpatterns", "app_name", "handler*", "task_*", "bind", "max_retries", "dependencies", "operations",
    "run_before", "serialization_expand_args", "redirect_request",
    # allauth: texts and numbers, steps of a sign-in
    "send_*_sms", "phone_form_field", "set_phone", "set_phone_verified", "generate_phone_verification_code",
    "can_delete_email", "EmailStage",
    # pytest, hypothesis
    "django_db_modify_db_settings",
    "transactional_db", "django_db_setup", "caplog", "pytest_plugins", "pytestmark", "test_*", "pytest_*",
    "teardown", "setup*", "module_transaction", "savepoint", "kept_mail",
]  # fmt: skip
# Columns, fields of an answer and members of a choice are read by the database, by machines and by people.
DECLARED = {"models.py", "states.py", "api.py", "forms.py"}
# Attributes set on other people's objects.
FOREIGN = {
    "autocommit",
    "freeze_panes",
    "returning_fields",
    "msg",
    "external_attr",
    "extra_groups",
    "daemon_threads",
    "handle_starttag",
    "handle_endtag",
    "handle_data",
    "do_POST",
    "do_HEAD",
    "do_PUT",
    "log_message",
}
FOREIGN |= {"raise_request_exception", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"}
FOREIGN |= {"EMAIL_USE_TLS", "EMAIL_USE_SSL"}
# What pikepdf writes into a PDF, and Pillow's own limits.
FOREIGN |= {"OpenAction", "AA", "Annots", "AcroForm", "Ref", "PieceInfo", "Metadata", "MediaBox", "MAX_IMAGE_PIXELS"}
FOREIGN |= {"MAX_TEXT_CHUNK"}
# Named by its path in epeken/site/urls.py.
FOREIGN |= {"not_found"}
# A column of the search statement orders the rows; one of the event feed is for whoever follows it.
FOREIGN |= {"nearness", "actor_pk"}
# Read by Django from the module of a language, and by WhiteNoise from the settings.
FOREIGN |= {
    "DATE_FORMAT", "SHORT_DATE_FORMAT", "TIME_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT",
    "YEAR_MONTH_FORMAT", "MONTH_DAY_FORMAT", "WHITENOISE_AUTOREFRESH",
}  # fmt: skip
# Read by a pickler, and by the process that hands tests out.
FOREIGN |= {"persistent_id", "persistent_load", "loadscopereorder"}
# Mail backends of a test, named in its settings.
FOREIGN |= {"Refusing", "Busy", "Away"}
DECORATORS = [
    "@admin.*", "@register.*", "@display", "@action", "@pytest.*", "@property", "@job", "@jobs.*", "@registered*",
    "@shared_task", "@app.*", "@checks.*", "@register", "@require_*", "@login_required", "@extend_schema*", "@rule",
    "@invariant",
]  # fmt: skip


def main() -> int:
    reader = Vulture(ignore_names=CONVENTIONS, ignore_decorators=DECORATORS)
    reader.scavenge([str(ROOT / folder) for folder in CODE], exclude=["*/migrations/*"])
    elsewhere = [*(ROOT / "templates").rglob("*.*"), ROOT / "epeken/settings.py", ROOT / "gunicorn.conf.py"]
    named = set(re.findall(r"\w+", "\n".join(p.read_text(encoding="utf-8") for p in elsewhere if p.suffix != ".ttf")))
    # Apps name functions by their dotted paths.
    apps = "\n".join(path.read_text(encoding="utf-8") for folder in CODE for path in (ROOT / folder).rglob("apps.py"))
    named |= set(re.findall(r"\"[\w.]+\.(\w+)\"", apps))
    found = [
        f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno}: {item.typ} {item.name}"
        for item in reader.get_unused_code(min_confidence=60)
        if item.name not in named | FOREIGN and not item.name.startswith("_")
        if item.typ != "variable" or Path(item.filename).name not in DECLARED
    ]
    print("\n".join(found) or "Nothing unused.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
