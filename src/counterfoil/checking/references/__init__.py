"""Published figures: tables of them, the series that they make, and what a series answers."""
