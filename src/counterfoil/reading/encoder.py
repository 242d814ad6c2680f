"""The engines "encoder" and "fast": a small model that reads who said what, and which words belong to each number.

The rules read first; the model is shown the text with what they made of it, and answers of each number and each cue
where its words stand (docs/encoder.md). The engine "fast" runs the lower half of the same encoder. Values stay the
grammars'. Weights ship with the package and are loaded at first use; nothing is sent anywhere. One stretch of text is
encoded at a time, on one thread, so that the same text gives the same answer whatever stands around it; many documents
are read in parallel by processes.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterfoil.documents.model import Document
from counterfoil.errors import ModelError
from counterfoil.reading import decode, inputs, rules
from counterfoil.reading.events import Events
from counterfoil.reading.inputs import Ask, Cut, Sheet
from counterfoil.reading.model import Account
from counterfoil.reading.pieces import BEGIN, END, cutter

_SEEN = {"tags": 5, "number": None, "cue": None}
_NUMBERS = {
    "seen": None, "places": len(inputs.PLACES), "told": 5, "mask": None,
    "ends": 2 * len(inputs.ROLES), "second": 2, "third": sum(decode.LABELS),
}  # fmt: skip
_CUES = {
    "seen": None, "places": len(inputs.PLACES), "told": 3, "mask": None, "ends": 3, "second": 3, "third": 4,
}  # fmt: skip
WIDTHS: dict[str, dict[str, int | None]] = {  # of what goes in and out, along its last axis: weights and code agree
    "lower": {"pieces": None, "features": len(inputs.FEATURES), "pool": None, "hidden": None, **_SEEN},
    "upper": {"hidden": None, "pool": None, **_SEEN},
    "numbers": _NUMBERS,
    "cues": _CUES,
    "fast_numbers": _NUMBERS,
    "fast_cues": _CUES,
}
FILES = (*(f"{name}.onnx" for name in WIDTHS), "vocabulary.txt")
ENGINES = {"encoder": "thresholds", "fast": "fast thresholds"}  # with the key of weights.json that keeps its limits

RUN = {"encoder": ("lower", "upper", "numbers", "cues", "fast_cues"), "fast": ("lower", "fast_numbers", "fast_cues")}

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Loaded weights.

    engine  "encoder", or "fast" without the upper half.
    digest  first characters of the digest of them all, thresholds included: what a reading names.
    numbers, cues  readers, whose answers are averaged: of cues "encoder" asks one at the end and one half way.
    """

    engine: str
    digest: str
    cut: Cut
    thresholds: decode.Thresholds
    lower: Any
    numbers: tuple[Any, ...]
    cues: tuple[Any, ...]
    upper: Any = None


def read(document: Document, events: Events | None = None, *, engine: str = "encoder") -> Account:
    """Read every statement and every figure of the document; ModelError if the weights are missing or altered."""
    return read_with(shipped(engine), document, events)


def read_with(weights: Weights, document: Document, events: Events | None = None) -> Account:
    """Read the document with these weights."""
    found, account = rules.draft(document, events)
    sheet = inputs.sheet(found, account, weights.cut)
    tags, number, cue = encoded(weights, sheet)
    asks = decode.cues(sheet, account, tags, weights.thresholds)
    answers = asked(weights.cues, cue, asks)
    by = f"{weights.engine}@{weights.digest}"
    said, aside = decode.statements(found, account, sheet, asks, answers, weights.thresholds, by)
    figures, none = decode.figures(
        found, account, sheet, asked(weights.numbers, number, sheet.numbers), said, weights.thresholds, by
    )
    before = decode.unanswered(account, sheet, asks, said)
    return Account(document, said, figures, (*before, *aside, *none), by)


def shipped(engine: str = "encoder") -> Weights:
    """Return the weights that ship with the package, loaded once."""
    return load(Path(str(files("counterfoil.reading").joinpath("weights"))), engine)


