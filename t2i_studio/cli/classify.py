"""`classify`: which label fits a picture best."""

import json
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from t2i_studio.cli import sources, terminal
from t2i_studio.cli.following import MakeRegistry, following
from t2i_studio.cli.latent_commands import ClassifyOptions
from t2i_studio.cli.terminal import decoded
from t2i_studio.core.events import Classified
from t2i_studio.core.request import Classify

BAR = 40  # characters


def classify(options: ClassifyOptions, make_registry: MakeRegistry | None = None) -> int:
    """Tell how well each label fits; returns the exit code, raises StudioError."""
    templates = tuple(decoded(template) for template in options.template or ())
    with following(options, make_registry) as follower:
        request = Classify(
            model=options.model,
            start=sources.start(options.image, lambda: follower.space),
            labels=tuple(decoded(options.labels).split(",")),
            **({"templates": templates} if templates else {}),
        )
        found = follower.answer(request, Classified)
        if options.as_json:
            keys = ("label", "share", "cosine")
            labels = [dict(zip(keys, row, strict=True)) for row in _best_first(found)]
            terminal.write(json.dumps({"labels": labels, **follower.facts}))
        else:
            _show(found)
    return 0


def _best_first(found: Classified) -> list[tuple[str, float, float]]:
    rows = zip(found.labels, found.shares, found.cosines, strict=True)
    rounded = ((label, round(share, 6), round(cosine, 6)) for label, share, cosine in rows)
    return sorted(rounded, key=lambda row: -row[1])


def _show(found: Classified) -> None:
    """Draw bars on a terminal, and write plain lines elsewhere."""
    rows = _best_first(found)
    if sys.stdout is None or not sys.stdout.isatty():
        for label, share, cosine in rows:
            terminal.write(f"{share:7.2%}  {cosine:7.4f}  {terminal.one_line(label)}")
        return
    table = Table("label", "", box=None)
    table.add_column("share", justify="right")
    table.add_column("cosine", justify="right")
    for label, share, cosine in rows:
        bar = Text("█" * round(share * BAR), "cyan")
        table.add_row(Text(terminal.one_line(label)), bar, f"{share:.1%}", f"{cosine:.3f}")
    Console(highlight=False).print(table)
