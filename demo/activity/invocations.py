"""Who invokes functions and reads tables: data events of Lambda and DynamoDB."""

from __future__ import annotations

from demo.activity.base import AFTERNOON, MORNING, Deed, Stage, data
from demo.calls import Call, Failure, Json
from demo.clock import MINUTE
from demo.organization import PEOPLE

CAROL = PEOPLE[2]
FUNCTION = "orders-router-west"
TABLE = "sessions-west"
BUSY = Failure("TooManyRequestsException", "Rate Exceeded.")
GONE = Failure("ResourceNotFoundException", "Function not found")
THROTTLED = Failure(
    "ProvisionedThroughputExceededException",
    "The level of configured provisioned throughput for the table was exceeded.",
)
FORBIDDEN = Failure("AccessDeniedException", "User is not authorized to perform: dynamodb:Scan")


def deeds(stage: Stage) -> list[Deed]:
    """A day of invocations and items."""
    calls = [_invoke(stage, FUNCTION) for _ in range(5)]
    calls += [_invoke(stage, FUNCTION).refused(BUSY), _invoke(stage, "gone-west").refused(GONE)]
    items = [_item(stage, "GetItem", True) for _ in range(4)]
    items += [_item(stage, "PutItem", False), _item(stage, "PutItem", False).refused(THROTTLED)]
    scans = [_item(stage, "Scan", True), _item(stage, "Scan", True).refused(FORBIDDEN)]
    return [
        *stage.app("orders-api", MORNING + 2 * MINUTE, calls),
        *stage.app("search-worker", MORNING + 4 * MINUTE, items),
        *stage.at(CAROL, AFTERNOON + 4 * MINUTE, scans),
    ]


def _arn(stage: Stage, service: str, name: str) -> str:
    return f"arn:aws:{service}:{stage.place.region}:{stage.account_id}:{name}"


def _invoke(stage: Stage, name: str) -> Call:
    arn = _arn(stage, "lambda", f"function:{name}")
    request: Json = {"functionName": arn, "invocationType": "RequestResponse"}
    resource = {"accountId": stage.account_id, "type": "AWS::Lambda::Function", "ARN": arn}
    return data(
        Call("lambda", "Invoke", request), {"functionVersion": f"{arn}:$LATEST"}, [resource]
    )


def _item(stage: Stage, name: str, read_only: bool) -> Call:
    request: Json = {"tableName": TABLE}
    if name != "Scan":
        request["key"] = {"id": stage.ids.hexadecimal(8)}
    arn = _arn(stage, "dynamodb", f"table/{TABLE}")
    resource = {"accountId": stage.account_id, "type": "AWS::DynamoDB::Table", "ARN": arn}
    return data(Call("dynamodb", name, request, None, read_only), None, [resource])
