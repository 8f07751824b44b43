"""What the dashboard and the alert rules ask for is what a page of metrics says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from serai.app import worker
from serai.kit.db import Conn
from tests.app.calling import serving
from tests.app.measured import read
from tests.given import NOON, a_business, a_channel, change, deliver, delivery, text_item

OPS = Path(__file__).parents[3] / "ops"
DASHBOARD = OPS / "grafana" / "serai.json"
RULES = OPS / "prometheus" / "serai-alerts.yaml"
METRIC = re.compile(r"\bserai_[a-z_]+\b")
RECORDED = re.compile(r"\bserai:[a-z0-9_:]+\b")
ENDINGS = re.compile(r"_(bucket|count|sum|total)$")
ALERT = re.compile(
    r"- alert: (?P<name>\w+)\n        expr: (?P<expr>.+)\n(?:        for: \w+\n)?"
    r"        labels: \{ severity: (?:critical|warning) \}\n        annotations:\n"
    r"          summary: .+\n          remedy: .+\n"
)


def panels() -> list[dict[str, Any]]:
    return [each for each in json.loads(DASHBOARD.read_text())["panels"] if each["type"] != "row"]


async def told(db_url: str, conn: Conn) -> set[str]:
    """Names without their endings, of web and worker, whether anything was counted or not."""
    assert worker.Worker
    await a_channel(conn, await a_business(conn))
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    await conn.execute("UPDATE channels SET token_expires_at = %s", (NOON,))
    await conn.execute(
        "INSERT INTO channel_notices (id, business_id, channel_id, code, level, words, next_step, at)"
        " SELECT gen_random_uuid(), business_id, id, 'silent', 'critical', '', '', %s FROM channels",
        (NOON,),
    )
    async with serving(db_url, conn) as api:
        text = (await api.app.state.metrics.page()).body.decode()
        await read(api.app.state.metrics)
    return {ENDINGS.sub("", name) for name in re.findall(r"^# TYPE (\w+)", text, re.MULTILINE)}


@pytest.mark.promise("OPS-02")
@pytest.mark.promise("OPS-03")
async def test_every_metric_that_is_asked_for_is_there(conn: Conn, db_url: str):
    known = await told(db_url, conn)
    for path in (DASHBOARD, RULES):
        asked = {ENDINGS.sub("", name) for name in METRIC.findall(path.read_text())}
        assert asked <= known, f"{path.name} asks for {sorted(asked - known)}"


@pytest.mark.promise("OPS-03")
def test_there_is_an_alert_for_each_trouble_with_its_remedy():
    text = RULES.read_text()
    found = {each["name"]: each["expr"] for each in ALERT.finditer(text)}
    assert len(found) == text.count("- alert:"), "each has a severity, a summary and a remedy"
    for name, sign in {
        "SeraiWebhookSilence": 'code="silent"',
        "SeraiTokenEnds": "serai_channel_token_seconds",
        "SeraiQualityDrop": "quality_low",
        "SeraiAnswersSlow": "serai_answers_day",
        "SeraiWebhooksNotRead": "serai_oldest_seconds",
        "SeraiSendsUnknown": 'state="unknown"',
        "SeraiDiskFull": "serai_disk_free_bytes",
    }.items():
        assert sign in found[name]


def test_what_the_dashboard_takes_from_rules_is_recorded():
    recorded = set(re.findall(r"- record: (\S+)", RULES.read_text()))
    assert set(RECORDED.findall(DASHBOARD.read_text())) <= recorded


def test_no_two_panels_lie_on_each_other():
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not cells & taken, panel["title"]
        assert at["x"] + at["w"] <= 24
        taken |= cells
