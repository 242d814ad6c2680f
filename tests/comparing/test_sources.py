"""Which names are one source: in doubt one, as one source is no evidence for itself."""

import pytest

from counterfoil.comparing.sources import is_same, may_be_same


@pytest.mark.parametrize(
    ("one", "other", "same", "maybe"),
    [
        ("Harbour Watch", "the Harbour Watch", True, True),
        ("SVSO", "Sahel Violence Survey Office", True, True),
        ("SVSO", "the Sahel Violence Survey Office (SVSO)", True, True),
        ("CRDA", "Council for Roads, Dams and Aqueducts", True, True),
        ("CRDA", "Council for Roads and Dams", False, False),
        ("IOM", "International Organization for Migration", False, True),
        ("UNHCR", "the UN refugee agency", True, True),
        ("Doctors Without Borders", "MSF", False, True),
        ("UN", "UNHCR", False, False),
        ("WHO", "who", True, True),
        ("CRDA", "SVSO", False, False),
        ("the Ministry of Works", "Ministry of Health", False, False),
        ("Ana Okello", "Minister Okello", False, True),
        ("officials", "police officials", False, False),
        (None, "SVSO", False, False),
        ("", "SVSO", False, False),
        ("N", "Nairobi", False, False),
    ],
)
def test_names(one: str | None, other: str, same: bool, maybe: bool) -> None:
    assert (is_same(one, other), may_be_same(one, other)) == (same, maybe)
    assert (is_same(other, one), may_be_same(other, one)) == (same, maybe)
