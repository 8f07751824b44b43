"""Processes die, queues grow, people look at what is not theirs."""

import json
import random
import threading
import time
from collections import Counter

import pytest
from serai.app.demo import world
from tests.given import change, delivery, signature, text_item
from tests.stories import nursery
from tests.stories.conftest import AMAL, BEN, CAFE, INVESTMENT, SCHOOL, SHOP, Stack, until

NUMBERS = (SCHOOL, CAFE, INVESTMENT, SHOP)


def test_workers_that_are_killed_at_any_moment_lose_nothing_and_double_nothing(stack: Stack):
    people = [f"1212555{2000 + n}" for n in range(12)]
    for person in people:
        stack.tell("POST", "/people", {"phone": person, "name": f"Guest {person[-2:]}"})
    chance = random.Random(7)  # noqa: S311 — the seed repeats a failure
    for name in ("one", "two"):
        stack.worker(name)

    written: dict[str, list[str]] = {person: [] for person in people}
    for n in range(120):
        person = people[n % 12]
        written[person].append(stack.write(person, SCHOOL, "menu"))
        if n % 15 == 14:
            name = chance.choice(("one", "two"))
            time.sleep(chance.random() * 0.3)
            stack.kill(name)
            stack.worker(name)

    until(lambda: len(stack.rows("SELECT FROM messages WHERE direction = 'in'")) == 120, 60)
    stack.tell("POST", "/clock", {"advance_seconds": 120})  # until dead workers' sends are settled
    until(lambda: not stack.rows("SELECT FROM sends WHERE state IN ('waiting', 'under_way')"), 60)

    out = stack.rows("SELECT id FROM messages WHERE direction = 'out'")
    assert len(out) == 120, "one answer for each message"
    accepted = stack.tell("GET", "/sends")["sends"]
    ids = [each["biz_opaque_callback_data"] for each in accepted]
    assert len(ids) == len(set(ids)), "Meta got nothing twice"
    told = {
        str(row["message_id"])
        for row in stack.rows(
            "SELECT message_id FROM message_events WHERE kind IN ('accepted', 'sent', 'unknown')"
        )
    }
    assert {str(row["id"]) for row in out} == told, "every send is accounted for"
    order = stack.rows(
        "SELECT array_agg(meta_id ORDER BY sent_at, messages.seq) AS shown,"
        "       array_agg(meta_id ORDER BY events.seq) AS handled"
        "  FROM messages JOIN events ON events.message_id = messages.id AND kind = 'MessageReceived'"
        " WHERE direction = 'in' GROUP BY contact_id"
    )
    for way in ("handled", "shown"):
        got = sorted(row[way] for row in order)
        assert got == sorted(written.values()), f"each person's messages are {way} in order"


GOOD, BAD, AGAIN = 2000, 200, 200


