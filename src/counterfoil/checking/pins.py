"""A user's own word on which measure a figure is to be checked against: "60%=ucdp-ged@22.1.deaths"."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from counterfoil.checking.datasets.model import Edition
from counterfoil.errors import InputError
from counterfoil.reading.model import Figure

FORM = "WORDS=DATASET[@EDITION].INDICATOR"
MOST_NAMED = 12  # names listed in a message where none is near


@dataclass(frozen=True, slots=True)
class Pin:
    """What a user wants a figure checked against.

    words    the number as the article has it, or the figure's id.
    edition  None for every edition that is held.
    """

    words: str
    dataset: str
    edition: str | None
    indicator: str


def parse_pin(text: str) -> Pin:
    """Read a pin as it is typed.

    Raises  InputError for other forms.

    >>> parse_pin("60%=ucdp-ged@22.1.deaths")
    Pin(words='60%', dataset='ucdp-ged', edition='22.1', indicator='deaths')
    """
    words, _, target = text.rpartition("=")
    source, _, indicator = target.rpartition(".")
    dataset, at, edition = source.partition("@")
    parts = (words.strip(), dataset.strip(), indicator.strip())
    if not all(parts) or (at and not edition.strip()):
        raise InputError(f"no pin: {text!r}", "--pin", f"write it as {FORM}, e.g. 60%=ucdp-ged@22.1.deaths")
    return Pin(*parts[:2], edition.strip() or None, parts[2])


def pinned(pins: Sequence[Pin], figure: Figure) -> tuple[Pin, ...]:
    """Return the pins that speak of this figure."""
    written = " ".join(figure.number.anchor.quote.split()).casefold()
    return tuple(p for p in pins if p.words == figure.id or " ".join(p.words.split()).casefold() == written)


def assert_named(pins: Sequence[Pin], editions: Sequence[Edition], figures: Sequence[Figure]) -> None:
    """See that each pin names a figure of the article and a measure of an edition that is held.

    Raises  InputError that lists all pins that name nothing, each with near names.
    """
    faults = [fault for pin in pins for fault in _faults(pin, editions, figures)]
    if faults:
        raise InputError("\n".join(faults), "--pin", f"write it as {FORM}; `counterfoil data list` shows what is held")


def _faults(pin: Pin, editions: Sequence[Edition], figures: Sequence[Figure]) -> list[str]:
    found: list[str] = []
    if not any(pinned((pin,), figure) for figure in figures):
        numbers = list(dict.fromkeys(" ".join(f.number.anchor.quote.split()) for f in figures))
        found.append(f"no figure of the article is written {pin.words!r}: {_near(pin.words, numbers)}")
    of_dataset = [e for e in editions if e.dataset.id == pin.dataset]
    if not of_dataset:
        known = list(dict.fromkeys(e.dataset.id for e in editions))
        found.append(f"no edition of a dataset {pin.dataset!r} is held: {_near(pin.dataset, known)}")
        return found
    named = [e for e in of_dataset if pin.edition in (None, e.name)]
    if not named:
        names = [e.name for e in of_dataset]
        found.append(f"no edition {pin.edition!r} of {pin.dataset} is held: {_near(pin.edition or '', names)}")
    indicators = list(dict.fromkeys(i.id for e in named or of_dataset for i in e.dataset.indicators))
    if pin.indicator not in indicators:
        found.append(f"{pin.dataset} counts no {pin.indicator!r}: {_near(pin.indicator, indicators)}")
    return found


def _near(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, 3)
    if near:
        return f"did you mean {' or '.join(map(repr, near))}?"
    if not known:
        return "there are none"
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return f"there are {', '.join(map(repr, known[:MOST_NAMED]))}{more}"
