"""House rules a linter does not know. When one hurts, change it with a dated line in docs/decisions.md."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, models

from epeken.core.models import AppendOnly, Event
from epeken.core.states import StateIsLastEvent
from epeken.ledger.audit import ledgers
from epeken.ledger.triggers import BalanceIsPosted, EntryFollows

ROOT = Path(settings.BASE_DIR)
APPS = ["epeken", "umkm", "procurement", "orders"]
PLATFORM = [("epeken", "core"), ("epeken", "users"), ("epeken", "notifications"), ("epeken", "ledger")]
LINE = {"core": 0, "users": 1, "notifications": 1, "ledger": 2, "umkm": 3, "procurement": 4, "orders": 5}


def sources() -> list[Path]:
    return [p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]


def found(pattern: str, *, allowed: set[str]) -> list[str]:
    rule = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sources()
        if str(path.relative_to(ROOT)) not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if rule.search(line)
    ]


def test_the_platform_names_no_app_of_trade() -> None:
    """Apps declare what the platform needs of them in their AppConfig (epeken.core.registry)."""
    trade = re.compile(r"\b(umkm|procurement|orders)\b", re.IGNORECASE)
    platform = [p for p in sources() if p.parts[len(ROOT.parts) :][:2] in PLATFORM]
    named = [str(p.relative_to(ROOT)) for p in platform if trade.search(p.read_text(encoding="utf-8"))]
    assert len(platform) > 50
    assert named == []


def test_the_settings_name_an_app_of_trade_to_install_it_and_no_more() -> None:
    text = (ROOT / "epeken" / "settings.py").read_text(encoding="utf-8")
    assert [name for name in APPS[1:] if text.count(f'"{name}"') != 1] == []
    assert len(re.findall(r"\b(umkm|procurement|orders)\b", text, re.IGNORECASE)) == len(APPS[1:])


def test_only_move_assigns_a_state() -> None:
    # At the start of a statement: SQL compares with `s.state = 'active'` in the middle of a line.
    assert found(r"^\s*[\w.\[\]()]+\.state\s*=[^=]", allowed={"epeken/core/states.py"}) == []


def test_only_the_sender_of_nudges_calls_celery() -> None:
    assert found(r"\.(delay|apply_async|send_task)\(", allowed={"epeken/core/nudges.py"}) == []


def test_there_are_no_signals() -> None:
    assert found(r"django\.(db\.models|dispatch|core)\.?signals?|@receiver|\b(post|pre)_save\b", allowed=set()) == []


def test_money_is_never_a_float() -> None:
    assert found(r"FloatField|\bfloat\(", allowed=set()) == []


def test_no_generic_foreign_keys() -> None:
    assert found(r"GenericForeignKey", allowed=set()) == []


def test_no_document_list_for_everything() -> None:
    refused = {"utils", "helpers", "common", "managers", "signals"}
    assert [str(p) for p in sources() if p.stem in refused] == []


def test_no_two_classes_share_a_name() -> None:
    """One name, one meaning. Django and its like look for these by name."""
    by_name: dict[str, list[str]] = {}
    for path in sources():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                by_name.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in by_name.items() if len(paths) > 1} == {}


def test_services_packages_stay_empty() -> None:
    inits = [p for p in sources() if p.name == "__init__.py" and p.parent.name in ("services", "views", "pages")]
    assert inits
    assert [str(p) for p in inits if p.read_text(encoding="utf-8").strip()] == []


def test_every_broken_rule_has_a_code_of_its_own() -> None:
    """Machines and tests tell refusals apart by their code; the sentence is for people and may change."""
    calls = [
        (path, node)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("RuleBroken", "require")
    ]
    assert len(calls) > 100
    bare = [(p, n) for p, n in calls if "code" not in {k.arg for k in n.keywords}]
    assert [f"{path.relative_to(ROOT)}:{node.lineno}" for path, node in bare] == []


def services() -> list[tuple[Path, ast.FunctionDef]]:
    pairs = []
    for path in sources():
        folder = path.parent.name == "services" and path.name != "__init__.py"
        if (path.name == "services.py" or folder) and "supervisor" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            pairs += [
                (path, node)
                for node in tree.body
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            ]
    return pairs


def test_every_public_service_says_what_it_changes() -> None:
    assert [f"{p.relative_to(ROOT)}:{f.name}" for p, f in services() if not ast.get_docstring(f)] == []


def test_services_that_take_now_are_atomic() -> None:
    """`now` comes from a door only to be written: such a function is one transaction.

    A posting refuses to run outside that of its caller.
    """
    bare = []
    for path, function in services():
        names = {a.arg for a in function.args.kwonlyargs}
        decorators = {ast.unparse(d) for d in function.decorator_list}
        if {"actor", "now"} <= names and "service" not in decorators and function.name != "post":
            bare.append(f"{path.relative_to(ROOT)}:{function.name}")
    assert bare == []


def test_relations_never_point_up_the_line() -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for label in LINE
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField)
        and field.related_model._meta.app_label in LINE
        and LINE[field.related_model._meta.app_label] > LINE[label]
        # The user is everybody's actor; core's event rows name one.
        and field.related_model._meta.label != "users.User"
    ]
    assert upward == []


@pytest.mark.django_db
def test_append_only_tables_have_their_trigger() -> None:
    """A Meta that forgets its parent's would lose it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname LIKE 'pgtrigger_append_only_%' AND tgenabled = 'O'"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    assert {m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly)} == guarded


