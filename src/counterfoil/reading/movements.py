"""What a place is to a movement: where it began, where it went, what it passed through.

The words are those of lexicon/places/words.toml, [movement]. Whether a figure moves at all is not asked here.
"""

from collections.abc import Iterable

from counterfoil.reading.gazetteer import library

BY = "places.gazetteer@1"
BY_SUBJECT = "places.subject@1"  # "Peru expelled 40": who sends is where they were


def role(lead: str, before: tuple[str, ...], after: tuple[str, ...], *, follows_origin: bool = False) -> str:
    """Return "origin", "destination", "transit", or "place" where no movement is told.

    lead            the word that governs the name: "from", "fled", "via".
    before, after   lower-case words before the lead, nearest first, and behind the name.
    follows_origin  an origin stands right before it: "from Herat to ...", "fled Sudan for ...".
    """
    movement = library().movement
    near = before[:8]
    if lead in movement["direct_origin"]:
        return "origin" if lead not in movement["leaves"] or _is_left(before, after) else "place"
    if lead in movement["direct_destination"]:
        return "destination"
    if lead in movement["direct_transit"]:
        return "transit"
    if lead == "from" or (lead == "of" and near[:1] == ("out",)):
        return "origin" if _moves(near) or (lead == "from" and after[:1] in (("to",), ("into",))) else "place"
    if lead in movement["into"]:
        return "destination" if follows_origin or _moves(near) else "place"
    if lead == "for":
        bound = follows_origin or not movement["bound"].isdisjoint(near[:4])
        return "destination" if bound else "place"
    if lead in ("in", "of", "near") and near and near[0] in movement["spots"]:
        for k, word in enumerate(near[1:4], 2):  # "returned to their villages in Diyala from camps in Erbil"
            if (word == "from" or word in movement["into"]) and _moves(near[k:]):
                return "origin" if word == "from" else "destination"
    if lead in ("in", "at") and any(word.startswith(library().arrivals) for word in near[:3]):
        return "destination"
    if lead in movement["through"] and (_moves(near) or after[:1] in (("into",), ("to",))):
        return "transit"
    return "place"


def role_of_subject(lead: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Return what a country is that sends people away ("Peru expelled 40") or takes them in; "" for neither."""
    movement = library().movement
    if lead == "by":
        told = {*before[:2], " ".join(reversed(before[:2]))}
    elif lead in library().words["locative"] or lead == "of":
        return ""
    else:
        words = [word for word in after if word not in movement["auxiliaries"]][:2]
        told = {" ".join(words), *words[:1]}
    if not movement["senders"].isdisjoint(told):
        return "origin"
    return "destination" if not movement["takers"].isdisjoint(told) else ""


def _moves(words: Iterable[str]) -> bool:
    movement, stems = library().movement["words"], library().stems
    return any(word in movement or word.startswith(stems) for word in words)


def _is_left(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Say whether people left a place ("left Peru in May"), or something left it "in ruins" or "devastated"."""
    movement, stops = library().movement, library().words["stops"]
    if not after or not after[0][:1].isalpha():
        return True
    if after[0] == "in" and len(after) > 1 and after[1] in movement["states"]:
        return False
    who = before[:1] and before[0] in movement["leavers"]
    return bool(who) or after[0] in stops or after[0].endswith("ly")
