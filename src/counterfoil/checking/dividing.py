"""What a rate or a share is divided by: the people who live there, or the whole that is counted alike. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from counterfoil.checking.counting import opens, profile_of
from counterfoil.checking.covering import coverage
from counterfoil.checking.datasets.model import Edition, Indicator
from counterfoil.checking.locating import nationality
from counterfoil.checking.matches import DIRECT, Match, Where
from counterfoil.checking.model import Unmatched
from counterfoil.checking.restrictions import Wording
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Outcome, Profile
from counterfoil.comparing.wording import thing_words
from counterfoil.reading.model import Figure, Kind


def divide_rates(matches: Iterable[Match], editions: Sequence[Edition]) -> list[Match | Unmatched]:
    """Give each match of a rate the population that it is a rate of, or say that there is none."""
    populations = [
        (edition, indicator, covered)
        for edition in editions
        for indicator in edition.dataset.indicators
        if indicator.concept == "population" and indicator.kind is Kind.STOCK
        if indicator.population in ("", "people")
        if (covered := coverage(edition)) is not None
    ]
    found: list[Match | Unmatched] = []
    for match in matches:
        where = [w for w in match.filters if w.level == "country"]
        if not populations or len(where) != len(match.filters) or len(where) != 1:
            why = "a rate needs the number of people who live there, and no edition that is held tells it"
            found.append(Unmatched(match.edition.dataset.name, match.edition.name, why))
            continue
        edition, indicator, covered = max(populations, key=lambda p: p[2][1])
        line = f"denominator: {indicator.words} ({edition.dataset.name}, {edition.name})"
        divisor = _divisor(edition, indicator, covered, (Where(where[0].place, "country", "at"),))
        found.append(replace(match, divisor=divisor, reasons=(*match.reasons, line)))
    return found


_SHARE_IS = re.compile(r"\s*(?:is|are|was|were|being|have been|has been|had been)\b", re.IGNORECASE)


def _names_the_whole(figure: Figure, wording: Wording) -> bool:
    """Say whether the people that a share names are those it is a share of: "80 percent of civilians"."""
    at = figure.number.anchor.span.end
    if figure.what is None or figure.what.span.start < at:
        return False
    return _SHARE_IS.match(wording.seen.text[at : figure.what.span.start]) is None


def divide_shares(
    matches: Iterable[Match], figure: Figure, claim: Profile, wording: Wording
) -> list[Match | Unmatched]:
    """Give each match of a share the whole that it is a share of, counted in the same way, or say why there is none."""
    found: list[Match | Unmatched] = []
    if claim.restricted and _names_the_whole(figure, wording):
        why = f"the words tell a share of {claim.population}, and the record counts no part of them apart"
        return [Unmatched(match.edition.dataset.name, match.edition.name, why) for match in matches]
    for match in matches:
        dataset, indicator = match.edition.dataset, match.indicator
        part = profile_of(dataset, indicator, match.chosen[0] if match.chosen else None)
        if nationality(claim) is not None and {w.role for w in match.filters} >= {"origin", "destination"}:
            rest = tuple(w for w in match.filters if w.role != "origin")
            line = f"denominator: {indicator.words}, of all nationalities"
            whole = _divisor(match.edition, indicator, match.covered, rest)
            found.append(replace(match, divisor=whole, reasons=(*match.reasons, line)))
            continue
        if claim.restricted is not None and claim.restricted <= _names_of(claim.code):
            why = f"the words, as they were read, do not say which part of all {thing_words(claim.code)} they tell of"
            found.append(Unmatched(dataset.name, match.edition.name, why))
            continue
        wholes = [
            other
            for other in dataset.indicators
            if other.concept == indicator.concept and other.kind is indicator.kind and other.unit == indicator.unit
            if not profile_of(dataset, other).restricted and profile_of(dataset, other).context == part.context
        ]
        exact = match.outcomes["population"].word == axes.SAME and bool(claim.restricted) and bool(part.restricted)
        if not exact or not wholes:
            why = (
                "the words, as they were read, do not say whose share it is"
                if not claim.restricted
                else ("it does not count both the part and the whole that the share is of")
            )
            found.append(Unmatched(dataset.name, match.edition.name, why))
            continue
        line = f"denominator: {wholes[0].words}"
        divisor = _divisor(match.edition, wholes[0], match.covered, match.filters)
        found.append(replace(match, divisor=divisor, reasons=(*match.reasons, line)))
    return found


def _names_of(code: str) -> frozenset[str]:
    """Return the words of a population that say no more than what is counted: "refugees" of refugees."""
    return frozenset({code, _plain(code), code.removesuffix("s"), _plain(code).removesuffix("s")})


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _divisor(edition: Edition, indicator: Indicator, covered: tuple[date, date], filters: tuple[Where, ...]) -> Match:
    """Return a measure as the whole or the people that others are divided by: every row counts."""
    same = Outcome(axes.SAME, "all of them")
    opened = tuple(v for v in edition.dataset.variants if v.id in indicator.variants and opens(v))
    return Match(edition, indicator, {"measure": same}, DIRECT, (), opened, (), filters, covered, (), False, False)
