"""Entries as linked data, back without loss: schema.org's Observation, Claim and Quotation, W3C's PROV-O.

Each entry is an Observation; the sentence that it stands in is a Claim, made by whoever said it, which appears in an
Article; the number's own words are a Quotation. What schema.org has no term for stands under `cf:`. One node stands on
each line, so that a file of any size is read with little memory.

A ClaimReview is written only where a person has marked the verdict of an entry as right; nothing is rated by itself.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterfoil.errors import InputError
from counterfoil.ledger.exchange.cells import NEEDED, READERS, parsed, refuse, text
from counterfoil.ledger.exchange.lines import EDITION
from counterfoil.ledger.exchange.sentence import days, sentence
from counterfoil.ledger.model import FIELDS, Author, Choice, Entry, KeptRelation, Review
from counterfoil.ledger.rows import time_words

NAMESPACE = "urn:counterfoil:"
_DECIMALS = ("minValue", "maxValue", "cf:said_low", "cf:said_high", "cf:household_size")
_DAYS = ("cf:first", "cf:last", "cf:baseline_first", "cf:baseline_last", "cf:as_of", "datePublished")
_TIMES = ("cf:retrieved", "dateCreated", "dateModified")
CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "cf": NAMESPACE,
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: {"@type": "xsd:decimal"} for name in _DECIMALS},
    **{name: {"@type": "xsd:date"} for name in _DAYS},
    **{name: {"@type": "xsd:dateTime"} for name in _TIMES},
    **{name: {"@type": "@id"} for name in ("prov:wasDerivedFrom", "prov:wasRevisionOf", "prov:wasQuotedFrom")},
}
_ABOUT, _CLAIM = ("observationAbout",), ("subjectOf",)
_ARTICLE, _QUOTE = (*_CLAIM, "appearance"), (*_CLAIM, "hasPart")
# Where each field of an entry stands; one that is not named here stands in the Observation as cf: and its name.
_PATHS: dict[str, tuple[str, ...]] = {
    "id": ("identifier",),
    "low": ("minValue",),
    "high": ("maxValue",),
    "unit": ("unitText",),
    "measure": ("variableMeasured",),
    "hedge": ("measurementQualifier",),
    "place": (*_ABOUT, "name"),
    "country": (*_ABOUT, "address", "addressCountry"),
    "admin1": (*_ABOUT, "address", "addressRegion"),
    "latitude": (*_ABOUT, "geo", "latitude"),
    "longitude": (*_ABOUT, "geo", "longitude"),
    "level": (*_ABOUT, "cf:level"),
    "excerpt": (*_CLAIM, "text"),
    "claimant": (*_CLAIM, "author", "name"),
    "claimant_kind": (*_CLAIM, "author", "cf:claimant_kind"),
    "quote": (*_QUOTE, "text"),
    "prefix": (*_QUOTE, "cf:prefix"),
    "suffix": (*_QUOTE, "cf:suffix"),
    "start": (*_QUOTE, "cf:start"),
    "end": (*_QUOTE, "cf:end"),
    "title": (*_ARTICLE, "headline"),
    "url": (*_ARTICLE, "url"),
    "outlet": (*_ARTICLE, "publisher", "name"),
    "published": (*_ARTICLE, "datePublished"),
    "document": (*_ARTICLE, "cf:sha256"),
    "source": (*_ARTICLE, "cf:source"),
    "retrieved": (*_ARTICLE, "cf:retrieved"),
    "created_by": ("creator",),
    "created_at": ("dateCreated",),
    "updated_by": ("editor",),
    "updated_at": ("dateModified",),
}
PATHS = {name: _PATHS.get(name, (f"cf:{name}",)) for name in FIELDS}
_NUMBERS = {"version", "start", "end", "latitude", "longitude", "certainty"}  # numbers in JSON; others are words
_TYPES: dict[tuple[str, ...], str] = {
    (): "Observation",
    _ABOUT: "Place",
    (*_ABOUT, "address"): "PostalAddress",
    (*_ABOUT, "geo"): "GeoCoordinates",
    _CLAIM: "Claim",
    _QUOTE: "Quotation",
    _ARTICLE: "Article",
    (*_ARTICLE, "publisher"): "Organization",
}
# Who copies is derived from whom it copies; who takes the place of another is a revision of it.
_PROVENANCE = {
    **dict.fromkeys(("copies", "relays", "rounds"), "prov:wasDerivedFrom"),
    **dict.fromkeys(("supersedes", "revises"), "prov:wasRevisionOf"),
}
_MEND = "give a file as `ledger export` wrote it"
_HEAD = f'{{"@context":{json.dumps(CONTEXT)},"@graph":['


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the ledger knows of an entry beside it.

    relations  of the entry, with what people decided on them.
    rating     the review by which a person confirmed its verdict, as it stands; None where nobody did.
    names      whether the reviewer may be named.
    """

    relations: tuple[KeptRelation, ...] = ()
    rating: Review | None = None
    names: bool = True


ALONE = Surroundings()


