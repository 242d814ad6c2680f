"""The taxonomy of measures: what figures count, how each differs from its neighbours, its codes elsewhere.

All words stand in lexicon/measures.toml; docs/measures.md is made from it by `reference`.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

_DIMENSIONS = {
    "distance": "m km mi ft in cm mm um yd nmi mile light-year ly nm dm league",
    "speed": "km/h mph m/s kn knot kph ft/s km/s",
    "mass": "kg t g mg lb oz ton st ct karat",
    "area": "m2 km2 ha acre ft2 mi2 yd2 cm2 sq_mi",
    "volume": "L m3 gal bbl mL ft3 km3 cm3 imp_gal bbl/day m3/s m3/day m3/year pt qt",
    "temperature": "degC degF K",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure of the taxonomy.

    label     the label format's concept.  rank  4 to 0: the higher decides.
    kind      "stock", "flow", "either", or the kind itself.
    movement  one of the words for the movement of people; nature "forced", "voluntary", "assisted", "unstated".
    moves     whether places beside it are origins and destinations: movements, and the displaced and refugees.
    harm      whether words beside it may say what brought it about.
    instead   what its verb says of things that other measures name: refugees who are "admitted" are resettled.
    subjects  words that, anywhere in the article, make its ambiguous nouns count this.
    codes     nearest codes elsewhere: "helix", "ucdp", "acled", "hxl", "unhcr".
    """

    code: str
    label: str
    rank: int
    unit: str
    kind: str
    goes_with: frozenset[str]
    needs: str
    movement: bool
    moves: bool
    harm: bool
    nature: str
    cause: str
    instead: dict[str, str]
    subjects: tuple[str, ...]
    definition: str
    differs: str
    terms: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]


class _Pattern(NamedTuple):
    """The words of a term after its first ("_" is a gap), and what the term says: its section and value there."""

    rest: tuple[str, ...]
    section: str
    value: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    entries: dict[str, Entry]
    patterns: dict[str, dict[str, list[_Pattern]]]  # by first and second word; "" for terms of one word
    auxiliaries: frozenset[str]
    void: frozenset[str]
    pronouns: frozenset[str]
    scales: frozenset[str]
    stops: frozenset[str]
    lead: frozenset[str]
    plain: frozenset[str]
    partial: frozenset[str]
    transitive: frozenset[str]
    person_endings: tuple[str, ...]
    no_persons: frozenset[str]
    dimensions: dict[str, str]
    scale_words: dict[str, frozenset[str]]


def label(code: str) -> str:
    """Return the label format's concept for a code of the taxonomy; "other" for codes that it does not know."""
    entry = vocabulary().entries.get(code)
    return entry.label if entry else "other"


def measure(code: str) -> Entry | None:
    """Return the entry of the taxonomy: definition, neighbours, movement, nature, codes elsewhere."""
    return vocabulary().entries.get(code)


def taxonomy() -> tuple[Entry, ...]:
    """Return all measures in the order of the lexicon."""
    return tuple(vocabulary().entries.values())


def reference() -> str:
    """Return the page docs/measures.md: every measure, how it differs from its neighbours, its codes elsewhere."""
    lines = [
        "# Measures",
        "",
        "What figures count. Each measure has a code, a concept of the label format, a definition and a word on how it",
        "differs from its neighbours. The words that decide it stand in `reading/lexicon/measures.toml`, from which",
        "`make docs` makes this page. The article's own words are kept beside the code.",
        "",
        "| code | label | unit | kind |",
        "|---|---|---|---|",
    ]
    lines += [f"| [{e.code}](#{e.code}) | {e.label} | {e.unit or 'currency'} | {e.kind} |" for e in taxonomy()]
    moving = [e for e in taxonomy() if e.movement]
    lines += ["", "## Words for one movement", ""]
    lines += ["Sources name one movement of people by different words. They are related, never equal.", ""]
    lines += ["| code | nature |", "|---|---|", *(f"| [{e.code}](#{e.code}) | {e.nature} |" for e in moving)]
    lines += ["", "## Codes elsewhere", ""]
    lines += ["The nearest term or category of others. Measures without a row have none: their code is ours alone."]
    lines += ["HXL has no attribute for deported and for returned voluntarily: these two are ours as well.", ""]
    lines += [f"| code | {' | '.join(_ELSEWHERE.values())} |", "|---" * (1 + len(_ELSEWHERE)) + "|"]
    for entry in taxonomy():
        if entry.codes:
            codes = dict(entry.codes)
            lines.append(f"| [{entry.code}](#{entry.code}) | {' | '.join(codes.get(k, '') for k in _ELSEWHERE)} |")
    lines += ["", "## Causes", ""]
    lines += ["What brought harm or flight about, read from words beside the number that say so, else left open.", ""]
    lines += ["| cause | Helix | in words |", "|---|---|---|"]
    lines += [f"| {cause} | {codes} | {words} |" for cause, codes, words in _CAUSES]
    for entry in taxonomy():
        lines += ["", f"## {entry.code}", "", entry.definition, "", f"**Differs.** {entry.differs}"]
        if entry.cause:
            lines += ["", f"**Cause.** {entry.cause}"]
    return "\n".join(lines) + "\n"


