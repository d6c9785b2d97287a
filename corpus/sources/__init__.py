"""The sources, a module each: its one ``SourceSpider`` carries the header and reads the pages."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from corpus.crawl.spider import SourceHeader, SourceSpider
from kb.errors import NotFoundError


@cache
def source_names() -> tuple[str, ...]:
    """The names of all sources, in order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))


def headers() -> tuple[SourceHeader, ...]:
    """What is known of each source, in order of their names."""
    return tuple(spider_of(name).header for name in source_names())


@cache
def spider_of(name: str) -> type[SourceSpider]:
    """The spider of a source; raises ``NotFoundError`` for a name that none has."""
    if name not in source_names():
        raise NotFoundError(f"No source is called {name!r}.", f"The sources are: {', '.join(source_names())}.")
    module = importlib.import_module(f"{__name__}.{name}")
    own = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, SourceSpider) and value.__module__ == module.__name__
    ]
    if len(own) != 1 or own[0].name != name:
        raise TypeError(f"corpus/sources/{name}.py must hold one spider whose header is named {name!r}")
    return own[0]
