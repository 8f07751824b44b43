"""Numbers of Brazil, Mexico and Argentina meet in one person; all others stay as they are."""

import pytest
from serai.core.phones import shared_form

SAME = [
    # Brazil: mobiles got a ninth digit, area codes of all regions
    ("5511998765432", "551198765432"),
    ("5521987654321", "552187654321"),
    ("5531976543210", "553176543210"),
    ("5541965432109", "554165432109"),
    ("5551999887766", "555199887766"),
    ("5561981234567", "556181234567"),
    ("5571991112222", "557191112222"),
    ("5581988887777", "558188887777"),
    ("5591983334444", "559183334444"),
    ("5527999990000", "552799990000"),
    # Mexico: a 1 after the country code of mobiles, dropped in 2019, still reported
    ("5215512345678", "525512345678"),
    ("5213312345678", "523312345678"),
    ("5218112345678", "528112345678"),
    ("5216641234567", "526641234567"),
    ("5219981234567", "529981234567"),
    ("5214421234567", "524421234567"),
    # Argentina: a 9 after the country code of mobiles
    ("5491112345678", "541112345678"),
    ("5493512345678", "543512345678"),
    ("5493411234567", "543411234567"),
    ("5492614123456", "542614123456"),
    ("5492994123456", "542994123456"),
    ("5492214123456", "542214123456"),
]
OTHER = [
    ("551132654321", "551132654321"),  # a landline in São Paulo has eight digits and no 9
    ("552125551234", "552125551234"),
    ("5511298765432", "551198765432"),  # 2 is no mobile prefix
    ("5511918765432", "551118765432"),  # 9 and then 1: not an old mobile number
    ("55119876543210", "5511876543210"),  # a digit too many
    ("15215512345", "1525512345"),  # North America begins with 1
    ("525512345678", "525512345679"),
    ("4915112345678", "495112345678"),  # Germany
    ("447911123456", "44911123456"),  # the United Kingdom
    ("919812345678", "91812345678"),  # India
    ("971501234567", "97501234567"),  # the Emirates
    ("254712345678", "25712345678"),  # Kenya
    ("5491123", "541123"),  # too short to be a number of Argentina
    ("521551234", "52551234"),
    ("56912345678", "5612345678"),  # Chile keeps its 9
    ("573001234567", "57001234567"),  # Colombia
    ("595981234567", "59581234567"),  # Paraguay
    ("34612345678", "3461234567"),  # Spain
]


@pytest.mark.promise("MSG-19")
@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_number_meet(one: str, other: str):
    assert shared_form(one) == shared_form(other)


@pytest.mark.promise("MSG-19")
@pytest.mark.parametrize(("one", "other"), OTHER)
def test_numbers_of_different_people_never_meet(one: str, other: str):
    assert one == other or shared_form(one) != shared_form(other)