@pytest.mark.promise("MSG-03")
@pytest.mark.promise("MSG-04")
@pytest.mark.promise("MSG-06")
def test_a_burst_with_the_workers_stopped_is_acknowledged_and_later_handled_to_the_last(
    stack: Stack,
):
    """With some that nobody can read among them, some that nobody signed, and some that come three times."""
    good = [
        delivery(change(SCHOOL, messages=[text_item(f"no rule {n}", phone=f"121255{n % 400:05d}")]))
        for n in range(GOOD)
    ]
    bad = [unreadable(n) for n in range(BAD)]
    half = [
        delivery(change(SCHOOL, messages=[text_item("fine"), {"id": f"wamid.half{n}"}]))
        for n in range(BAD)
    ]
    signed = [*good, *bad, *half, *good[:AGAIN], *good[:AGAIN]]
    posts = [(body, signature(body, world.APP_SECRET)) for body in signed]
    posts += [(body, signature(body, "somebody else's")) for body in bad]
    random.Random(3).shuffle(posts)  # noqa: S311 — the same order each time
    url = f"http://127.0.0.1:{stack.port}/webhooks/meta"
    answers: Counter[int] = Counter()

    def post(part: list[tuple[bytes, str]]) -> None:
        for body, signed_by in part:
            header = {"X-Hub-Signature-256": signed_by}
            answers[stack.http.post(url, content=body, headers=header).status_code] += 1

    threads = [threading.Thread(target=post, args=(posts[n::8],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {200: len(signed), 403: BAD}
    kept = GOOD + 2 * BAD
    assert stack.rows("SELECT count(*) AS n FROM webhook_deliveries") == [{"n": kept}]
    assert stack.rows("SELECT count(*) AS n FROM messages") == [{"n": 0}]

    stack.worker()

    incoming = "SELECT count(*) AS n FROM messages WHERE direction = 'in'"
    until(lambda: stack.rows(incoming) == [{"n": GOOD + BAD}], 90)
    aside = "SELECT count(*) AS n, count(reason) AS told FROM {} WHERE state = 'quarantined'"
    for table in ("webhook_deliveries", "inbound_items"):
        assert stack.rows(aside.format(table)) == [{"n": BAD, "told": BAD}], table
    assert stack.rows(incoming) == [{"n": GOOD + BAD}], "none came twice"


def unreadable(n: int) -> bytes:
    """One of five ways to be no webhook."""
    whole = delivery(change(SCHOOL, messages=[text_item(f"unread {n}")]))
    ways = (
        whole[: 60 + n],
        b"\xff\xfe" + whole,
        b'{"object": "whatsapp_business_account", "entry": %d}' % n,
        b'{"object": "nothing of ours", "entry": [], "n": %d}' % n,
        b"[" * 3000 + b"%d" % n,
    )
    return ways[n % len(ways)]


@pytest.mark.promise("MSG-23")
def test_a_person_s_reply_overtakes_a_long_queue(working: Stack):
    working.write(AMAL, SCHOOL, "hello")
    [talk] = until(lambda: working.ask("GET", "/conversations").json()["data"])
    working.execute(
        """WITH people AS (
               INSERT INTO contacts (id, business_id, name, created_at)
               SELECT gen_random_uuid(), business_id, 'Someone', now()
                 FROM contacts, generate_series(1, 10000)
               RETURNING id, business_id),
           talks AS (
               INSERT INTO conversations (id, business_id, inbox_id, channel_id, contact_id, opened_at,
                                          last_activity_at)
               SELECT gen_random_uuid(), people.business_id, inbox_id, channel_id, people.id, now(), now()
                 FROM people, conversations RETURNING *),
           texts AS (
               INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                                     author_kind, cause, content, created_at)
               SELECT gen_random_uuid(), business_id, id, contact_id, channel_id, 'out', 'campaign', 'test',
                      '{"type": "text", "body": "news"}', now() FROM talks RETURNING *),
           allowed AS (
               INSERT INTO policy_decisions (business_id, message_id, stage, verdict, at)
               SELECT business_id, id, 'commit', 'allow', now() FROM texts)
           INSERT INTO sends (id, business_id, channel_id, conversation_id, contact_id, effect, priority,
                              created_at)
           SELECT texts.id, texts.business_id, texts.channel_id, texts.conversation_id, texts.contact_id,
                  jsonb_build_object('type', 'SendMessage', 'business_id', texts.business_id,
                      'message_id', texts.id, 'conversation_id', texts.conversation_id,
                      'channel_id', texts.channel_id, 'contact_id', texts.contact_id,
                      'content', content, 'purpose', 'marketing', 'author', 'campaign', 'cause', 'test',
                      'at', now()), 2, now() - interval '1 hour' FROM texts"""
    )

    path, body = (
        f"/conversations/{talk['id']}/messages",
        {"content": {"type": "text", "body": "At once!"}},
    )
    asked = working.ask("POST", path, body, **{"Idempotency-Key": "reply"})

    assert asked.status_code == 200
    until(lambda: [a for a in working.answers(AMAL, SCHOOL) if a["text"] == "At once!"])
    waiting = working.rows(
        "SELECT count(*) AS n FROM sends WHERE state = 'waiting' AND priority = 2"
    )
    assert waiting[0]["n"] > 5000, "the campaign is still under way"


@pytest.mark.promise("MSG-14")
@pytest.mark.promise("MSG-24")
def test_in_a_rush_statuses_that_come_first_and_answers_that_never_come_double_and_lose_nothing(
    working: Stack,
):
    people = [f"1212556{n:04d}" for n in range(200)]
    for person in people:
        working.tell("POST", "/people", {"phone": person, "name": "Guest"})
    working.tell("POST", "/faults", {"kind": "status_first", "times": 60})
    working.tell("POST", "/faults", {"kind": "hang_up", "times": 60})
    working.worker("second")

    for person in people:
        working.write(person, SCHOOL, "menu")

    facts = "SELECT count(*) AS n FROM message_events WHERE kind = 'read'"
    until(lambda: working.rows(facts) == [{"n": 200}], 90)
    until(lambda: not working.rows("SELECT FROM send_attempts WHERE outcome IS NULL"))
    accepted = working.tell("GET", "/sends")["sends"]
    ids = [each["biz_opaque_callback_data"] for each in accepted]
    assert len(ids) == len(set(ids)) == 200, "Meta got each once"
    rows = working.rows("SELECT outcome, count(*) AS n FROM send_attempts GROUP BY 1")
    ends = {row["outcome"]: row["n"] for row in rows}
    assert (ends["accepted"], ends["unknown"]) == (140, 60)
    assert not working.rows("SELECT FROM sends WHERE state <> 'done'"), "the statuses told of all"


@pytest.mark.promise("POL-09")
def test_sending_by_api_for_every_sector_with_each_bad_input_answered(working: Stack):
    channels = working.ask("GET", "/channels").json()["data"]
    template = {
        SCHOOL: ("education_order_confirmation", ["EDU001", "12:00 PM", "School Cafeteria"]),
        CAFE: ("cafe_reservation_confirmation", ["Friday", "7:00 PM", "4"]),
        INVESTMENT: ("investment_portfolio_update", ["125,450", "+2.3", "+8.7"]),
    }

    def send(number: str, phone: str, key: str, **more: object) -> tuple[int, dict[str, object]]:
        [channel] = [c for c in channels if c["external_ids"]["phone_number_id"] == number]
        name, parameters = template[number]
        content = {"type": "template", "name": name, "language": "en_US", "parameters": parameters}
        body = {"channel_id": channel["id"], "to": {"phone": phone}, "content": content, **more}
        answer = working.ask("POST", "/messages", body, **{"Idempotency-Key": key})
        return answer.status_code, answer.json()

    for number in template:
        code, sent = send(number, f"+{AMAL}", f"to {number}")
        assert code == 200, sent
        [said] = until(lambda n=number: working.answers(AMAL, n))
        assert said["text"].endswith(str(sent["content"]["body"]))  # pyright: ignore

    code, problem = send(SCHOOL, "invalid", "bad number")
    assert (code, problem["code"], problem["field"]) == (400, "invalid_recipient", "phone")
    code, again = send(SCHOOL, f"+{AMAL}", f"to {SCHOOL}")
    [first] = working.rows(f"SELECT id FROM messages WHERE cause LIKE '%to {SCHOOL} %'")
    assert (code, again["id"]) == (200, str(first["id"]))
    assert len(working.answers(AMAL, SCHOOL)) == 1, "the same key is the same wish"

    working.write(AMAL, CAFE, "STOP")
    until(lambda: working.rows("SELECT FROM consent_records"))
    code, problem = send(CAFE, f"+{AMAL}", "after stop", purpose="marketing")
    assert (code, problem["code"]) == (409, "opted_out")


@pytest.mark.promise("POL-04")
def test_whatever_asks_for_a_send_meta_never_sees_one_outside_the_window(working: Stack):
    chance = random.Random(11)  # noqa: S311 — the seed repeats a failure
    for person in (AMAL, BEN):
        for number in NUMBERS:
            working.write(person, number, "menu")
    until(lambda: len(working.ask("GET", "/conversations").json()["data"]) == 8)
    talks = working.ask("GET", "/conversations").json()["data"]
    seen = {200: 0, 409: 0}

    for n in range(60):
        if n % 6 == 0:
            until(
                lambda: (
                    not working.rows("SELECT FROM sends WHERE state IN ('waiting', 'under_way')")
                )
            )
            working.tell(
                "POST", "/clock", {"advance_seconds": chance.choice((3600, 30_000, 86_395, 86_401))}
            )
            time.sleep(1)  # until the product has seen the clock jump, as no clock of Meta's does
        if n % 7 == 0:
            working.write(
                chance.choice((AMAL, BEN)), chance.choice(NUMBERS), chance.choice(("menu", "hello"))
            )
        path = f"/conversations/{chance.choice(talks)['id']}/messages"
        body = {"content": {"type": "text", "body": f"news {n}"}}
        seen[working.ask("POST", path, body, **{"Idempotency-Key": f"n{n}"}).status_code] += 1
    until(lambda: not working.rows("SELECT FROM sends WHERE state IN ('waiting', 'under_way')"), 40)
    time.sleep(1)

    errors = working.tell("GET", "/counters")["errors_by_code"]
    assert {"131047", "10"}.isdisjoint(errors)
    failed = working.rows("SELECT detail FROM message_events WHERE kind = 'failed'")
    assert not [row for row in failed if row["detail"]["code"] == 131047]
    assert all(seen.values()), f"both outcomes were met: {seen}"


def test_what_belongs_to_another_business_is_not_there(working: Stack):
    working.write(AMAL, SCHOOL, "menu")
    working.write(BEN, CAFE, "hello")
    until(lambda: len(working.ask("GET", "/conversations").json()["data"]) == 2)
    talks = {t["business_id"]: t for t in working.ask("GET", "/conversations").json()["data"]}
    mine, theirs = sorted(talks)
    working.execute(f"UPDATE api_keys SET business_ids = ARRAY['{mine}'::uuid]")

    visible = [t["business_id"] for t in working.ask("GET", "/conversations").json()["data"]]
    other = talks[theirs]
    paths = (
        f"/conversations/{other['id']}",
        f"/conversations/{other['id']}/messages",
        f"/contacts/{other['contact']['id']}",
        f"/channels/{other['channel_id']}",
        f"/channels/{other['channel_id']}/usage",
        f"/channels/{other['channel_id']}/limits",
        f"/businesses/{theirs}/limits",
        f"/conversations/{other['id']}/follow-ups",
        f"/businesses/{theirs}",
        f"/templates?channel_id={other['channel_id']}",
    )

    assert visible == [mine]
    assert [working.ask("GET", path).status_code for path in paths] == [404] * len(paths)
    body = {"content": {"type": "text", "body": "hi"}}
    sent = working.ask("POST", f"{paths[1]}", body, **{"Idempotency-Key": "k"})
    assert sent.status_code == 404


@pytest.mark.promise("SEC-05")
def test_a_whole_run_leaves_no_phone_token_or_text_in_the_logs(working: Stack):
    working.tell("POST", "/faults", {"kind": "error", "times": 1})
    working.write(AMAL, SCHOOL, "menu, and my mail is amal@example.com")
    until(lambda: working.rows("SELECT FROM events WHERE kind LIKE 'Message%'"))
    working.http.post(f"http://127.0.0.1:{working.port}/webhooks/meta", content=b"x" * 50)
    working.ask("GET", "/conversations/not-an-id")
    until(lambda: not working.rows("SELECT FROM sends WHERE state IN ('waiting', 'under_way')"))

    logs = working.logs()

    assert "worker_started" in logs
    for secret in (
        AMAL,
        "amal@example.com",
        "demo-token",
        world.APP_SECRET,
        working.key,
        "menu, and",
    ):
        assert secret not in logs


@pytest.mark.promise("SEC-04")
@pytest.mark.promise("SEC-14")
def test_a_dump_holds_no_token_or_phone_in_clear_and_rotation_seals_anew(working: Stack):
    working.write(AMAL, SCHOOL, "menu")
    until(lambda: working.answers(AMAL, SCHOOL))
    until(lambda: working.rows("SELECT FROM events WHERE kind = 'StatusReported'"))
    old = working.rows("SELECT token FROM channels UNION ALL SELECT body FROM events")

    tables = working.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'serai'")
    dump = json.dumps(
        [working.rows(f"SELECT t::text AS row FROM {t['tablename']} AS t") for t in tables],
        default=str,
    )
    for secret in (AMAL, "demo-token", world.APP_SECRET, world.VERIFY_TOKEN, working.key):
        assert secret not in dump
        assert secret.encode().hex() not in dump

    for name in ("worker", "server"):
        working.stop(name)
    working.env["SERAI_KEYS"] = f"newer:{'C' * 42}A=,{working.env['SERAI_KEYS']}"
    said = working.command("keys", "rotate")
    assert int(said.split()[0]) > 10
    working.env["SERAI_KEYS"] = working.env["SERAI_KEYS"].split(",")[0]
    new = working.rows("SELECT token FROM channels UNION ALL SELECT body FROM events")
    assert not {bytes(row["token"]) for row in old} & {bytes(row["token"]) for row in new}
    working.serve()
    working.worker()
    working.write(BEN, SCHOOL, "menu")
    until(lambda: working.answers(BEN, SCHOOL))


def test_a_replay_by_command_gives_equal_rows_and_calls_nobody(working: Stack):
    for person in (AMAL, BEN):
        working.write(person, SCHOOL, "menu")
        until(lambda p=person: [a for a in working.answers(p, SCHOOL) if a["status"] == "read"])
    until(lambda: len(working.rows("SELECT FROM message_events WHERE kind = 'read'")) == 2)
    time.sleep(0.5)
    working.stop("worker")
    tables = ("conversations", "messages", "message_events", "messaging_windows", "contacts")
    before = [
        working.rows(f"SELECT to_jsonb(t) - 'seq' AS row FROM {table} AS t ORDER BY 1")
        for table in tables
    ]
    calls = working.tell("GET", "/counters")["sends"]

    assert "events replayed; nothing was sent" in working.command("replay")

    after = [
        working.rows(f"SELECT to_jsonb(t) - 'seq' AS row FROM {table} AS t ORDER BY 1")
        for table in tables
    ]
    assert after == before
    assert working.tell("GET", "/counters")["sends"] == calls


@pytest.mark.promise("OPS-10")
def test_migrations_go_up_down_and_up_again_and_the_demo_s_data_can_be_loaded(stack: Stack):
    stack.stop("server")
    assert "Removed" in stack.command("migrate", "--down", "--yes")
    assert "applied 0001_tenancy" in stack.command("migrate")
    assert "Nothing to do" in stack.command("migrate")
    assert "version 1 is installed" in stack.command("pack", "install", "hawana-cafe")
    assert "version 1 is installed" in stack.command("pack", "install", "hawana-cafe")
    assert stack.rows("SELECT count(*) AS n FROM businesses") == [{"n": 1}]


@pytest.mark.promise("OPS-10")
def test_a_missing_or_wrong_setting_is_named_at_start(stack: Stack):
    for name, value, words in (
        ("SERAI_KEYS", None, "SERAI_KEYS is missing"),
        ("SERAI_PORT", "many", "SERAI_PORT is wrong"),
        ("SERAI_INDEX_KEY", "short", "index key"),
    ):
        env = dict(stack.env)
        env.pop(name)
        if value is not None:
            env[name] = value
        done = nursery.run(["serai", "work"], env, stack.folder)
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr
