"""The words that signal a statement, read from lexicon/cues.toml once, with every form that a verb takes."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Cue:
    """One verb as the lexicon gives it.

    belief  somebody is reported to hold, not to say.  frames  how it takes its content (see cues.toml).
    """

    lemma: str
    belief: bool
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a verb: `kinds` of "base", "s", "past", "participle" and "ing"."""

    cue: Cue
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """The lexicon; all words in lower case. `telling` holds every word that can begin a signal."""

    forms: dict[str, Form]
    every_noun: frozenset[str]
    telling: frozenset[str]
    passive: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    phrases: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]


def inflect(lemma: str) -> dict[str, str]:
    """Return the forms of a regular English verb, by kind."""
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return {"base": lemma, "s": lemma[:-1] + "ies", "past": lemma[:-1] + "ied", "ing": lemma + "ing"}
    s = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return {"base": lemma, "s": s, "past": lemma + "d", "ing": lemma[:-1] + "ing"}
    return {"base": lemma, "s": s, "past": lemma + "ed", "ing": lemma + "ing"}


def _forms(cue: Cue, irregular: str | None) -> list[tuple[str, str]]:
    if irregular is None:
        by_kind = inflect(cue.lemma)
        return [*((form, kind) for kind, form in by_kind.items()), (by_kind["past"], "participle")]
    s, *past, ing = irregular.split()
    participle = past[-1]
    return [(cue.lemma, "base"), (s, "s"), *((p, "past") for p in past), (participle, "participle"), (ing, "ing")]


@cache
def cues() -> Cues:
    """Read the lexicon from the package."""
    table = tomllib.loads((resources.files(__package__) / "lexicon" / "cues.toml").read_text("utf-8"))
    kinds: dict[str, tuple[Cue, set[str]]] = {}
    for act in ("speech", "belief"):
        for lemma, frames in table[act].items():
            cue = Cue(lemma, act == "belief", frozenset(frames.split()))
            for form, kind in _forms(cue, table["irregular"].get(lemma)):
                kinds.setdefault(form, (cue, set()))[1].add(kind)
    sets = {
        section: {key: frozenset(words) for key, words in table[section].items()}
        for section in ("passive", "nouns", "phrases", "places")
    }
    forms = {form: Form(cue, frozenset(found)) for form, (cue, found) in kinds.items()}
    every_noun: frozenset[str] = frozenset().union(*sets["nouns"].values())
    others = (
        frozenset(["according", "per", "clear", "source", "sources"])
        | sets["phrases"]["unsourced"]
        | sets["places"]["messages"]
    )
    return Cues(
        forms,
        every_noun,
        every_noun | others | forms.keys(),
        sets["passive"],
        sets["nouns"],
        sets["phrases"],
        {**sets["places"], **{name: frozenset(words) for name, words in table["subjects"].items()}},
    )


@cache
def issuing() -> dict[str, Form]:
    """Return the forms of the verbs that issue a message: "released the following statement"."""
    made: dict[str, Form] = {}
    table = tomllib.loads((resources.files(__package__) / "lexicon" / "cues.toml").read_text("utf-8"))
    for lemma in table["places"]["issue"]:
        cue = Cue(lemma, False, frozenset(["colon"]))
        for form, kind in _forms(cue, table["irregular"].get(lemma)):
            made.setdefault(form, Form(cue, frozenset([kind])))
    return made
