"""A small dataset of our own, and what imports it: tests change its description and its rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from counterfoil.checking.datasets import catalogue, importing
from counterfoil.checking.datasets.model import Dataset, Edition

DESCRIPTION = """
id = "desk-events"
name = "Events of the desk"
publisher = "A desk"
names = ["the desk"]
licence = "CC BY 4.0"
url = "https://example.org/events"
cite = "A desk (2024)"
definition = "Attacks that the desk knows, with their dead."
differs = { ucdp-ged = "counts from the first death on" }

[source]
key = ["id"]

[time]
start = "day"
end = "until"

[[columns]]
name = "id"
filled = true

[[columns]]
name = "day"
names = ["date"]
type = "date"
formats = ["%Y-%m-%d", "%d/%m/%Y"]
filled = true

[[columns]]
name = "until"
type = "date"
needed = false

[[columns]]
name = "country"

[[columns]]
name = "province"
needed = false

[[columns]]
name = "dead"
type = "integer"
least = 0

[[columns]]
name = "civilians"
type = "integer"
needed = false

[[places]]
level = "country"
column = "country"

[[places]]
level = "admin1"
column = "province"

[[indicators]]
id = "deaths"
concept = "killed"
term = "dead"
words = "people killed in attacks"
value = "dead"
unit = "person"
kind = "flow"
variants = ["civilians", "south", "by-end", "within", "spread"]

[[indicators]]
id = "attacks"
concept = "attack"
term = "attack"
words = "attacks"
value = "1"
unit = "event"
kind = "flow"

[[variants]]
id = "civilians"
axis = "definition"
words = "in which civilians died"
where = "civilians > 0"
score = 0.8

[[variants]]
id = "south"
axis = "place"
words = "in the south"
where = "province = 'South'"
score = 0.5

[[variants]]
id = "by-end"
axis = "dating"
words = "dated by their last day"
dated = "end"

[[variants]]
id = "within"
axis = "dating"
words = "without those over a month's end"
dated = "within"

[[variants]]
id = "spread"
axis = "dating"
words = "spread over their days"
dated = "spread"

[[cannot]]
concept = "injured"
why = "It has no column for the injured."
"""

ROWS = """id,day,until,country,province,dead,civilians
1,2023-01-05,2023-01-05,Pakistan,South Province,3,1
2,2023-01-31,2023-02-02,Pakistan,North,6,0
3,2023-03-10,2023-03-10,DR Congo (Zaire),,2,2
"""

Add = Callable[..., Edition]


@pytest.fixture
def description() -> str:
    return DESCRIPTION


@pytest.fixture
def rows() -> str:
    return ROWS


@pytest.fixture
def dataset() -> Dataset:
    return catalogue.parse(DESCRIPTION)


@pytest.fixture
def add(tmp_path: Path) -> Add:
    """Import rows (text, bytes or a file; several as a list) under a description, and return the edition."""

    def run(
        given: str | bytes | Path | list[str | bytes | Path] = ROWS,
        description: str = DESCRIPTION,
        *,
        name: str = "events.csv",
        **options: object,
    ) -> Edition:
        files = []
        for nth, one in enumerate(given if isinstance(given, list) else [given]):
            if isinstance(one, Path):
                files.append(one)
                continue
            path = tmp_path / (f"{nth}-{name}" if isinstance(given, list) else name)
            path.write_bytes(one if isinstance(one, bytes) else one.encode())
            files.append(path)
        return importing.add(
            files, catalogue.parse(description), home=tmp_path / "home", options=importing.Options(**options)
        ).edition

    return run
