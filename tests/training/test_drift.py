"""The int8 encoder that ships answers as the fp32 one does, whole and half."""

import json
import os
from pathlib import Path

import pytest
from training.drift import drift

from counterfoil.documents import from_text
from counterfoil.reading import encoder

MOST = 0.01  # mean difference of a tag's probability; measured: 0.0009
LEAST = 0.95  # share of answers that are the same; measured: 0.988
FULL = os.environ.get("COUNTERFOIL_FP32")
ARTICLE = """\
SELDEN, 4 March 2022 — At least 31 people were killed and 200 hurt when a dam broke on Thursday, police said.

Governor Ada Moreau told reporters that 4,000 residents had been moved, nearly a third of them children. “We expect the
number to rise,” she said. The Red Cross put the missing at 85, down from 120 on Friday.
"""


@pytest.mark.parametrize("which", ["drift", "fast drift"])
def test_the_drift_that_was_measured_at_export_is_small(which: str) -> None:
    card = Path(encoder.__file__).parent / "weights" / "weights.json"
    measured = json.loads(card.read_text(encoding="utf-8"))[which]
    assert 0 <= measured["tags"] <= MOST
    assert LEAST <= measured["same"] <= 1


@pytest.mark.parametrize("engine", encoder.ENGINES)
def test_weights_do_not_drift_from_themselves(engine: str) -> None:
    assert drift(encoder.shipped(engine), encoder.shipped(engine), [from_text(ARTICLE)]) == {"tags": 0.0, "same": 1.0}


@pytest.mark.skipif(FULL is None, reason="COUNTERFOIL_FP32 names no folder of training/export.py --fp32")
@pytest.mark.parametrize("engine", encoder.ENGINES)
def test_the_drift_from_the_fp32_weights_is_small(engine: str) -> None:
    measured = drift(encoder.shipped(engine), encoder.load(Path(str(FULL)), engine), [from_text(ARTICLE)])
    assert measured["tags"] <= MOST
    assert measured["same"] >= LEAST