@cache
def load(folder: Path, engine: str = "encoder") -> Weights:
    """Return the weights in a folder that an engine runs, once checked against the digests in its `weights.json`.

    Raises  ModelError for a file that is missing, altered or unreadable.
    """
    card = folder / "weights.json"
    try:
        described = json.loads(card.read_text(encoding="utf-8"))
        digests = {name: str(described["files"][name]) for name in FILES}
        limits = decode.Thresholds(**{of: float(share) for of, share in described.get(ENGINES[engine], {}).items()})
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(f"the list of weights cannot be read: {error!r}", str(card), MEND) from None
    for name, expected in digests.items():
        try:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            what = f"weights cannot be read: {error.strerror}; expected digest {expected}"
            raise ModelError(what, str(folder / name), MEND) from None
        if digest != expected:
            raise ModelError(f"altered weights: digest {digest}, expected {expected}", str(folder / name), MEND)
    whole = hashlib.sha256(json.dumps([digests, asdict(limits)], sort_keys=True).encode()).hexdigest()[:12]
    opened = {name: _session(folder / f"{name}.onnx", WIDTHS[name]) for name in RUN[engine]}
    numbers, cues = (tuple(one for name, one in opened.items() if name.endswith(sort)) for sort in ("numbers", "cues"))
    try:
        cut = cutter(folder / "vocabulary.txt")
    except ValueError as error:
        raise ModelError(f"no vocabulary: {error}", str(folder / "vocabulary.txt"), MEND) from None
    return Weights(engine, whole, cut, limits, opened["lower"], numbers, cues, opened.get("upper"))


MEND = "install Counterfoil again, or read without the model: --engine rules"


def _session(path: Path, widths: dict[str, int | None]) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    try:
        session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 -- the runtime raises many kinds, all of which mean this
        raise ModelError(f"weights cannot be loaded: {error}", str(path), MEND) from None
    found = {port.name: port.shape[-1] for port in (*session.get_inputs(), *session.get_outputs())}
    for name in {**widths, **found}:
        width = widths.get(name, 0)
        if name not in found or found[name] != (found[name] if width is None else width):
            what = f"weights made for another version: {name} is {found.get(name, 0)} wide, expected {width or 'some'}"
            raise ModelError(what, str(path), MEND)
    return session


def encoded(weights: Weights, sheet: Sheet) -> tuple[Floats, tuple[Floats, ...], tuple[Floats, ...]]:
    """Return for each word the scores of its tags, and what each reader of numbers and each of cues sees of it."""
    parts: list[Sequence[Floats]] = []
    for stretch in sheet.stretches:
        pieces, owners = [BEGIN], [-1]
        for word in range(stretch.context, stretch.end):
            pieces += sheet.pieces[word]
            owners += [word] * len(sheet.pieces[word])
        pieces.append(END)
        owners.append(-1)
        owner = np.array(owners)
        features = sheet.features[owner]
        features[[0, -1]] = 0
        belongs = (owner[None, :] == np.arange(stretch.start, stretch.end)[:, None]).astype(np.float32)
        pool = belongs / belongs.sum(1, keepdims=True)
        shown = {"pieces": np.array([pieces], np.int64), "features": features[None], "pool": pool}
        if weights.upper is None:
            parts.append(weights.lower.run(list(_SEEN), shown))
        else:
            hidden, half = weights.lower.run(["hidden", "cue"], shown)
            parts.append((*weights.upper.run(list(_SEEN), {"hidden": hidden, "pool": pool}), half))
    if not parts:
        nothing = np.zeros((0, 0), np.float32)
        return nothing, (nothing,), (nothing,) * len(weights.cues)
    tags, number, *cues = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return tags, (number,), tuple(cues)


def asked(readers: Sequence[Any], seen: Sequence[Floats], asks: Sequence[Ask]) -> list[decode.Answer]:
    """Return what readers answer to each ask, on average.

    One ask at a time, for padding them to one length costs as much as text.
    """
    made = []
    for ask in asks:
        shown = {
            "places": ask.places[None],
            "told": ask.told[None],
            "mask": np.zeros((1, 1, 1, len(ask.window)), np.float32),
        }
        both = zip(readers, seen, strict=True)
        said = [reader.run(None, {"seen": own[ask.window][None], **shown}) for reader, own in both]
        ends, words, whole = (sum(each) / len(said) for each in zip(*said, strict=True))
        made.append(decode.Answer(ends[0], words[0], whole[0]))
    return made
