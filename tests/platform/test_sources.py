"""What `make demo` looks at to know whether its database is still as made."""

from pathlib import Path

from epeken.supervisor import places
from epeken.supervisor.demo import database_sources


def test_every_source_of_the_demo_city_is_there(tmp_path: Path) -> None:
    place = places.prepare(tmp_path / "var")
    sources = [source for source in database_sources(place) if place.home not in source.parents]

    assert [str(source) for source in sources if not source.exists()] == []
    names = {source.name for source in sources}
    assert {"demo", "seed_demo.py", "requirements.txt", "0001_initial.py"} <= names
