"""Two hundred equal posts make one slip and two hundred equal answers; two at once never overwrite one another."""

from concurrent.futures import ThreadPoolExecutor

from flask.testing import FlaskClient

from tests.support.slips import SLIP_FORM, passed_slip, slip_of
from tests.support.world import World

POSTS = 200
AT_ONCE = 8


def _twin(world: World, client: FlaskClient) -> FlaskClient:
    """Return another connection of the same browser: the same cookie, a client of its own."""
    twin = world.app.test_client()
    with client.session_transaction() as cookie, twin.session_transaction() as copy:
        copy.update(cookie)
    return twin


def test_two_hundred_equal_posts_make_one_slip_and_equal_answers(world: World) -> None:
    group = world.group()
    ana, rui = world.member(group, "Ana Sousa"), world.member(group, "Rui Almeida")
    client = world.client(ana)
    form = {**SLIP_FORM, "receiver": rui.public_id, "form_token": "one-filling-in"}
    twins = [_twin(world, client) for _number in range(AT_ONCE)]

    def post_some(twin: FlaskClient) -> list[tuple[int, str]]:
        answers = [twin.post("/g/harbour/referrals/pass", data=form) for _number in range(POSTS // AT_ONCE)]
        return [(answer.status_code, answer.headers.get("Location", "")) for answer in answers]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [answer for some in pool.map(post_some, twins) for answer in some]
    assert len(answers) == POSTS
    assert len(set(answers)) == 1
    assert answers[0][0] == 303
    assert world.rows("referrals_slip") == 1
    assert world.rows("referrals_prospect") == 1
    assert world.rows("notice") == 1
    world.assert_ledger_whole(group)


def test_both_sides_at_once_never_overwrite_one_another(world: World) -> None:
    group = world.group()
    ana, rui = world.member(group, "Ana Sousa"), world.member(group, "Rui Almeida")
    clients = {"withdraw": world.client(ana), "decline": world.client(rui)}
    for _number in range(10):
        slip = passed_slip(world, group, ana, rui)

        def post(act: str, slip: str = slip) -> int:
            address = f"/g/harbour/referrals/slips/{slip}/steps/{act}"
            return (
                clients[act]
                .post(address, data={f"{act}-version": "1", f"{act}-form_token": slip})
                .status_code
            )

        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(post, clients))
        assert answers == [303, 422]
        assert slip_of(world, group, slip, ana).slip.version == 2
    assert world.rows("referrals_step") == 20
    world.assert_ledger_whole(group)
