"""Trained weights to what the package ships: `python training/export.py out/training/model.pt FOLDER`.

Six graphs, the encoder's two halves and two readers for each, in int8 (dynamic: matrix products, and embeddings). How
far int8 answers lie from fp32 ones is measured on some of our own articles and written into weights.json. With
`--fp32` they stay as they are: tests/training/test_drift.py compares such a folder, named by COUNTERFOIL_FP32, with
the shipped weights.
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
from training.model import HIDDEN, READER, Model
from training.train import published

COMPARED = 10  # every so many of our own articles int8 is compared with fp32


class Lower(nn.Module):
    """One stretch of text up to half way: the pieces' vectors, and what the fast engine reads off them."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.encoder, self.fast = model.encoder, model.fast

    def forward(self, pieces: Tensor, features: Tensor, pool: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """pieces [1, L], features [1, L, 7], pool [W, L]; returns [1, L, 384], tags [W, 5], two [W, 160]."""
        hidden = self.encoder.lower(pieces, features, torch.zeros(1, 1, 1, 1))
        return hidden, *self.fast.words(pool @ hidden[0])


class Upper(nn.Module):
    """The other half: from the pieces' vectors to what the engine "encoder" reads off the words'."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.encoder, self.full = model.encoder, model.full

    def forward(self, hidden: Tensor, pool: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """hidden [1, L, 384], pool [W, L]; returns tags [W, 5] and what the readers see [W, 160]."""
        return self.full.words(pool @ self.encoder.upper(hidden, torch.zeros(1, 1, 1, 1))[0])


def export(model: Model, folder: Path, *, fp32: bool) -> None:
    """Write the graphs."""
    model.eval()
    length, words, asks, window = 12, 7, 3, 9
    pieces = torch.randint(1000, 2000, (1, length))
    features = torch.zeros(1, length, len(data.inputs.FEATURES), dtype=torch.long)
    pool, hidden = torch.rand(words, length), torch.rand(1, length, HIDDEN)
    seen = {"tags": {0: "W"}, "number": {0: "W"}, "cue": {0: "W"}}
    axes = {"pieces": {1: "L"}, "features": {1: "L"}, "hidden": {1: "L"}, "pool": {0: "W", 1: "L"}} | seen
    graphs: dict[str, tuple[nn.Module, dict[str, Tensor], list[str]]] = {
        "lower": (Lower(model), {"pieces": pieces, "features": features, "pool": pool}, ["hidden", *seen]),
        "upper": (Upper(model), {"hidden": hidden, "pool": pool}, [*seen]),
    }
    for prefix, answers in (("", model.full), ("fast_", model.fast)):
        for name, part, told in (("numbers", answers.numbers, 5), ("cues", answers.cues, 3)):
            shown = {
                "seen": torch.rand(asks, window, READER),
                "places": torch.zeros(asks, window, 4, dtype=torch.long),
                "told": torch.zeros(asks, told, dtype=torch.long),
                "mask": torch.zeros(asks, 1, 1, window),
            }
            graphs[prefix + name] = (part, shown, ["ends", "second", "third"])
    warnings.simplefilter("ignore")
    for name, (module, shown, outputs) in graphs.items():
        asked = {n: {0: "A", 1: "T"} for n in ("seen", "places", "ends")} | {
            "told": {0: "A"}, "mask": {0: "A", 3: "T"},
            "second": {0: "A", **({1: "T"} if name.endswith("cues") else {})}, "third": {0: "A"},
        }  # fmt: skip
        torch.onnx.export(
            module, tuple(shown.values()), str(folder / f"{name}.onnx"), input_names=list(shown), output_names=outputs,
            dynamic_axes={n: (axes | asked)[n] for n in (*shown, *outputs)}, dynamo=False, opset_version=17,
        )  # fmt: skip
        if not fp32:
            full, small = folder / "full.onnx", folder / f"{name}.onnx"
            small.rename(full)
            kinds = ["MatMul", "Gather"] if name == "lower" else ["MatMul"]
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
            measured = {}
            for name, engine in (("drift", "encoder"), ("fast drift", "fast")):
                small, full = encoder.load(arguments.folder, engine), encoder.load(Path(folder), engine)
                measured[name] = drift(small, full, map(data.document, articles))
        card = arguments.folder / "weights.json"
        card.write_text(json.dumps(json.loads(card.read_text()) | measured, indent=1) + "\n")
        print(measured)
    card = arguments.folder / "weights.json"
    told = {"training": saved.get("training", {})}
    card.write_text(json.dumps(json.loads(card.read_text()) | told, indent=1) + "\n")
    for name in encoder.FILES:
        print(name, (arguments.folder / name).stat().st_size)
    onnx.checker.check_model(str(arguments.folder / "lower.onnx"))


if __name__ == "__main__":
    main()
