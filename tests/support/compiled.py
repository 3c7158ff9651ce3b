"""Keeps templates and statements compiled from test to test: each test has an application of its own, and all are made alike."""

from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from app.extensions import db


class KeptTemplates(BytecodeCache):
    """Compiled templates in memory; one that was changed since is compiled again."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key] = (bucket.checksum, bucket.code)


class KeptStatements(dict[Any, Any]):
    """Compiled statements in memory. Their keys begin with the dialect, an object of each engine; here its class does."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), compiled)


TEMPLATES = KeptTemplates()
"""Compiling them anew for each test would take a third of the time of all tests of pages."""
STATEMENTS = KeptStatements()
"""Compiling them anew for each test would take a sixth of the time of all tests that ask a database, and half the memory."""


def compile_once(app: Flask) -> None:
    """Let the application take what others have compiled before, and leave what it compiles."""
    app.jinja_env.bytecode_cache = TEMPLATES
    with app.app_context():
        db.engine.update_execution_options(compiled_cache=STATEMENTS)
