"""The gate: before any page of a group is drawn, who is it, are they of this group, is the plugin on, may they.

One gate for core pages and plugins, in the tree or from a wheel. An unknown group, a stranger to it and a
plugin that is off answer alike: the one 404. Inside one's own group, a page of an office one does not hold
says so kindly (403).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext

from app.core.access.domain.permission import TABLET, Permission
from app.core.access.domain.viewer import SignedIn, Viewer
from app.core.access.queries import device_by_token, was_device
from app.core.errors import NotFound
from app.core.groups.domain.office import OFFICE_TITLES, Office
from app.core.groups.domain.standing import Standing
from app.core.groups.queries import group_by_slug, standing_of
from app.core.work import HOUSE, Actor, UnitOfWork
from app.extensions import csrf
from app.http.door import answer_script, device_cookie, posts_json, wants_json
from app.http.errors import not_of_this_office
from app.http.identity import who_is_signed_in
from app.http.locales import read_for
from app.http.page import Answer, DoorPage, GroupPage, PublicPage
from app.plugin_api import Page
from app.plugin_runtime.answers import plugins_on
from app.plugin_runtime.runtime import runtime

GatedView = Callable[..., Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRule:
    """What an endpoint declares: whom it admits (`realm`), whose it is (`component`, empty for core), and for what."""

    realm: str
    component: str
    permission: str
    is_front: bool = False


def member_gate(page: Page, component: str) -> GatedView:
    """Return `page.view` behind the gate of a group's members."""

    def gated(group: str, **values: Any) -> Answer:
        signed_in = who_is_signed_in()
        if signed_in is None:
            return to_sign_in()
        held = runtime()
        work = held.request_work(Actor(person_id=signed_in.person_id))
        standing = standing_of(work.session, group, signed_in.person_id, work.now)
        if standing is None or not _is_on(component, standing.switched_on):
            raise NotFound
        read_for(standing.group)
        plugins_on(work, standing.group.id, known=standing.switched_on)
        permission = held.dispatch.permission(page.permission)
        if not permission.held_with(standing.offices):
            return _not_yours(permission, standing)
        return page.view(_group_page(standing, signed_in, work), **values)

    return gated


def door_gate(page: Page, component: str) -> GatedView:
    """Return `page.view` behind the gate of a group's registered devices, each kind to its own pages."""
    kind = page.permission.split(":")[1]

    def gated(group: str, **values: Any) -> Answer:
        held = runtime()
        work = held.request_work(HOUSE)
        found = group_by_slug(work.session, group)
        on = plugins_on(work, found.id) if found else frozenset[str]()
        token = request.cookies.get(device_cookie(kind), "")
        if found is None or not token or not _is_on(component, on):
            raise NotFound
        device = device_by_token(work.session, found.id, token, work.now)
        if device is None or device.kind != kind:
            if page.permission == TABLET and wants_json() and was_device(work.session, found.id, token, kind):
                # Told so that its page forgets the names; everybody else learns nothing.
                return answer_script(401, code="revoked")
            raise NotFound
        if page.permission == TABLET and request.method == "POST" and not posts_json():
            return answer_script(400, code="json")
        read_for(found)
        work.actor = Actor(device_id=device.id)
        return page.view(
            DoorPage(
                group=found, work=work, house=held.dispatch, switched_on=on, device=device, realm="door"
            ),
            **values,
        )

    return _exempt_from_form_tokens(gated) if page.permission == TABLET else gated


def public_gate(page: Page, component: str) -> GatedView:
    """Return `page.view` behind the gate of the public: the group exists and the plugin is on."""

    def gated(group: str, **values: Any) -> Answer:
        held = runtime()
        work = held.request_work(HOUSE)
        found = group_by_slug(work.session, group)
        on = plugins_on(work, found.id) if found else frozenset[str]()
        if found is None or not _is_on(component, on):
            raise NotFound
        read_for(found)
        return page.view(
            PublicPage(group=found, work=work, house=held.dispatch, switched_on=on, realm="visit"), **values
        )

    return gated


def to_sign_in() -> Answer:
    """Send a stranger to the sign-in page, and from there back to the page they wanted."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("account.sign_in", next=wanted or None), 303)


def _exempt_from_form_tokens(gated: GatedView) -> GatedView:
    """Return the gated view without the demand for a form token; `gated` demands what no form can send."""

    def from_tablet(group: str, **values: Any) -> Answer:
        return gated(group, **values)

    # The library knows views by their name: every view of this name passed through this function.
    csrf.exempt(from_tablet)
    return from_tablet


def _is_on(component: str, on: frozenset[str]) -> bool:
    return not component or component in on


def _group_page(standing: Standing, signed_in: SignedIn, work: UnitOfWork) -> GroupPage:
    viewer = Viewer(
        account_id=signed_in.account_id,
        person_id=signed_in.person_id,
        member_id=standing.member_id,
        member_public_id=standing.member_public_id,
        name=signed_in.name,
        first_name=signed_in.first_name,
        offices=standing.offices,
        joined_on=standing.joined_on,
        first_joined_on=standing.first_joined_on,
    )
    return GroupPage(
        group=standing.group,
        work=work,
        house=runtime().dispatch,
        switched_on=standing.switched_on,
        realm="group",
        viewer=viewer,
        signed_in=signed_in,
        unread_notices=standing.unread_notices,
        group_choices=standing.other_groups,
    )


def _not_yours(permission: Permission, standing: Standing) -> Answer:
    offices = ", ".join(gettext(OFFICE_TITLES[office]) for office in Office if office in permission.offices)
    home = url_for("group.home", group=standing.group.slug)
    return not_of_this_office(gettext(permission.title), offices, home)
