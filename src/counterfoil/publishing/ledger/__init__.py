"""Reports over a ledger: what changed, timelines of groups, claimants, corrections; as pages and for the terminal."""

from counterfoil.publishing.ledger.pages import report, timelines
from counterfoil.publishing.ledger.telling import changes_text

__all__ = ["changes_text", "report", "timelines"]
