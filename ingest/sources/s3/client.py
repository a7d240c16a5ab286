"""S3 clients, one a process and settings, and their calls.

Retries are botocore's `standard` mode: jittered back-off, and a quota that ends a storm of them.
Its `adaptive` mode also slows all requests down after a SlowDown, but it is experimental, and
one throttled prefix would slow the others; what stays throttled is tried by the next run.
"""

import functools
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from ingest.sources.s3.errors import is_expired
from ingest.sources.s3.settings import Settings

T = TypeVar("T")

CONNECTIONS: Final = 16
_ATTEMPTS: Final = 8
_CONNECT_SECONDS: Final = 10
_READ_SECONDS: Final = 60
# A bucket elsewhere answers with its region, and botocore follows.
_REGION: Final = "us-east-1"
_making = threading.Lock()


def call(settings: Settings, operation: Callable[[Any], T]) -> T:
    """What an operation on the client answers.

    Credentials that have expired are read anew once, for somebody may have renewed them.
    Raises botocore's errors.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    client = client_of(settings)
    try:
        return operation(client)
    except (BotoCoreError, ClientError) as error:
        if not is_expired(error):
            raise
    return operation(_renewed(settings, client))


def client_of(settings: Settings) -> Any:
    """This process's client."""
    with _making:
        return _client(settings)


def _renewed(settings: Settings, expired: Any) -> Any:
    with _making:
        if _client(settings) is expired:
            _client.cache_clear()
        return _client(settings)


@functools.lru_cache(maxsize=4)
def _client(settings: Settings) -> Any:
    import boto3
    import botocore
    from botocore.config import Config

    session = boto3.Session(profile_name=settings.profile)
    attempts = session._session.get_config_variable("max_attempts") or _ATTEMPTS
    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        max_pool_connections=CONNECTIONS,
        retries={"mode": "standard", "total_max_attempts": attempts},
        signature_version=botocore.UNSIGNED if settings.anonymous else None,
        user_agent_extra="tarn",
    )
    if settings.role_arn and not settings.anonymous:
        session = _in_role(session, settings)
    return session.client(
        "s3",
        config=config,
        endpoint_url=settings.endpoint_url,
        region_name=session.region_name or _REGION,
    )


def _in_role(session: Any, settings: Settings) -> Any:
    """A session in a role, which is assumed again before it expires."""
    import boto3
    from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials
    from botocore.session import get_session

    inner = session._session
    more = {"RoleSessionName": "tarn-ingest"}
    if settings.external_id:
        more["ExternalId"] = settings.external_id
    fetcher = AssumeRoleCredentialFetcher(
        functools.partial(inner.create_client, region_name=session.region_name or _REGION),
        session.get_credentials(),
        settings.role_arn,
        extra_args=more,
    )
    own = get_session()
    own._credentials = DeferredRefreshableCredentials(
        fetcher.fetch_credentials, method="assume-role"
    )
    return boto3.Session(botocore_session=own, region_name=session.region_name)
