from tests.core.conftest import together  # noqa: F401  the fixture
