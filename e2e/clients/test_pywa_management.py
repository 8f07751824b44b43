"""pywa manages everything against metasim: each of its calls is answered as it reads answers."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from metasim.testing import Metasim

from e2e.clients import client as clients
from e2e.clients.client import APP, NUMBER, PORTFOLIO, ROSA, SECRET, TOKEN, WABA
from e2e.clients.conftest import SAMPLES, Given
from e2e.clients.untyped import WhatsApp, WhatsAppError, calls, flows, types
from e2e.clients.untyped import templates as t
from e2e.clients.untyped import updates as u

OTHER_WABA = "880012340000099"
ENGLISH = t.TemplateLanguage.ENGLISH_US
FIELDS = [
    "messages", "account_update", "message_template_status_update",
    "message_template_quality_update", "message_template_components_update",
    "template_category_update",
]  # fmt: skip
FLOW: dict[str, Any] = {
    "version": "7.3",
    "screens": [
        {
            "id": "START",
            "title": "Hello",
            "terminal": True,
            "layout": {
                "type": "SingleColumnLayout",
                "children": [
                    {"type": "TextHeading", "text": "Hello"},
                    {
                        "type": "Footer",
                        "label": "Done",
                        "on-click-action": {"name": "complete", "payload": {}},
                    },
                ],
            },
        }
    ],
}


@pytest.fixture
def boss(sim: Metasim, given: Given) -> Iterator[Any]:
    """A pywa client that knows app and business; a second account to move things to."""
    given.has("wabas", id=OTHER_WABA, portfolio_id=PORTFOLIO)
    given.has("tokens", token=TOKEN, waba_ids=[WABA, OTHER_WABA])
    given.has("apps", id=APP, fields=FIELDS)
    with httpx.Client(transport=clients.ToMetasim(sim.port), timeout=20) as session:
        yield WhatsApp(
            phone_id=NUMBER,
            waba_id=WABA,
            token=TOKEN,
            session=session,
            app_id=APP,
            app_secret=SECRET,
            business_portfolio_id=PORTFOLIO,
        )


def parcel(name: str = "parcel", **more: Any) -> Any:
    body = t.BodyText("Hi {{1}}, your parcel comes on {{2}} at last.", "Rosa", "Monday")
    buttons = [
        t.QuickReplyButton(text="Thanks"),
        t.URLButton(text="Track", url="https://a.example/{{1}}", example="https://a.example/5"),
        t.PhoneNumberButton(text="Call", phone_number="15550100000"),
    ]
    parts = [
        t.HeaderText("Parcel {{1}}", "P-5"),
        body,
        t.FooterText(text="Acme"),
        t.Buttons(buttons=buttons),
    ]
    utility = t.TemplateCategory.UTILITY
    whole = {"name": name, "language": ENGLISH, "category": utility, "components": parts}
    return t.Template(**{**whole, **more})


def approved(boss: Any, given: Given, template: Any = None) -> str:
    """The id of a template that was reviewed."""
    key = boss.create_template(template or parcel()).id
    given.passes(61)
    return key


def pem() -> str:
    key = rsa.generate_private_key(65537, 2048).public_key()
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, kind).decode()


def test_accounts_and_numbers_are_read(boss: Any):
    assert [each.id for each in boss.get_owned_business_accounts()] == [WABA, OTHER_WABA]
    assert list(boss.get_shared_business_accounts()) == []
    account = boss.get_business_account()
    assert (account.id, account.status, account.owner_business_info.id) == (
        WABA,
        "ACTIVE",
        PORTFOLIO,
    )
    assert account.subscribed_apps[0].id == APP
    number = boss.get_business_phone_number()
    assert (number.id, number.status, number.quality_rating) == (NUMBER, "CONNECTED", "GREEN")
    assert number.throughput == {"level": "STANDARD"}
    assert [each.id for each in boss.get_business_phone_numbers()] == [NUMBER]


def test_settings_of_account_and_number(boss: Any):
    boss.update_business_account_settings(disable_marketing_messages_on_cloud_api=True)
    enabled = calls.CallingSettings(status=calls.CallingSettingsStatus.ENABLED)

    assert boss.update_business_phone_number_settings(calling=enabled).success
    assert boss.get_business_account().disable_marketing_messages_on_cloud_api
    assert boss.get_business_phone_number_settings().calling.status == "ENABLED"


def test_profile_commerce_automation_and_name(boss: Any):
    picture = SAMPLES / "image.jpg"
    assert boss.update_business_profile(about="Hi", industry=types.Industry.RETAIL).success
    assert boss.update_business_profile(profile_picture=picture).success
    profile = boss.get_business_profile()
    assert (profile.about, profile.industry) == ("Hi", types.Industry.RETAIL)
    assert profile.profile_picture_url
    assert boss.update_commerce_settings(is_catalog_visible=True, is_cart_enabled=False).success
    commerce = boss.get_commerce_settings()
    assert (commerce.is_catalog_visible, commerce.is_cart_enabled) == (True, False)
    command = types.Command(name="order", description="Order something")
    assert boss.update_conversational_automation(["Open today?"], [command]).success
    automation = boss.get_business_phone_number().conversational_automation
    assert tuple(automation.ice_breakers) == ("Open today?",)
    assert boss.update_display_name("Acme Post").success
    assert boss.set_business_public_key(pem()).success


def test_a_number_is_added_verified_registered_and_taken_off(boss: Any, given: Given):
    made = boss.create_phone_number(
        country_calling_code="1", phone_number="5557650009", verified_name="Acme Two"
    )
    key = made.id
    asked = boss.request_verification_code(code_method="SMS", language_code="en", phone_id=key)
    code = given.control("GET", f"/numbers/{key}")["desk"]["code"]

    assert asked.success
    assert boss.verify_phone_number(code, phone_id=key).success
    assert boss.register_phone_number("123456", phone_id=key).success
    assert boss.deregister_phone_number(phone_id=key).success
    with pytest.raises(WhatsAppError) as refused:
        boss.register_phone_number("000000", phone_id=key)
    assert refused.value.code == 133005


def test_templates_are_created_found_edited_and_deleted(boss: Any, given: Given):
    key = approved(boss, given)

    [found] = boss.get_templates(
        statuses=[t.TemplateStatus.APPROVED], categories=[t.TemplateCategory.UTILITY], name="parcel"
    )
    assert found.id == key
    assert boss.get_template(key).status == t.TemplateStatus.APPROVED
    edited = [t.BodyText("Hi {{1}}, your parcel waits for you.", "Rosa")]
    assert boss.update_template(key, new_components=edited).success
    assert boss.delete_template("parcel", template_id=key).success
    assert list(boss.get_templates()) == []


def test_templates_of_all_kinds_are_taken(boss: Any, given: Given):
    named = t.BodyText("Hi {{name}}, all is 20% off today.", name="Rosa")
    code = [
        t.AuthenticationBody(add_security_recommendation=True),
        t.AuthenticationFooter(code_expiration_minutes=5),
        t.Buttons(buttons=[t.CopyCodeOTPButton()]),
    ]
    wishes = [
        parcel("offer", category=t.TemplateCategory.MARKETING,
               parameter_format=t.ParamFormat.NAMED, components=[named]),
        parcel("login", category=t.TemplateCategory.AUTHENTICATION, components=code),
        t.LibraryTemplate(
            name="balance", library_template_name="low_balance_warning_1",
            category=t.TemplateCategory.UTILITY, language=ENGLISH,
        ),
        parcel("picture", components=[
            t.HeaderImage(SAMPLES / "image.jpg"), t.BodyText("See your parcel here."),
        ]),
    ]  # fmt: skip
    ids = [boss.create_template(wish).id for wish in wishes]
    given.passes(61)

    assert {boss.get_template(key).status for key in ids} == {t.TemplateStatus.APPROVED}
    languages = [ENGLISH, t.TemplateLanguage.SPANISH]
    button = t.CopyCodeOTPButton()
    many = boss.upsert_authentication_template(
        name="codes", languages=languages, otp_button=button, code_expiration_minutes=5
    )
    assert len(many.templates) == 2


def test_templates_are_paused_archived_and_moved(boss: Any, given: Given):
    key = approved(boss, given)

    assert boss.unpause_template(key).success is False
    given.control("POST", f"/templates/{key}/pause", {"pacing": True})
    given.passes(301)
    assert boss.unpause_template(key).success is True
    moved = boss.migrate_templates(WABA, destination_waba_id=OTHER_WABA)
    assert [each.id for each in moved.migrated] == [key]
    assert boss.archive_templates([key]).archived == (key,)
    assert boss.unarchive_templates([key]).unarchived == (key,)
    with pytest.raises(WhatsAppError) as refused:
        boss.compare_templates(key, key, start=0, end=7 * 86_400)
    assert "1000 sends" in refused.value.user_msg


def test_what_meta_refuses_comes_as_its_error(boss: Any):
    bad = parcel(components=[t.BodyText("{{1}} is ready for you now.", "Rosa")])

    with pytest.raises(WhatsAppError) as refused:
        boss.create_template(bad)

    assert refused.value.code == 100
    assert refused.value.subcode == 2388299
    assert refused.value.user_msg


def test_flows_are_made_changed_published_copied_and_ended(boss: Any):
    made = boss.create_flow("Hello", [flows.FlowCategory.SURVEY], flow_json=FLOW)

    assert made.success
    assert boss.get_flow(made.id).status == flows.FlowStatus.DRAFT
    assert boss.update_flow_metadata(made.id, name="Greeting").success
    assert boss.update_flow_json(made.id, FLOW).validation_errors == ()
    [asset] = boss.get_flow_assets(made.id)
    assert asset.type == "FLOW_JSON"
    assert boss.publish_flow(made.id).success
    assert [each.status for each in boss.get_flows()] == [flows.FlowStatus.PUBLISHED]
    copied = boss.migrate_flows(WABA, ["Greeting"], destination_waba_id=OTHER_WABA)
    assert copied.migrated_flows[0].source_id == made.id
    assert boss.deprecate_flow(made.id).success
    draft = boss.create_flow("Draft", [flows.FlowCategory.OTHER]).id
    assert boss.delete_flow(draft).success


def test_errors_in_a_flow_are_read(boss: Any):
    broken = {**FLOW, "colour": "red"}

    made = boss.create_flow("Broken", [flows.FlowCategory.OTHER], flow_json=broken)

    assert made.validation_errors[0].error == "INVALID_PROPERTY"


def test_qr_codes(boss: Any):
    made = boss.create_qr_code("Hello", "SVG")

    assert made.qr_image_url.endswith(".svg")
    assert boss.get_qr_code(made.code, image_type="PNG").prefilled_message == "Hello"
    assert boss.update_qr_code(made.code, "Other").prefilled_message == "Other"
    assert [each.code for each in boss.get_qr_codes()] == [made.code]
    assert boss.delete_qr_code(made.code).success
    assert boss.get_qr_code(made.code) is None


def test_people_are_blocked_and_unblocked(boss: Any, given: Given):
    given.writes()

    assert boss.block_users([ROSA]).added_users[0].wa_id == ROSA
    assert [each.wa_id for each in boss.get_blocked_users()] == [ROSA]
    assert boss.unblock_users([ROSA]).removed_users[0].wa_id == ROSA
    with pytest.raises(WhatsAppError) as refused:
        boss.block_users(["15550000000"])
    assert refused.value.code == 139100


def test_usernames_and_signups(boss: Any):
    assert boss.set_username("acmeparcels").status == "reserved"
    assert boss.get_current_username().username == "acmeparcels"
    assert boss.get_reserved_usernames()
    assert boss.delete_username().success
    made = boss.create_signup("Join us", "You are in", "https://a.example/p", promo_code="X5")
    assert boss.update_signup(made.id, message="Hello").success
    assert boss.get_signup(made.id).message == "Hello"
    assert [each.id for each in boss.get_signups()] == [made.id]


def test_callbacks_are_set_overridden_and_cleared(boss: Any, given: Given):
    token = boss.get_app_access_token(int(APP), SECRET)
    url, verify = given.ears.url, clients.VERIFY

    assert token == f"{APP}|{SECRET}"
    assert boss.set_app_callback_url(int(APP), token, url, verify, ["messages"]).success
    assert boss.override_waba_callback_url(url, verify).success
    assert boss.override_phone_callback_url(url, verify).success
    assert boss.get_business_phone_number().webhook_configuration["phone_number"] == url
    assert boss.delete_phone_callback_url().success
    assert boss.delete_waba_callback_url().success


Make = Callable[[Given, str], None]


def steps(*names: str, **wish: Any) -> Make:
    def make(given: Given, key: str) -> None:
        for name in names:
            given.control("POST", f"/templates/{key}/{name}", wish)

    return make


def happens(**event: Any) -> Make:
    def make(given: Given, _key: str) -> None:
        given.control("POST", "/events", {"field": "account_update", "waba": WABA, **event})

    return make


TOLD: dict[str, tuple[Any, Make]] = {
    "approved": (u.TemplateStatusUpdate, steps("approve")),
    "rejected": (u.TemplateStatusUpdate, steps("reject", reason="SCAM")),
    "paused": (u.TemplateStatusUpdate, steps("pause")),
    "disabled": (u.TemplateStatusUpdate, steps("disable")),
    "flagged": (u.TemplateStatusUpdate, steps("flag")),
    "in appeal": (u.TemplateStatusUpdate, steps("appeal")),
    "archived": (u.TemplateStatusUpdate, steps("archive")),
    "deleted": (u.TemplateStatusUpdate, steps("delete")),
    "quality": (u.TemplateQualityUpdate, steps("quality", score="YELLOW")),
    "category": (u.TemplateCategoryUpdate, steps("recategorise", category="MARKETING")),
    "category soon": (
        u.TemplateCategoryUpdate,
        steps("recategorise", category="MARKETING", notice=True),
    ),
    "components": (u.TemplateComponentsUpdate, steps("approve")),
    **{
        event: (u.AccountUpdate, happens(event=event))
        for event in (
            "ACCOUNT_RESTRICTION", "DISABLED_UPDATE", "ACCOUNT_VIOLATION", "ACCOUNT_DELETED",
            "ACCOUNT_OFFBOARDED", "ACCOUNT_RECONNECTED", "AD_ACCOUNT_LINKED",
            "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
            "MM_LITE_TERMS_SIGNED", "PARTNER_ADDED", "PARTNER_REMOVED", "PARTNER_APP_INSTALLED",
            "PARTNER_APP_UNINSTALLED", "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
            "VOLUME_BASED_PRICING_TIER_UPDATE",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_pywa_reads_every_webhook_about_accounts_and_templates(boss: Any, given: Given, name: str):
    kind, make = TOLD[name]
    key = approved(boss, given)
    before = len(given.ears.of(kind))

    make(given, key)
    given.passes(0)

    clients.until(lambda: len(given.ears.of(kind)) > before)
