"""No process of any story may write what people wrote, who they are, or what opens anything.

Every stack of the stories is scanned when it ends (`conftest.standing`); here is shown that this bites.
"""

from pathlib import Path

import pytest
from tests.stories.leaks import FORBIDDEN, ensure_clean, leaks

PLANTED = {
    "phone": ("12125550141", "+1 212-555-0141", '{"to": "16465550100"}'),
    "e-mail": ("nour@example.com", '"owner@demo.example"'),
    "token of Meta's": ("EAAtestchanneltoken", "demo-token-1"),
    "key of ours": ("serai_ZuInG5hfrAa6Z8SZj6sh27", "Authorization: Bearer abcdefgh"),
    "secret": ("signed with demo-app-secret",),
    "message's id": ("wamid.HBgLMTIxMjU1NTAxNDE",),
    "link that opens": ('{"event": "http://127.0.0.1:8788/welcome#token=abc"}',),
}
HARMLESS = (
    '{"event": "Started server process [4780]", "timestamp": "2026-11-21T20:57:30.124007Z"}',
    '{"event": "tidied", "chore": "service_days", "count": 12125}',
    '{"message_id": "765614ec-61eb-5827-8807-104d2902b6a2", "event": "send_unknown"}',
)


@pytest.mark.promise("SEC-05")
def test_whatever_is_planted_in_a_log_is_found_and_nothing_else(tmp_path: Path):
    assert PLANTED.keys() == FORBIDDEN.keys()
    for name, lines in PLANTED.items():
        for line in lines:
            assert [found.split(":")[0] for found in leaks(f"well\n{line}\n")] == [name]
    assert leaks("\n".join(HARMLESS)) == []

    (tmp_path / "metasim.log").write_text(PLANTED["phone"][0])
    (tmp_path / "worker.log").write_text("\n".join(HARMLESS))
    ensure_clean(tmp_path)
    (tmp_path / "server.log").write_text(PLANTED["e-mail"][0])
    with pytest.raises(AssertionError, match=r"server\.log holds what no log may hold"):
        ensure_clean(tmp_path)
