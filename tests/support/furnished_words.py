"""What the mails of the demo's house say, and the link under one of them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.core.groups.domain.office import Office, Term
from app.core.groups.queries import MemberLine
from app.core.notices.stopping import StopLine, Stoppable
from app.core.offices.queries import words_of_office
from app.core.offices.services.offers import OfferOffice, offer_office
from app.core.offices.services.words import InOffice, write_word
from app.http.stop_links import stop_link
from tests.support.browsing import DemoHouse


def mails_and_offices(demo: DemoHouse, me: MemberLine, president: MemberLine) -> Mapping[str, Sequence[str]]:
    """Return what stands in the addresses: mails that can be worded, the secret of one, an office's words and offers."""
    line = StopLine(
        group_id=demo.group.id,
        group_slug=demo.group.slug,
        group_name=demo.group.name,
        member_public_id=me.public_id,
        what=Stoppable.DIGEST,
        language="en",
        written_at=demo.world.now,
    )
    with demo.world.app.app_context():
        secret = stop_link(line).rpartition("/")[2]
    offers = [_offered(demo, me, president) for _one in range(2)]
    return {
        "offer": offers,
        "group.edit_word/office": [Office.PRESIDENT.value],
        "group.add_word/office": [Office.PRESIDENT.value],
        "word": [_written_down(demo, president)],
        "group.handover_file/name": ["members"],
        "wording": ["meetings.moved", "referrals.reminder"],
        "stop.stop/token": [secret],
    }


def _offered(demo: DemoHouse, me: MemberLine, president: MemberLine) -> str:
    work = demo.world.work(president)
    first = demo.world.now.date() + timedelta(days=30)
    command = OfferOffice(
        office=Office.EDUCATION,
        term=Term(first=first, last=first + timedelta(days=180)),
        asked=[one.public_id for one in (me, president)],
        by=president.id,
        base_url=demo.base_url,
    )
    offer = offer_office(work, demo.group, command)
    work.session.close()
    return offer


def _written_down(demo: DemoHouse, president: MemberLine) -> str:
    work = demo.world.work(president)
    on = InOffice(group=demo.group, office=Office.PRESIDENT, member_id=president.id)
    write_word(
        work, on, "Rui keeps the spare key of the room.\nThe hotel wants to know the number by Friday noon."
    )
    word = words_of_office(work.session, demo.group.id, Office.PRESIDENT)[0].public_id
    work.session.close()
    return word
