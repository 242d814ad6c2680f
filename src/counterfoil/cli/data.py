"""`counterfoil data`: datasets that figures are checked against."""

import typer

app = typer.Typer(
    help="Keep the datasets that figures are checked against.", no_args_is_help=True, rich_markup_mode=None
)
