"""Figures against records: what each says, under every way of asking, and a verdict that a desk can defend."""

from counterfoil.checking.judge import check
from counterfoil.checking.references.tables import Records, load_references, read_tables

__all__ = ["Records", "check", "load_references", "read_tables"]
