"""Whatever is asked for, it is either refused with its field or can be written."""

import json
from uuid import UUID

from hypothesis import given
from serai.core.ids import MessageId, MetaId, Person, Who
from serai.core.message import Content
from serai.core.template import TemplateRef
from serai.meta.whatsapp.checks import CHECKS, check
from serai.meta.whatsapp.payload import request_for
from tests.meta.contents import CONTENTS, KINDS

ADA = Who(MetaId("770012340000001"), Person(phone="15550100123"))


@given(CONTENTS)
def test_what_has_no_problem_can_be_written_and_the_rest_names_its_field(content: Content):
    problems = check(content)
    assert all(problem.field and problem.message for problem in problems)
    if not problems:
        body = json.loads(request_for(MessageId(UUID(int=1)), content, ADA).body)
        assert body[body["type"]]


def test_every_kind_is_tried():
    assert len(KINDS) == len(set(CHECKS) - {TemplateRef})
