"""AWS::SQS::Queue: Config knows it by its URL, people by its name, tags by either."""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.resources.base import Change, Resource

TYPE = "AWS::SQS::Queue"
_DEFAULTS = {"visibility": 30, "retention": 345_600, "kms_key": None, "modified": 0}
# How SetQueueAttributes calls what the state holds.
NAMES = {
    "visibility": "VisibilityTimeout",
    "retention": "MessageRetentionPeriod",
    "kms_key": "KmsMasterKeyId",
}


def new(place: Place, name: str) -> Resource:
    """A standard queue."""
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=f"https://sqs.{place.region}.amazonaws.com/{place.account_id}/{name}",
        name=name,
        arn=f"arn:aws:sqs:{place.region}:{place.account_id}:{name}",
        attributes={**_DEFAULTS},
    )


def create(queue: Resource, moment: int, tags: dict[str, str]) -> Change:
    """CreateQueue: the URL is in the response."""
    parameters: Json = {"queueName": queue.name, "attribute": {}, "tags": tags}
    call = Call("sqs", "CreateQueue", parameters, {"queueUrl": queue.resource_id})
    return Change(queue, call, {**_DEFAULTS, "modified": moment}, tags=tags, creates=True)


def delete(queue: Resource) -> Change:
    """DeleteQueue."""
    return Change(queue, _call("DeleteQueue", queue), deletes=True)


def _call(name: str, queue: Resource, **more: object) -> Call:
    return Call("sqs", name, {"queueUrl": queue.resource_id, **more})


def configure(queue: Resource, moment: int, name: str, value: object) -> Change:
    """SetQueueAttributes: `visibility`, `retention` or `kms_key`, told as text."""
    call = _call("SetQueueAttributes", queue, attributes={NAMES[name]: str(value)})
    # Set to what it was, a queue keeps the time of its last change.
    is_new = queue.attributes[name] != value
    return Change(queue, call, {name: value, **({"modified": moment} if is_new else {})})


def tag(queue: Resource, tags: dict[str, str]) -> Change:
    """TagQueue."""
    return Change(queue, _call("TagQueue", queue, tags=tags), tags={**queue.tags, **tags})


def render(queue: Resource, _tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a queue's item; tags are not in them."""
    state = queue.attributes
    configuration: Json = {
        "QueueArn": queue.arn,
        "QueueName": queue.name,
        "QueueUrl": queue.resource_id,
        "CreatedTimestamp": queue.created_at // 1000,
        "LastModifiedTimestamp": (state["modified"] or queue.created_at) // 1000,
        "DelaySeconds": 0,
        "MaximumMessageSize": 262_144,
        "MessageRetentionPeriod": state["retention"],
        "ReceiveMessageWaitTimeSeconds": 0,
        "VisibilityTimeout": state["visibility"],
        "SqsManagedSseEnabled": state["kms_key"] is None,
    }
    if state["kms_key"] is not None:
        configuration["KmsMasterKeyId"] = state["kms_key"]
    return configuration, {}
