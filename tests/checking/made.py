"""Datasets and editions made by hand, for tests of matching: no file stands behind them."""

from collections.abc import Sequence
from datetime import date

import counterfoil as cf
from counterfoil.checking.datasets.model import (
    Cannot,
    Dataset,
    Edition,
    Indicator,
    PlaceColumn,
    Source,
    Time,
    Variant,
)
from counterfoil.checking.judge import asked_of
from counterfoil.checking.matches import Match
from counterfoil.checking.matching import find
from counterfoil.checking.model import Unmatched
from counterfoil.checking.pins import parse_pin
from counterfoil.reading.model import Figure, Kind, Precision

AT = (PlaceColumn("country", "country", "iso3"), PlaceColumn("admin1", "province"))
FROM_TO = (
    PlaceColumn("country", "coo", "iso3", "origin"),
    PlaceColumn("country", "coa", "iso3", "destination"),
)


def indicator(id: str, concept: str, **more: object) -> Indicator:
    plain: dict[str, object] = {
        "term": concept.replace("_", " "),
        "words": f"{concept.replace('_', ' ')}, by its own rule",
        "value": "1",
        "unit": "person",
        "kind": Kind.FLOW,
        **more,
    }
    return Indicator(id, concept, **plain)  # type: ignore[arg-type]


def dataset(id: str, *indicators: Indicator, **more: object) -> Dataset:
    plain: dict[str, object] = {
        "name": id.replace("-", " ").title(),
        "publisher": "Ledger Institute",
        "names": ("Ledger Institute",),
        "licence": "CC BY 4.0",
        "url": "https://example.org",
        "cite": "Made for tests.",
        "definition": "Made for tests.",
        "differs": (),
        "source": Source(),
        "columns": (),
        "time": Time("day"),
        "places": AT,
        "variants": (),
        "cannot": (),
        "digest": "0" * 64,
        "text": "",
        **more,
    }
    return Dataset(id=id, indicators=indicators, **plain)  # type: ignore[arg-type]


def edition(of: Dataset, first: str = "2015-01-01", last: str = "2024-12-31", name: str = "1") -> Edition:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return Edition(of, name, "nowhere.duckdb", (("a.csv", "1" * 64, 10),), 100, (), *days, days[1], "2025-01-01")


KILLED = indicator("deaths", "killed", context="in all violence", distance=0.4, variants=("civilians", "no-border"))
EVENTS = dataset(
    "events",
    KILLED,
    indicator("attacks", "attack", unit="event"),
    variants=(
        Variant("civilians", "definition", "civilians alone", population="civilians", score=0.5),
        Variant("no-border", "place", "without the border strip", "zone <> 'strip'", 0.8),
    ),
    cannot=(Cannot("suicide_attack", "it has no column for the kind of attack: suicide attacks cannot be counted"),),
)
REFUGEES = dataset(
    "camps",
    indicator("refugees", "refugees", kind=Kind.STOCK, additive="stock", population="refugees"),
    indicator("arrivals", "resettled"),
    places=FROM_TO,
    time=Time("year", precision=Precision.YEAR),
)
YEARS = dataset("people", indicator("population", "population", kind=Kind.STOCK, additive="stock"))
HELD = (edition(EVENTS), edition(REFUGEES), edition(YEARS))


def figures(sentence: str, published: str = "2025-01-15") -> tuple[cf.Account, tuple[Figure, ...]]:
    document = cf.from_text(sentence, cf.Options(published=date.fromisoformat(published)))
    account = cf.read(document, engine="rules")
    return account, account.figures


def matched(
    sentence: str, editions: Sequence[Edition] = HELD, pin: str = ""
) -> tuple[tuple[Match, ...], tuple[Unmatched, ...]]:
    """Return what is found for the first figure of the sentence."""
    account, (figure, *_) = figures(sentence)
    claim, wording = asked_of(account, figure)
    return find(figure, claim, wording, editions, (parse_pin(pin),) if pin else ())
