"""Settings: what is missing or wrong is named at start, and no value is ever shown."""

from pathlib import Path

import pytest
from serai.kit.settings import Settings, SettingsProblem, load, settings_page

GOOD = {
    "SERAI_DATABASE_URL": "postgresql://127.0.0.1/serai",
    "SERAI_KEYS": "k1:c2VjcmV0",
    "SERAI_INDEX_KEY": "c2VjcmV0",
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SERAI_ENV_FILE", raising=False)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SERAI_{name.upper()}", raising=False)


def put(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    for name, value in (GOOD | more).items():
        monkeypatch.setenv(name, value)


def test_three_settings_are_enough(monkeypatch: pytest.MonkeyPatch):
    put(monkeypatch)
    settings = load()

    assert settings.database_url == GOOD["SERAI_DATABASE_URL"]
    assert (settings.host, settings.port, settings.clock) == ("127.0.0.1", 8788, "system")
    assert settings.webhook_body_limit_bytes == 3 * 1024 * 1024


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str):
    put(monkeypatch)
    monkeypatch.delenv(name)

    with pytest.raises(SettingsProblem, match=f"^{name} is missing: "):
        load()


def test_all_that_is_missing_is_named_at_once_a_line_each():
    with pytest.raises(SettingsProblem) as caught:
        load()
    lines = str(caught.value).splitlines()
    assert [line.split()[0] for line in lines] == list(GOOD)
    assert all(line.endswith(".") for line in lines)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SERAI_PORT", "eighty-eight"),
        ("SERAI_PORT", "70000"),
        ("SERAI_CLOCK", "sundial"),
        ("SERAI_GRAPH_VERSION", "latest"),
        ("SERAI_LOG_LEVEL", "chatty"),
        ("SERAI_POOL_SIZE", "1"),
        ("SERAI_SEND_TIMEOUT_SECONDS", "0"),
    ],
)
def test_a_wrong_variable_is_named_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    put(monkeypatch, **{name: value})

    with pytest.raises(SettingsProblem, match=f"^{name} is wrong: ") as caught:
        load()
    assert value not in str(caught.value).split() or value.isdecimal()
    assert caught.value.__cause__ is None


def test_no_secret_is_ever_in_the_message(monkeypatch: pytest.MonkeyPatch):
    put(monkeypatch, SERAI_PORT="x")
    with pytest.raises(SettingsProblem) as caught:
        load()
    assert not any(value in str(caught.value) for value in GOOD.values())


def test_networks_that_are_none_are_named_without_what_was_written(monkeypatch: pytest.MonkeyPatch):
    put(monkeypatch, SERAI_WEBHOOK_NETWORKS="203.0.113.0/24, meta.example")
    with pytest.raises(
        SettingsProblem, match=r"^SERAI_WEBHOOK_NETWORKS is wrong: write addresses"
    ) as caught:
        load()
    assert "meta.example" not in str(caught.value)


def test_a_file_gives_what_the_environment_does_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    file = tmp_path / "serai.env"
    lines = [f"{name}={value}" for name, value in GOOD.items()]
    file.write_text("\n".join([*lines, "SERAI_PORT=9000", "SERAI_HOST=0.0.0.0", "OTHER=1"]))
    monkeypatch.setenv("SERAI_ENV_FILE", str(file))
    monkeypatch.setenv("SERAI_PORT", "9001")

    assert (load().host, load().port) == ("0.0.0.0", 9001)  # noqa: S104 — not listened on


def test_a_file_that_is_not_there_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch):
    put(monkeypatch, SERAI_ENV_FILE="/nowhere/serai.env")

    with pytest.raises(SettingsProblem, match=r"^SERAI_ENV_FILE names /nowhere/serai\.env,"):
        load()


def test_every_setting_is_described_in_a_sentence_and_on_the_page():
    page = settings_page()
    for name, field in Settings.model_fields.items():
        assert field.description
        assert field.description.endswith(".")
        assert f"| `SERAI_{name.upper()}` |" in page
