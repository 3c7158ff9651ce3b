"""What stands on a page: where it leads, what it fetches by itself, and its forms with all that they would send."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

_LEADING = ("href", "data-live", "src", "data-state-url", "action")
_NOT_SENT = frozenset({"submit", "button", "file"})
_TYPED_FOR = {"email": "nobody@house.example", "date": "2026-11-24", "number": "1", "tel": "+351 210 000 000"}


@dataclass(kw_only=True)
class Field:
    """A control of a form: its type as the browser names it, its value, and between what one may choose."""

    name: str
    type: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    is_checked: bool = False
    is_reached: bool = True
    """Whether somebody with a keyboard comes to it: what waits for robots is left alone by people."""

    def filled(self) -> str:
        """Return what somebody who fills in everything would send."""
        if self.options:
            return self.value or next((option for option in self.options if option), "")
        if self.value or self.type == "hidden":
            return self.value
        return _TYPED_FOR.get(self.type, "10") if self.is_reached else ""


@dataclass(kw_only=True)
class Form:
    """A form: where it goes, by which method, and its fields in order."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def filled(self) -> dict[str, str]:
        """Return every field filled in with something that fits its type; of two lists two choices, of a column one."""
        sent: dict[str, str] = {}
        taken = set[str]()
        for one in self.fields:
            if one.type in _NOT_SENT or (one.type == "select" and one.name in sent):
                continue
            sent[one.name] = one.filled()
            if one.type == "select" and not one.value:
                free = [choice for choice in one.options if choice and choice not in taken]
                sent[one.name] = next(iter(free), sent[one.name])
                taken.add(sent[one.name])
        return sent


class Page(HTMLParser):
    """The page of a text in HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._select: Field | None = None
        self._form: Form | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links += [
            given[name] for name in _LEADING if given.get(name, "").startswith("/") and tag != "form"
        ]
        if tag == "form":
            self._form = Form(action=given.get("action", ""), method=given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and tag in {"input", "select", "textarea", "option"}:
            self._control(self._form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if tag == "option" and self._select is not None:
            self._select.options.append(given.get("value", ""))
            if "selected" in given:
                self._select.value = given.get("value", "")
        elif kind == "radio":
            self._radio(form, given)
        elif given.get("name"):
            made = Field(
                name=given["name"],
                type=kind,
                value=given.get("value", ""),
                is_checked="checked" in given,
                is_reached=given.get("tabindex") != "-1",
            )
            form.fields.append(made)
            self._select = made if tag == "select" else self._select

    def _radio(self, form: Form, given: dict[str, str]) -> None:
        """Put the choices of one name together as one field."""
        known = next((one for one in form.fields if one.name == given.get("name")), None)
        if known is None:
            known = Field(name=given.get("name", ""), type="radio")
            form.fields.append(known)
        known.options.append(given.get("value", ""))
