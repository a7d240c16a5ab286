"""Who calls the tools behind a gateway of AgentCore: data events of callers AWS doesn't know.

Form as in "Understanding Amazon Bedrock AgentCore Gateway CloudTrail events" of its developer
guide: whoever comes with a token is anonymous to AWS, a refusal is in the answer alone, and what
the token says stands beside it.
"""

from __future__ import annotations

from demo.activity.base import AFTERNOON, Deed, Stage, data
from demo.calls import Call, Caller, Json
from demo.clock import MINUTE
from demo.identities import aws_account

GATEWAY = "partner-tools-u9p3rjw8qw"
AGENT = "python-httpx/0.28.1"
ISSUER = "https://login.partner.example.com/oauth2/default"
REFUSED = {"code": -32001, "message": "Invalid Bearer token"}


def deeds(stage: Stage) -> list[Deed]:
    """A partner's agent every day, and somebody without a token that counts."""
    asked = [_call(stage, name, True) for name in ("initialize", "tools/list", "tools/call")]
    refused = [_call(stage, "initialize", False) for _ in range(2)]
    return [
        *stage.by(_anybody("198.51.100.150"), AFTERNOON + 9 * MINUTE, asked),
        *stage.by(_anybody("192.0.2.66"), AFTERNOON + 9 * MINUTE, refused),
    ]


def _anybody(address: str) -> Caller:
    return Caller(aws_account("anonymous", ""), address, AGENT)


def _call(stage: Stage, method: str, is_known: bool) -> Call:
    request: Json = {"id": 0, "method": method, "jsonrpc": "2.0"}
    answer: Json = {"jsonrpc": "2.0", "id": 0, **({} if is_known else {"error": REFUSED})}
    response = {
        "body": answer,
        "contentType": "application/json",
        "statusCode": 200 if is_known else 401,
    }
    region = stage.place.region
    arn = f"arn:aws:bedrock-agentcore:{region}:{stage.account_id}:gateway/{GATEWAY}"
    resource = {
        "accountId": stage.account_id,
        "type": "AWS::BedrockAgentCore::Gateway",
        "ARN": arn,
    }
    call = Call(
        "bedrock-agentcore",
        "InvokeGateway",
        {"body": request},
        response,
        host=f"{GATEWAY}.gateway.bedrock-agentcore.{region}.amazonaws.com",
        fields={"sharedEventID": stage.ids.uuid()},
    )
    return data(call, _token() if is_known else None, [resource])


def _token() -> Json:
    claims = {"sub": "partner-agent", "iss": ISSUER, "scope": "tools.read", "aud": "partner-tools"}
    return {"jwt": {"claims": claims}}
