"""`flask group` and `flask account`: founding a group and letting people in, from the terminal."""

from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.desk import at_the_desk, group_called
from app.core.access.domain.address import folded_address
from app.core.access.queries import account_by_email, account_of_person
from app.core.access.services.accounts import open_account, set_password
from app.core.access.services.invitations import Inviting, invite
from app.core.errors import Refusal, Refused
from app.core.founding.network import make_site_admin
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine, all_groups
from app.core.groups.services import FoundGroup, found_group, take_office
from app.core.groups.welcoming import NewMember, take_in
from app.core.ids import GroupId
from app.core.local_time import local_day
from app.core.meetings.domain.schedule import WEEKDAY_CODES, weekly_on
from app.core.meetings.services import add_schedule, plan_ahead
from app.core.people.domain.name import Name
from app.core.work import UnitOfWork
from app.http.links import code_key, link_address
from app.plugin_runtime.runtime import runtime
from app.plugin_runtime.switching import switch_on

group = AppGroup("group", help="Groups: create, list.")
account = AppGroup("account", help="Accounts: create, invite, make-admin.")


@group.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="The group's name, as people say it.")
@click.option("--zone", required=True, help="IANA time zone, for instance Europe/Lisbon.")
@click.option("--currency", required=True, help="ISO 4217 code, for instance EUR.")
@click.option("--weekday", type=click.Choice(WEEKDAY_CODES), required=True, help="The day on which it meets.")
@click.option(
    "--at", "wall_time", type=click.DateTime(["%H:%M"]), required=True, help="Wall time, for instance 07:00."
)
@click.option("--minutes", type=click.IntRange(15, 600), default=90, show_default=True)
@click.option("--place", default="")
@click.option("--locale", default="en-GB", show_default=True, help="How days, times and amounts are written.")
def create_group(  # noqa: PLR0913  # click hands over every option by its name
    slug: str,
    *,
    name: str,
    zone: str,
    currency: str,
    weekday: str,
    wall_time: datetime,
    minutes: int,
    place: str,
    locale: str,
) -> None:
    """Found a group that meets every week, with everything switched on that the house offers."""
    with at_the_desk() as work:
        found = found_group(
            work, FoundGroup(slug=slug, name=name, zone=zone, currency=currency, locale=locale)
        )
        today = local_day(work.now, found.zone)
        rule = weekly_on(WEEKDAY_CODES.index(weekday))
        at = wall_time.time()
        add_schedule(work, found, rule=rule, starts_on=today, wall_time=at, minutes=minutes, place=place)
        plan_ahead(work, found, today)
        _switch_everything_on(work, found.id)
        work.commit()
    click.echo(
        f"{name} is founded. Next: flask --app wsgi account create MAIL --group {slug} --name … --office president"
    )


@group.command("list")
def list_groups() -> None:
    """List every group of the network."""
    with at_the_desk() as work:
        for found in all_groups(work.session):
            click.echo(f"{found.slug}\t{found.name}\t{found.zone}")


@account.command("create")
@click.argument("email")
@click.option("--group", "slug", required=True, help="The group's address name.")
@click.option("--name", required=True, help="First name and family name.")
@click.option("--trade", default="")
@click.option("--firm", default="")
@click.option(
    "--office", type=click.Choice([office.value for office in Office]), help="An office from today on."
)
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="At least 15 characters."
)
def create_account(
    email: str, *, slug: str, name: str, trade: str, firm: str, office: str | None, password: str
) -> None:
    """Take a person into a group, with an account that can sign in at once."""
    with at_the_desk() as work:
        member = _take_in(work, slug, email=email, name=name, trade=trade, firm=firm, office=office)
        open_account(work, person_id=member.person_id, email=email)
        found = account_of_person(work.session, member.person_id)
        if found is None:
            raise Refused([Refusal(code="access.bad_address", facts={"address": email})])
        set_password(work, found, password)
    click.echo(f"{name} can sign in at {current_app.config['GIVEFIRST_BASE_URL']} with {email}.")


@account.command("invite")
@click.argument("email")
@click.option("--group", "slug", required=True, help="The group's address name.")
@click.option("--name", required=True, help="First name and family name.")
@click.option("--trade", default="")
@click.option("--firm", default="")
@click.option(
    "--office", type=click.Choice([office.value for office in Office]), help="An office from today on."
)
def invite_account(email: str, *, slug: str, name: str, trade: str, firm: str, office: str | None) -> None:
    """Take a person into a group and mail them a link and a code that let them in."""
    with at_the_desk() as work:
        member = _take_in(work, slug, email=email, name=name, trade=trade, firm=firm, office=office)
        home = group_called(work, slug)
        with current_app.test_request_context():
            address = link_address()
        invite(work, member, Inviting(group=home, by=None, address=address, key=code_key()))
        work.commit()
    click.echo(f"The invitation to {email} is in the outbox.")


@account.command("make-admin")
@click.argument("email")
def make_admin(email: str) -> None:
    """Let an account choose for the whole network, for instance who may found a group; it sees no group by that."""
    with at_the_desk() as work:
        found = account_by_email(work.session, folded_address(email))
        if found is None:
            raise click.ClickException(
                f"No account signs in with {email}; `flask --app wsgi account create` opens one."
            )
        make_site_admin(work, found.id)
        work.commit()
    click.echo(f"{found.email} is an administrator of the network from the next page on.")


def _take_in(
    work: UnitOfWork, slug: str, *, email: str, name: str, trade: str, firm: str, office: str | None
) -> MemberLine:
    home = group_called(work, slug)
    today = local_day(work.now, home.zone)
    given, _space, family = name.strip().partition(" ")
    joining = NewMember(
        name=Name(given=given, family=family.strip()), email=email, trade=trade, firm=firm, joined_on=today
    )
    member = take_in(work, home, joining)
    if office is not None:
        take_office(work, group_id=home.id, member_id=member.id, office=Office(office), starts_on=today)
    return member


def _switch_everything_on(work: UnitOfWork, group_id: GroupId) -> None:
    registry = runtime().registry
    for plugin in registry.plugins:
        if plugin.manifest.on_in_new_groups:
            switch_on(work, registry, group_id=group_id, name=plugin.manifest.name)
