"""Time the encoder's network in torch, in fp32, on one thread: run by bench/run.py with an interpreter that has torch.

Reads the shapes of what one run of the engine asked its network (JSON on stdin) and prints the seconds of processor
time that as many stretches, numbers and cues of the same sizes take. The weights are drawn: their values do not
matter for the time.
"""

import json
import sys
import time
from pathlib import Path

import torch
from torch import Tensor

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from training.model import CUE_TOLD, NUMBER_TOLD, READER, Model

from counterfoil.reading import inputs


def stretch(model: Model, pieces: int, words: int, *, whole: bool, half: bool) -> list[tuple[Tensor, Tensor, Tensor]]:
    """Encode a stretch of so many pieces and words and read its words at the end, half way, or both."""
    features = torch.zeros(1, pieces, len(inputs.FEATURES), dtype=torch.long)
    mask, pool = torch.zeros(1, 1, 1, 1), torch.rand(words, pieces)
    hidden = model.encoder.lower(torch.randint(1000, 2000, (1, pieces)), features, mask)
    read = [model.fast.words(pool @ hidden[0])] if half else []
    return [*read, model.full.words(pool @ model.encoder.upper(hidden, mask)[0])] if whole else read


def ask(reader: torch.nn.Module, window: int, told: int) -> None:
    """Ask about one number or cue that sees so many words."""
    places = torch.zeros(1, window, len(inputs.PLACES), dtype=torch.long)
    reader(torch.rand(1, window, READER), places, torch.zeros(1, told, dtype=torch.long), torch.zeros(1, 1, 1, window))


def run(model: Model, asked: dict[str, list[list[int]]]) -> None:
    """Do what the engine did."""
    whole = "upper" in asked
    answers = model.full if whole else model.fast
    half = not whole or "half way cues" in asked
    for pieces, words in asked["lower"]:
        stretch(model, pieces, words, whole=whole, half=half)
    for name, reader, told in (
        ("numbers", answers.numbers, NUMBER_TOLD),
        ("cues", answers.cues, CUE_TOLD),
        ("half way cues", model.fast.cues, CUE_TOLD),
    ):
        for (window,) in asked.get(name, ()):
            ask(reader, window, len(told))


def main() -> None:
    torch.set_num_threads(1)
    asked = json.load(sys.stdin)
    model = Model().eval()
    with torch.inference_mode():
        run(model, {name: sizes[:2] for name, sizes in asked.items()})
        begin = time.process_time()
        run(model, asked)
        print(time.process_time() - begin)


if __name__ == "__main__":
    main()
