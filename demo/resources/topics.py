"""AWS::SNS::Topic: its ARN is its id, its policy a JSON text; it has no creation time."""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.events import encode
from demo.resources.base import Change, Resource, key_value_list

TYPE = "AWS::SNS::Topic"


def new(place: Place, name: str) -> Resource:
    """A topic that only its account may use."""
    arn = f"arn:aws:sns:{place.region}:{place.account_id}:{name}"
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=arn,
        name=name,
        arn=arn,
        attributes=_defaults(place, arn),
        has_creation_time=False,
    )


def _defaults(place: Place, arn: str) -> Json:
    return {"display": "", "policy": encode(policy(place.account_id, arn))}


def policy(account_id: str, arn: str, publisher: str | None = None) -> Json:
    """The default policy, and a service that may publish beside it."""
    own: Json = {
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": ["SNS:GetTopicAttributes", "SNS:Publish", "SNS:Subscribe"],
        "Resource": arn,
        "Condition": {"StringEquals": {"AWS:SourceOwner": account_id}},
    }
    statements = [own]
    if publisher is not None:
        statements.append(
            {
                "Sid": "publisher",
                "Effect": "Allow",
                "Principal": {"Service": f"{publisher}.amazonaws.com"},
                "Action": "SNS:Publish",
                "Resource": arn,
                "Condition": {"ArnLike": {"aws:SourceArn": f"arn:aws:{publisher}:::*"}},
            }
        )
    return {"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": statements}


def create(topic: Resource, tags: dict[str, str]) -> Change:
    """CreateTopic."""
    parameters = {"name": topic.name, "tags": key_value_list(tags)}
    call = Call("sns", "CreateTopic", parameters, {"topicArn": topic.arn})
    state = _defaults(topic.place, topic.arn)
    return Change(topic, call, state, tags=tags, creates=True)


def delete(topic: Resource) -> Change:
    """DeleteTopic."""
    return Change(topic, Call("sns", "DeleteTopic", {"topicArn": topic.arn}), deletes=True)


def _set(topic: Resource, name: str, value: str) -> Call:
    parameters = {"topicArn": topic.arn, "attributeName": name, "attributeValue": value}
    return Call("sns", "SetTopicAttributes", parameters)


def display(topic: Resource, name: str) -> Change:
    """SetTopicAttributes: the name that subscribers see."""
    return Change(topic, _set(topic, "DisplayName", name), {"display": name})


def put_policy(topic: Resource, publisher: str | None) -> Change:
    """SetTopicAttributes: the policy, as text."""
    text = encode(policy(topic.place.account_id, topic.arn, publisher))
    return Change(topic, _set(topic, "Policy", text), {"policy": text})


def tag(topic: Resource, tags: dict[str, str]) -> Change:
    """TagResource."""
    parameters = {"resourceArn": topic.arn, "tags": key_value_list(tags)}
    return Change(topic, Call("sns", "TagResource", parameters), tags={**topic.tags, **tags})


def render(topic: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a topic's item."""
    return {
        "Policy": topic.attributes["policy"],
        "Owner": topic.place.account_id,
        "TopicArn": topic.arn,
        "DisplayName": topic.attributes["display"],
    }, {"Tags": key_value_list(tags)}
