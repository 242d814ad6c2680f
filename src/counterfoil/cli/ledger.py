"""`counterfoil ledger`: figures of many articles, kept with what was decided on them and why."""

import typer

app = typer.Typer(
    help="Keep the figures of many articles, and what was decided on them.", no_args_is_help=True, rich_markup_mode=None
)
