"""How far the int8 encoder's answers lie from those of the fp32 one: measured at export, kept in weights.json.

Both are shown the same articles, with the same readers after them, so that nothing but the number format differs.
"""

from collections.abc import Iterable

import numpy as np

from counterfoil.documents.model import Document
from counterfoil.reading import decode, encoder, inputs, rules
from counterfoil.reading.encoder import Weights


def drift(small: Weights, full: Weights, documents: Iterable[Document]) -> dict[str, float]:
    """Return how the answers of two sets of weights differ.

    tags   mean absolute difference of the probabilities of each word's tags.
    same   share, 0 to 1, of the answers about numbers and the rules' cues (each role's words, each label, the cue's
           source) that are the same.
    """
    apart: list[float] = []
    same: list[bool] = []
    for document in documents:
        found, account = rules.draft(document)
        sheet = inputs.sheet(found, account, small.cut)
        cues = [inputs.cue(sheet, *cue, *told) for cue, told in decode.told_cues(sheet, account).items()]
        seen = [encoder.encoded(weights, sheet) for weights in (small, full)]
        apart.append(float(np.abs(decode.shares(seen[0][0]) - decode.shares(seen[1][0])).mean()))
        for reader, column, asks in (("numbers", 1, sheet.numbers), ("cues", 2, cues)):
            said = [
                encoder.asked(getattr(weights, reader), vectors[column], asks)
                for weights, vectors in zip((small, full), seen, strict=True)
            ]
            for one, other in zip(*said, strict=True):
                same += [a == b for a, b in zip(_decided(one, reader), _decided(other, reader), strict=True)]
    return {"tags": round(float(np.mean(apart)), 4), "same": round(float(np.mean(same)), 4)}


def _decided(answer: decode.Answer, reader: str) -> list[object]:
    """Return what an answer comes down to."""
    if reader == "cues":
        [(source, _)] = decode.best(answer.ends[:, :2], decode.LONGEST_SOURCE)
        return [source, bool(answer.whole[1] > answer.whole[0])]
    spans = [where for where, _ in decode.best(answer.ends, decode.LONGEST_ROLE)]
    parts = np.split(answer.whole, np.cumsum(decode.LABELS)[:-1])
    return [*spans, bool(answer.words[1] > answer.words[0]), *(int(part.argmax()) for part in parts)]
