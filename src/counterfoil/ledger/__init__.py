"""Figures of many articles, kept for good: who said what, what was decided on it, by whom, when and why."""
