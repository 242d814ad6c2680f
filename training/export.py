"""Trained weights to what the package ships: `python training/export.py out/training/model.pt FOLDER`.

Three graphs, the encoder and the two readers, in int8 (dynamic: matrix products, and the encoder's embeddings). How far
int8 answers lie from fp32 ones is measured on some of our own articles and written into weights.json. With `--fp32`
they stay as they are: tests/training/test_drift.py compares such a folder, named by COUNTERFOIL_FP32, with the shipped
weights.
"""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parents[1]))
from counterfoil.reading import encoder
from training import data
from training.drift import drift
from training.model import READER, Model
from training.train import published

COMPARED = 10  # every so many of our own articles int8 is compared with fp32


class Encoded(nn.Module):
    """One stretch of text: pieces to words."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.body = model.body

    def forward(self, pieces: Tensor, features: Tensor, pool: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """pieces [1, L], features [1, L, 6], pool [W, L]; returns tags [W, 5] and what the readers see [W, 160]."""
        mask = torch.zeros(1, 1, 1, 1)
        hidden = self.body.encoder(pieces, features, mask)[0]
        return self.body.words(pool @ hidden)


def export(model: Model, folder: Path, *, fp32: bool) -> None:
    """Write the graphs."""
    model.eval()
    length, words = 12, 7
    pieces = torch.randint(1000, 2000, (1, length))
    features = torch.zeros(1, length, len(data.inputs.FEATURES), dtype=torch.long)
    warnings.simplefilter("ignore")
    options = {"dynamo": False, "opset_version": 17}
    torch.onnx.export(
        Encoded(model), (pieces, features, torch.rand(words, length)), str(folder / "encoder.onnx"),
        input_names=["pieces", "features", "pool"], output_names=["tags", "number", "cue"],
        dynamic_axes={"pieces": {1: "L"}, "features": {1: "L"}, "pool": {0: "W", 1: "L"}, "tags": {0: "W"},
                      "number": {0: "W"}, "cue": {0: "W"}}, **options,
    )  # fmt: skip
    for name, part, told in (("numbers", model.numbers, 5), ("cues", model.cues, 3)):
        asks, window = 3, 9
        torch.onnx.export(
            part,
            (torch.rand(asks, window, READER), torch.zeros(asks, window, 4, dtype=torch.long),
             torch.zeros(asks, told, dtype=torch.long), torch.zeros(asks, 1, 1, window)),
            str(folder / f"{name}.onnx"),
            input_names=["seen", "places", "told", "mask"], output_names=["ends", "second", "third"],
            dynamic_axes={n: {0: "A", 1: "T"} for n in ("seen", "places", "ends")} | {
                "told": {0: "A"}, "mask": {0: "A", 3: "T"},
                "second": {0: "A", **({1: "T"} if name == "cues" else {})}, "third": {0: "A"},
            }, **options,
        )  # fmt: skip
    if not fp32:
        for name in ("encoder", "numbers", "cues"):
            full, small = folder / "full.onnx", folder / f"{name}.onnx"
            small.rename(full)
            kinds = ["MatMul", "Gather"] if name == "encoder" else ["MatMul"]
            quantize_dynamic(
                str(full), str(small), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=kinds
            )
            full.unlink()


def write(model: Model, folder: Path, *, fp32: bool) -> None:
    """Write the graphs, the vocabulary and the list of them with their digests."""
    folder.mkdir(parents=True, exist_ok=True)
    export(model, folder, fp32=fp32)
    shutil.copy(published() / "vocab.txt", folder / "vocabulary.txt")
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in encoder.FILES}
    (folder / "weights.json").write_text(json.dumps({"files": digests}, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fp32", action="store_true")
    arguments = parser.parse_args()
    saved = torch.load(arguments.weights)
    model = Model(saved["layers"])
    model.load_state_dict(saved["model"])
    write(model, arguments.folder, fp32=arguments.fp32)
    if not arguments.fp32:
        with tempfile.TemporaryDirectory() as folder:
            write(model, Path(folder), fp32=True)
            articles = data.load(sorted((Path(__file__).parent / "authored").glob("*.jsonl")))[::COMPARED]
            weights = encoder.load(arguments.folder), encoder.load(Path(folder))
            measured = drift(*weights, map(data.document, articles))
        card = arguments.folder / "weights.json"
        card.write_text(json.dumps(json.loads(card.read_text()) | {"drift": measured}, indent=1) + "\n")
        print("drift", measured)
    card = arguments.folder / "weights.json"
    told = {"training": saved.get("training", {})}
    card.write_text(json.dumps(json.loads(card.read_text()) | told, indent=1) + "\n")
    for name in encoder.FILES:
        print(name, (arguments.folder / name).stat().st_size)
    onnx.checker.check_model(str(arguments.folder / "encoder.onnx"))


if __name__ == "__main__":
    main()