@cache
def vocabulary() -> Vocabulary:
    """Read the lexicon from the package, once."""
    import tomllib

    data = tomllib.loads(files("counterfoil.reading").joinpath("lexicon/measures.toml").read_text("utf-8"))
    patterns: dict[str, dict[str, list[_Pattern]]] = {}

    def add(phrase: str, section: str, value: str) -> None:
        for words in expand(phrase):
            second = words[1] if len(words) > 1 else ""
            patterns.setdefault(words[0], {}).setdefault(second, []).append(_Pattern(words[1:], section, value))

    entries: dict[str, Entry] = {}
    for row in data["measure"]:
        code = row["code"]
        unit = row["unit"]
        entries[code] = Entry(
            code=code,
            label=row.get("label", code),
            rank=row["rank"],
            unit=unit,
            kind=row["kind"],
            goes_with=frozenset(row.get("goes_with", unit).split()),
            needs=row.get("needs", ""),
            movement=row.get("movement", False),
            moves=row.get("moves", row.get("movement", False)),
            harm=row.get("harm", False),
            nature=row.get("nature", ""),
            cause=row.get("cause", ""),
            instead=row.get("instead", {}),
            subjects=tuple(_phrases(row.get("subjects", ""))),
            definition=row["definition"],
            differs=row["differs"],
            terms=tuple(p for name in ("terms", "weak", "nouns") for p in _phrases(row.get(name, ""))),
            codes=tuple((k, row[k]) for k in _ELSEWHERE if k in row),
        )
        for section in ("terms", "weak", "nouns", "ambiguous"):
            for phrase in _phrases(row.get(section, "")):
                add(phrase, section, code)
    nouns = data["nouns"]
    for unit in ("item", "person", "household", "event", "building", "vehicle", "animal", "vote", "seat", "other"):
        for noun in _phrases(nouns[unit]):
            for form in dict.fromkeys((noun, _plural(noun))):
                add(form, "unit", unit)
    for table in ("kinds", "directions", "modality", "tally", "causes", "inert"):
        for section, phrases in data[table].items():
            if section != "auxiliaries":
                for phrase in _phrases(phrases):
                    add(phrase, section, section)
    return Vocabulary(
        entries=entries,
        patterns=patterns,
        auxiliaries=frozenset(_phrases(data["kinds"]["auxiliaries"])),
        scales=frozenset(_phrases(nouns["scales"])),
        pronouns=frozenset(_phrases(nouns["pronouns"])),
        void=frozenset(_phrases(nouns["void"])),
        stops=frozenset(_phrases(nouns["stops"])),
        lead=frozenset(_phrases(nouns["lead"])),
        plain=frozenset(_phrases(nouns["plain"])),
        partial=frozenset(_phrases(nouns["partial"])),
        transitive=frozenset(_phrases(nouns["transitive"])),
        person_endings=tuple(_phrases(nouns["person_endings"])),
        no_persons=frozenset(_phrases(nouns["not_person_endings"])),
        scale_words={name: frozenset(_phrases(words)) for name, words in data["bare"].items()},
        dimensions={unit: code for code, units in _DIMENSIONS.items() for unit in units.split()},
    )


_ELSEWHERE = {"helix": "Helix", "ucdp": "UCDP", "acled": "ACLED", "hxl": "HXL", "unhcr": "UNHCR"}
_CAUSES = (
    ("conflict", "CONFLICT", "war, fighting, attacks, shelling, mines"),
    ("crime", "OTHER; CONFLICT where it displaces", "gangs, cartels, bandits, murder"),
    ("disaster", "DISASTER", "earthquakes, floods, storms, landslides, drought, fires of forests"),
    ("disease", "OTHER", "epidemics and infections"),
    ("hunger", "OTHER", "famine, malnutrition"),
    ("accident", "OTHER (technical disaster)", "crashes, wrecks, collapses, stampedes"),
)


def _phrases(several: str) -> list[str]:
    return [phrase.strip() for phrase in several.split(";") if phrase.strip()]


def expand(phrase: str) -> list[tuple[str, ...]]:
    """Return the word sequences that a phrase stands for: "kill(|s|ed)" is kill, kills, killed."""
    plain = phrase.lower().replace("-", " ").replace("'", " ")
    if "(" not in plain:
        return [tuple(plain.split())]
    pieces = [piece.split("|") for piece in plain.replace(")", "(").split("(")]
    return list(dict.fromkeys(tuple(words) for choice in product(*pieces) if (words := "".join(choice).split())))


def _plural(noun: str) -> str:
    if noun.endswith(("ss", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("s"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"
