"""Small editions, really imported: a description and a few rows, written by us for the tests."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import counterfoil as cf
from counterfoil.checking import Edition, open_editions
from counterfoil.checking.datasets import catalogue, editions, importing
from counterfoil.checking.model import Verdict

# Each indicator is of a country; the days, or the years, are each description's own.
COUNTRY = """
[[columns]]
name = "iso"

[[places]]
level = "country"
column = "iso"
scheme = "iso3"
"""
DAY = """
[[columns]]
name = "day"
type = "date"
formats = ["%Y-%m-%d"]
"""


def described(id: str, name: str, definition: str, *, publisher: str = "", empty: Sequence[str] = ()) -> str:
    """Return the head of a description of a CSV file; `empty`: which of its lists hold nothing."""
    publisher = publisher or name
    return f"""
id = "{id}"
name = "{name}"
publisher = "{publisher}"
names = ["{publisher}"]
licence = "CC0"
url = "https://example.org/{publisher.partition(" ")[0].lower()}"
cite = "Written for tests."
definition = "{definition}"
differs = []
{"".join(f"{one} = []" + chr(10) for one in empty)}
[source]
format = "csv"
"""


BARE = ("variants", "cannot")

INCIDENTS = (
    described(
        "{id}",
        "Harbour Register of Incidents",
        "Incidents of violence, one row each, with the dead.",
        publisher="Harbour Register",
    )
    + """
[time]
start = "day"
end = "last"
precision = "day"
{time}
"""
    + DAY
    + DAY.replace("day", "last")
    + COUNTRY
    + """
[[columns]]
name = "zone"
needed = false

[[columns]]
name = "dead"
type = "integer"

[[columns]]
name = "civilians"
type = "integer"

[[indicators]]
id = "attacks"
concept = "attack"
term = "attacks"
words = "attacks"
value = "1"
unit = "event"
kind = "flow"
distance = {distance}
variants = ["mainland", "within"]

[[indicators]]
id = "dead"
concept = "killed"
term = "killed"
words = "people killed in all violence"
value = "dead"
unit = "person"
kind = "flow"
population = "people"
context = "in all violence"
distance = {distance}
variants = ["mainland", "within"]

[[indicators]]
id = "civilians"
concept = "killed"
term = "killed"
words = "civilians killed in all violence"
value = "civilians"
unit = "person"
kind = "flow"
population = "civilians"
context = "in all violence"
distance = {distance}
variants = ["mainland"]

[[variants]]
id = "mainland"
axis = "place"
words = "without the strip"
where = "zone IS DISTINCT FROM 'strip'"
score = 0.8

[[variants]]
id = "within"
axis = "dating"
words = "without incidents over a month's end"
dated = "within"
score = 0.7

[[cannot]]
concept = "suicide_attack"
why = "The register has no column for the kind of attack: suicide attacks cannot be counted."
"""
)

STOCK = (
    described("{id}", "Camp Survey", "People displaced, by round.", empty=BARE)
    + """
[time]
start = "day"
precision = "day"
"""
    + DAY
    + COUNTRY
    + """
[[columns]]
name = "present"
type = "integer"

[[indicators]]
id = "present"
concept = "displaced"
term = "displaced"
words = "people displaced at the day of the round"
value = "present"
unit = "person"
kind = "stock"
population = "people"
additive = "stock"
"""
)

PEOPLE = (
    described("people", "Census Office", "People who live in a country at the middle of a year.", empty=BARE)
    + """
[time]
start = "make_date(year, 1, 1)"
end = "make_date(year, 12, 31)"
precision = "year"

[[columns]]
name = "year"
type = "integer"

[[columns]]
name = "people"
type = "integer"
"""
    + COUNTRY
    + """
[[indicators]]
id = "people"
concept = "population"
term = "population"
words = "people who live there"
value = "people"
unit = "person"
kind = "stock"
population = "people"
additive = "stock"
"""
)

Row = tuple[str, str, int, int, str]  # first day, last day, dead, civilians among them, zone


def incidents(
    home: Path,
    rows: Iterable[Row],
    *,
    id: str = "register",
    distance: float = 0.0,
    time: str = "",
    name: str = "1",
    released: str | None = None,
    iso: str = "KEN",
    since: str | None = None,
    until: str | None = None,
) -> Edition:
    """Import incidents in one country; the register covers whole years unless told otherwise."""
    rows = list(rows)
    since = since or f"{min(row[0] for row in rows)[:4]}-01-01"
    until = until or f"{max(row[0] for row in rows)[:4]}-12-31"
    lines = [f"{first},{last},{iso},{zone},{dead},{civilians}" for first, last, dead, civilians, zone in rows]
    text = "day,last,iso,zone,dead,civilians\n" + "\n".join(lines) + "\n"
    return add(
        home,
        INCIDENTS.format(id=id, distance=distance, time=f"since = {since}\n{time}"),
        text,
        name,
        released=released,
        until=until,
    )


def add(
    home: Path,
    description: str,
    text: str,
    name: str,
    *,
    released: str | None = None,
    until: str | None = None,
) -> Edition:
    """Import one table of a description, and return the edition."""
    wanted = (description, text, name, released, until)
    target = editions.path_of(home, catalogue.parse(description).id, name)
    if target.exists():  # how an import answers to what is there is its own to say
        return _imported(home, *wanted)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_file(*wanted))
    return editions.edition_at(target)


@lru_cache(maxsize=32)  # of a megabyte each
def _file(description: str, text: str, name: str, released: str | None, until: str | None) -> bytes:
    """Return the file of an edition: tests that begin with the same rows import them once."""
    with TemporaryDirectory() as folder:
        edition = _imported(Path(folder) / "home", description, text, name, released, until)
        return Path(edition.path).read_bytes()


def _imported(home: Path, description: str, text: str, name: str, released: str | None, until: str | None) -> Edition:
    file = home.parent / f"{name}-{len(text)}.csv"
    file.write_text(text, encoding="utf-8")
    days = [None if day is None else date.fromisoformat(day) for day in (released, until)]
    options = importing.Options(edition=name, released=days[0], until=days[1])
    return importing.add([file], catalogue.parse(description), home=home, options=options).edition


def spread(year: int, count: int, *, dead: int = 1, civilians: int = 0, zone: str = "main") -> list[Row]:
    """Return so many incidents, evenly over a year."""
    first = date(year, 1, 1)
    step = 365 / count
    days = [(first + timedelta(int((i + 0.5) * step))).isoformat() for i in range(count)]
    return [(day, day, dead, civilians, zone) for day in days]


def verdicts(
    home: Path, sentence: str, *, published: str = "2025-01-15", pins: Sequence[str] = (), head: str = ""
) -> list[Verdict]:
    """Return the verdicts on the figures of a sentence, read by rules and checked against the editions in `home`."""
    document = cf.from_text(head + sentence, cf.Options(published=date.fromisoformat(published)))
    return list(cf.check(document, engine="rules", data=open_editions(home), pins=pins).checks)
