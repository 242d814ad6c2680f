"""The model card: `python training/card.py FOLDER` writes docs/model-card.md, with the scores on dev."""

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from counterfoil.publishing.labels import labels
from counterfoil.reading import encoder, rules
from training import data, thresholds

PAGE = Path(__file__).parents[1] / "docs" / "model-card.md"
WORDS = Path(__file__).with_name("card.md")
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
DEV = ("wikinews", "authored")
SOURCES = (
    ("wikinews", CORPUS / "wikinews" / "train.jsonl", "Wikinews contributors, CC BY 2.5"),
    ("authored", CORPUS / "authored" / "train.jsonl", "written for this project, Apache-2.0"),
    ("re3d", CORPUS / "re3d" / "train.jsonl", "public domain, OGL v3.0, CC BY 3.0 AU"),
    *(
        (f"training/authored/{path.stem}", path, "written for this project, Apache-2.0")
        for path in sorted((Path(__file__).parent / "authored").glob("*.jsonl"))
    ),
)
SCORES = (
    "number acc.value role.hedge role.what role.event role.time role.place role.base acc.unit acc.kind acc.concept"
    " acc.dir acc.period acc.speaker source.soft cue.exact content.soft attributed ledger"
).split()


def scored(weights: encoder.Weights, name: str, score: Any) -> dict[str, tuple[float, float]]:
    """Return each score of the rules and of the model on one corpus's dev articles."""
    tallies = score.Tally(), score.Tally()
    for article in data.load([CORPUS / name / "dev.jsonl"]):
        document = data.document(article)
        for tally, account in zip(tallies, (rules.read(document), encoder.read_with(weights, document)), strict=True):
            score.article(article, labels(account), tally, None)
    return {one: (tallies[0].f1(one), tallies[1].f1(one)) for one in SCORES}


def sources() -> list[str]:
    rows = []
    for name, path, licence in SOURCES:
        articles = data.load([path])
        statements = sum(len(a["statements"]) for a in articles)
        figures = sum(len(a["figures"]) for a in articles)
        rows.append(f"| {name} | {len(articles)} | {statements:,} | {figures:,} | {licence} |")
    return rows


def main(folder: Path) -> None:
    weights, score = encoder.load(folder), thresholds.scorer()
    told = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
    results = {name: scored(weights, name, score) for name in DEV}
    sizes = {name: (folder / name).stat().st_size / 1e6 for name in told["files"]}
    files = [f"| {name} | {sizes[name]:.1f} MB | `{digest}` |" for name, digest in told["files"].items()]
    rows = [
        f"| {one} | " + " | ".join(f"{a:.1f} | {b:.1f}" for a, b in (results[name][one] for name in DEV)) + " |"
        for one in SCORES
    ]
    filled = {
        "digest": weights.digest,
        "same": f"{told['drift']['same']:.1%}",
        "files": "\n".join(files),
        "sources": "\n".join(sources()),
        "training": "\n".join(f"- {key}: {value}" for key, value in told.get("training", {}).items()),
        "thresholds": ", ".join(f"{key} {value}" for key, value in told.get("thresholds", {}).items()),
        "scores": "\n".join(rows),
    }
    page = WORDS.read_text(encoding="utf-8")
    for key, value in filled.items():
        page = page.replace("{" + key + "}", value)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