def write(
    entries: Iterable[Entry],
    target: Path,
    *,
    surroundings: Callable[[Entry], Surroundings] = lambda entry: ALONE,
    edition: str = "",
) -> int:
    """Write entries to a file, one node to a line, each entry with the mark of its edition, if any; return how many."""
    count = 0
    mark = {f"cf:{EDITION}": edition} if edition else {}
    with target.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for entry in entries:
            near = surroundings(entry)
            for node in (observation(entry, near.relations) | mark, *claim_review(entry, near)):
                file.write(f"{',' if count or node['@type'] == 'ClaimReview' else ''}\n{json.dumps(node)}")
            count += 1
        file.write("\n]}\n")
    return count


def observation(entry: Entry, relations: Iterable[KeptRelation] = ()) -> dict[str, Any]:
    """Return an entry as a node."""
    node: dict[str, Any] = {"@id": f"{NAMESPACE}entry:{entry.id}"}
    for name, path in PATHS.items():
        value = getattr(entry, name)
        if value is None or value == "":
            continue
        place = node
        for step in path[:-1]:
            place = place.setdefault(step, {})
        place[path[-1]] = value if name in _NUMBERS or isinstance(value, bool) else text(value)
    for path, kind in _TYPES.items():
        place = node
        for step in path:
            place = place.get(step, {}) if isinstance(place, dict) else {}
        if place:
            place["@type"] = kind
    claim = node.get("subjectOf", {})
    if "author" in claim:
        claim["author"]["@type"] = "Person" if entry.claimant_kind == "person" else "Organization"
    if "text" in claim:
        claim["@id"] = f"{NAMESPACE}claim:{entry.id}"
    if entry.document:
        claim.setdefault("appearance", {"@type": "Article"})["@id"] = f"{NAMESPACE}article:{entry.document}"
        node["prov:wasQuotedFrom"] = f"{NAMESPACE}article:{entry.document}"
    node["description"] = sentence(entry)
    when = days(entry.first, entry.last)
    if when:
        node["observationPeriod"] = f"{text(entry.first) or '..'}/{text(entry.last) or '..'}"  # ISO 8601-2, open ends
    for one in relations:
        term = _PROVENANCE.get(one.kind)
        if term and one.a == entry.id and one.b and one.choice is not Choice.REJECTED:
            node.setdefault(term, []).append(f"{NAMESPACE}entry:{one.b}")
    return node


def claim_review(entry: Entry, near: Surroundings) -> Iterator[dict[str, Any]]:
    """Yield the review of a claim whose verdict a person has confirmed."""
    if near.rating is None or not entry.verdict:
        return
    node: dict[str, Any] = {
        "@id": f"{NAMESPACE}review:{entry.id}",
        "@type": "ClaimReview",
        "claimReviewed": entry.excerpt or sentence(entry),
        "itemReviewed": {"@id": f"{NAMESPACE}claim:{entry.id}"},
        "reviewRating": {"@type": "Rating", "alternateName": entry.verdict},
        "datePublished": time_words(near.rating.at)[:10],
    }
    if near.names:
        node["author"] = {"@type": "Person", "name": near.rating.by}
        if near.rating.comment:
            node["reviewBody"] = near.rating.comment
    yield node


def read(source: Path, author: Author) -> Iterator[Entry]:
    """Yield the entries of a file; raises `InputError` that lists every fault, after the last good entry."""
    del author  # every node tells who made it
    faults: list[str] = []
    for where, node in _nodes(source):
        kinds = node.get("@type") if isinstance(node, dict) else None
        if "Observation" in (kinds if isinstance(kinds, list) else [kinds]):
            entry = _entry(node, where, faults)
            if entry is not None and not faults:
                yield entry
        elif kinds != "ClaimReview":
            faults.append(f"{where}: no Observation")
    refuse(faults, str(source), _MEND)


def _nodes(source: Path) -> Iterator[tuple[str, Any]]:
    """Yield the nodes of a file: line by line where we wrote it, else the whole at once."""
    try:
        with source.open(encoding="utf-8") as file:
            if file.readline().rstrip("\n") == _HEAD:
                for number, line in enumerate(file, 2):
                    bare = line.strip().rstrip(",")
                    if bare == "]}":
                        return
                    yield f"line {number}", json.loads(bare)
                raise InputError("the file breaks off", str(source), _MEND)
            file.seek(0)
            found = json.load(file)
    except UnicodeDecodeError as error:
        raise InputError(f"the file is not in UTF-8: byte {error.start}", str(source), "save it as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"the file is no JSON: {error}", str(source), _MEND) from None
    graph = found.get("@graph", [found]) if isinstance(found, dict) else found
    if not isinstance(graph, list):
        raise InputError("the file holds no list of nodes", str(source), _MEND)
    yield from ((f"node {number}", node) for number, node in enumerate(graph, 1))


def _entry(node: dict[str, Any], where: str, faults: list[str]) -> Entry | None:
    told = {}
    for name, path in PATHS.items():
        value: Any = node
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, dict) and "@value" in value:
            value = value["@value"]
        if isinstance(value, (dict, list)):
            faults.append(f"{where}, {'.'.join(path)}: no single value")
        elif value is not None:
            told[name] = text(value)
    missing = [
        f"{where}: no {'.'.join(PATHS[name])}"
        for name, (_, empty) in READERS.items()
        if empty is NEEDED and name not in told
    ]
    faults += missing
    return None if missing or (faults and faults[-1].startswith(f"{where},")) else parsed(told, where, faults)