def test_every_ledger_has_its_triggers_and_key() -> None:
    found = list(ledgers())
    assert len(found) >= 4
    for ledger in found:
        account = ledger._meta.get_field(ledger.account)
        [follows] = [t for t in ledger._meta.triggers if isinstance(t, EntryFollows)]
        assert follows.account == ledger.account
        # An account may have two ledgers: what is taken of it, and its ceiling.
        posted = {
            (t.entries, t.balances) for t in account.related_model._meta.triggers if isinstance(t, BalanceIsPosted)
        }
        assert (account.remote_field.related_name, ledger.balances) in posted
        assert any(c.fields == (ledger.account, "key") for c in ledger._meta.constraints), ledger
        names = {f.name for f in ledger._meta.fields}
        assert {f"{b}_{end}" for b in ledger.balances for end in ("delta", "after")} <= names


def test_nothing_goes_round_a_trigger() -> None:
    # A key is exchanged in rows that are written once; what they say stays. A setting that is empty ignores none.
    pattern = r"pgtrigger\.(ignore(?!={{}})|disable|uninstall)|DISABLE TRIGGER|session_replication_role"
    assert found(pattern, allowed={"epeken/core/key_rotation.py"}) == []


def test_every_machine_has_events_a_check_and_only_known_states() -> None:
    machines = [m for label in LINE for m in apps.get_app_config(label).get_models() if hasattr(m, "machine")]
    assert machines
    for model in machines:
        assert issubclass(model._meta.get_field("events").related_model, Event)
        assert any(isinstance(t, StateIsLastEvent) for t in model._meta.triggers), model
        checks = [c.name for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
        assert any(name.endswith("_state_known") for name in checks), model
        choices = {value for value, _ in model._meta.get_field("state").choices}
        assert model.machine.states <= choices, model


def templates() -> list[Path]:
    return list((ROOT / "templates").rglob("*.html"))


def test_a_template_line_is_at_most_120_characters() -> None:
    """djlint breaks what it may; a tag of Django's it may not, and none may stand on two lines."""
    texts = [path for path in (ROOT / "templates").rglob("*.txt") if "fonts" not in path.parts]
    long = [
        f"{path.relative_to(ROOT)}:{number}: {len(line)} characters"
        for path in [*templates(), *texts]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []


def test_a_form_that_lists_its_errors_is_judged_by_the_page() -> None:
    """A browser's own bubble would stop it first, and name one fault at a time. The sealing script asks for it."""
    spared = re.compile(r"procurement/disclosures|umkm/|orders/carts/cart\.html|sourcing/plan\.html")
    wrong = []
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL):
            if "form_errors.html" in form and 'method="post"' in form and "novalidate" not in form.split("csrf", 1)[0]:
                wrong.append(str(path.relative_to(ROOT / "templates")))
    assert [name for name in wrong if not spared.search(name)] == []


def test_templates_ask_for_no_address_that_always_exists() -> None:
    """`{% url … as x %}` is empty when the route is missing; a condition on it hides the broken link from the tests."""
    hidden = []
    for path in templates():
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"{% url [^%]+ as (\w+) %}", text):
            asked = re.search(rf"{{% (?:el)?if [^%]*\b{name}\b|{{{{ {name}\|default|{{% firstof [^%]*\b{name}\b", text)
            if asked:
                hidden.append(f"{path.relative_to(ROOT)}: {asked[0]}")
    assert hidden == []


