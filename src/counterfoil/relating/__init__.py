"""Figures among each other: which say the same, which cannot both be right, and which are not comparable at all."""

from counterfoil.relating.relations import relate

__all__ = ["relate"]
