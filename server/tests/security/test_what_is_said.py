"""Serai claims no more of its encryption than there is."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SENTENCES = ROOT / "web" / "src" / "shared" / "i18n" / "ar.json"
"""Every sentence of the pages, by its English words."""
CLAIM = re.compile(r"end.to.end|encrypt|military|unbreakable|100 ?% (safe|secure)", re.IGNORECASE)


@pytest.mark.promise("SEC-14")
def test_no_page_claims_an_encryption_and_the_guide_says_where_whatsapp_s_own_ends():
    sentences = json.loads(SENTENCES.read_text("utf-8"))
    assert len(sentences) > 1000
    assert [each for each in sentences if CLAIM.search(each)] == []

    guide = " ".join((ROOT / "docs" / "guide" / "security.md").read_text("utf-8").split())
    assert "WhatsApp's own encryption ends at Meta when a business uses the Cloud API" in guide
    assert "**Not sealed:** names, and the texts of messages" in guide