def test_templates_have_no_inline_style_script_or_handler() -> None:
    inline = re.compile(r"""\sstyle=["']|<style|<script(?![^>]*\ssrc=)|\son(click|change|submit|load|input|error)=""")
    # E-mail readers know no stylesheets.
    pages = [p for p in templates() if "emails" not in p.parts]
    assert [str(p.relative_to(ROOT)) for p in pages if inline.search(p.read_text(encoding="utf-8"))] == []


def test_every_file_a_page_names_is_there() -> None:
    """With the file names of production a missing one is no page without styles but a page that fails."""
    tag = re.compile(r"""{% static ['"]([^'"]+)['"]""")
    named = {(path, name) for path in templates() for name in tag.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 10
    assert [f"{path.relative_to(ROOT)}: {name}" for path, name in sorted(named) if finders.find(name) is None] == []


def test_the_project_speaks_of_itself_alone() -> None:
    outside = re.compile(r"\.\./shared|/work/|/root/\.|localhost:55432")
    files = [*sources(), *templates(), *(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    assert [str(p) for p in files if p.is_file() and outside.search(p.read_text(encoding="utf-8"))] == []


def test_no_city_is_named_outside_its_folder() -> None:
    """Names, codes, box and zone of a city stand in its folder (CITY_DIR); code, templates and tests read them."""
    city = re.compile(
        r"surabaya|dinkopumdag|3578|35\.78|asia/jakarta|\bWI(B|TA|T)\b|-7\.[0-9]+|112\.[0-9]+", re.IGNORECASE
    )
    folders = [*APPS, "tests", "bench", "bin", "deploy", "templates"]
    files = [
        path for name in folders for kind in ("py", "html", "txt", "typ") for path in (ROOT / name).rglob(f"*.{kind}")
    ]
    lines = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in files
        if not {"data", "vendor", "migrations"} & set(path.parts) and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if city.search(line) and "data/surabaya" not in line
    ]
    assert len(files) > 500
    assert lines == []


def test_rules_are_read_through_their_constants_alone() -> None:
    allowed = {"epeken/core/rules.py", "epeken/core/checks.py"}
    assert found(r"\bRule\.objects|\bRule\._default_manager", allowed=allowed) == []


def test_every_nouns_rules_are_found() -> None:
    """Core imports <app>/rules.py at the start; each names the rules.py of its nouns."""
    for app in ("umkm", "procurement", "orders"):
        nouns = {path.parent.name for path in (ROOT / app).glob("*/rules.py")}
        named = set(
            re.findall(rf"^from {app}\.(\w+) import rules", (ROOT / app / "rules.py").read_text(), re.MULTILINE)
        )
        assert nouns == named


# The admin has the theme's classes.
THEMED = ("templates/admin/", "templates/unfold/", "templates/core/web/decide.html")


def test_a_template_names_no_class_without_a_style() -> None:
    """A class nobody styles looks like a style that does not work: blocks that touch, a heading too large."""
    sheets = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "static/css").rglob("*.css"))
    known = set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", sheets))
    known |= {name.partition("--")[0] for name in known}
    named = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if str(path.relative_to(ROOT)).startswith(THEMED):
            continue
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "\0", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        words = {word for found in re.findall(r'class="([^"]*)"', text) for word in found.split()}
        named += [f"{path.relative_to(ROOT)}: {word}" for word in words if "\0" not in word and word not in known]
    assert named == []


def test_the_evidence_a_document_names_is_there() -> None:
    """docs/security.md says of each item which test proves it; a test that was renamed proves nothing there."""
    named = [ref for doc in (ROOT / "docs").glob("*.md") for ref in re.findall(r"`(tests/[^`\s]+)`", doc.read_text())]
    assert len(named) > 100
    lost = []
    for path, _sign, name in (ref.partition("::") for ref in named):
        files = sorted(ROOT.glob(path.rstrip("/")))
        if not files or (name and f"def {name}(" not in files[0].read_text(encoding="utf-8")):
            lost.append(f"{path} {name}")
    assert lost == []
