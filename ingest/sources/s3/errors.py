"""What AWS's errors mean: for one object, or for the whole run. Told by their codes."""

from typing import Final

from ingest.errors import SourceError
from ingest.problems import ObjectError, Reason

_EXPIRED: Final = frozenset({"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"})
_NO_KEYS: Final = frozenset({"InvalidAccessKeyId", "InvalidToken", "InvalidClientTokenId"})
_DENIED: Final = frozenset({"AccessDenied", "AllAccessDisabled", "AccountProblem", "403"})
_PASSING: Final = frozenset(
    {
        *("SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "Throttling"),
        *("ThrottlingException", "RequestLimitExceeded", "500", "502", "503", "504"),
    }
)
_AGAIN: Final = "run the same command again, it takes up the rest."
_NO_BUCKET_NAME: Final = "{bucket} is no name of a bucket: check it."
_REMEDIES: Final = {
    "NoSuchBucket": "There is no bucket {bucket}: check its name{endpoint}.",
    "InvalidBucketName": _NO_BUCKET_NAME,
    "ParamValidationError": _NO_BUCKET_NAME,
    "SignatureDoesNotMatch": "The secret access key is not the one of its access key id: check "
    "AWS_SECRET_ACCESS_KEY, or name another profile with --profile.",
    "RequestTimeTooSkewed": "This machine's clock is more than 15 minutes off: set it.",
    "PermanentRedirect": "The bucket {bucket} is reached by another endpoint: leave out "
    "--endpoint-url and AWS_ENDPOINT_URL, or name the right one.",
    "RegionDisabledException": "The region of the role is turned off: set AWS_REGION.",
}


def code_of(error: Exception) -> str:
    """The code AWS gave, or the name of the error where none came from there."""
    response = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code") or type(error).__name__)


def is_expired(error: Exception) -> bool:
    """Whether credentials have expired."""
    return code_of(error) in _EXPIRED


def object_error(error: Exception, uri: str) -> ObjectError:
    """What keeps one object from being read. Raises SourceError where it keeps all from it."""
    code = code_of(error)
    if code == "InvalidObjectState":
        return ObjectError(Reason.ARCHIVED, "it lies in an archive: restore it first")
    if code in ("NoSuchKey", "404"):
        return ObjectError(Reason.UNREADABLE, "it is gone since it was listed")
    if code in ("PreconditionFailed", "412"):
        return ObjectError(Reason.UNREADABLE, "it has changed since it was listed")
    if code in _REMEDIES or code in _EXPIRED or code in _NO_KEYS or _without_keys(code):
        raise source_error(error, uri) from error
    if code in _DENIED:
        detail = f"AWS denies it ({_message(error)}): see docs/s3.md for the rights to give"
        return ObjectError(Reason.UNREADABLE, detail)
    detail = f"{code}: {_message(error)}"
    return ObjectError(Reason.UNREADABLE, detail, passing=is_passing(error))


def source_error(error: Exception, uri: str) -> SourceError:
    """What keeps a source from being read, with its remedy."""
    code, detail = code_of(error), _message(error)
    bucket = uri.removeprefix("s3://").partition("/")[0]
    if code in _REMEDIES:
        endpoint = " and the endpoint" if code == "NoSuchBucket" else ""
        text = _REMEDIES[code].format(bucket=bucket, endpoint=endpoint)
    elif code in _EXPIRED or code in ("UnauthorizedSSOTokenError", "SSOTokenLoadError"):
        text = f"The AWS credentials have expired: renew them (`aws sso login`), and {_AGAIN}"
    elif code == "NoCredentialsError":
        text = (
            f"No AWS credentials were found to read {uri} with: name a profile with --profile, "
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or read a public bucket with "
            "--anonymous."
        )
    elif code in _NO_KEYS or _without_keys(code):
        text = f"The AWS credentials cannot be used ({detail}): name a profile that works."
    elif code in _DENIED:
        text = (
            f"AWS denies access to {uri} ({detail}): give the role or user s3:ListBucket on the "
            "bucket, s3:GetObject on its objects, and kms:Decrypt where a key encrypts them; "
            "docs/s3.md has the policy."
        )
    elif is_passing(error):
        text = f"S3 does not answer for {uri} ({detail}): check network and endpoint, then {_AGAIN}"
    else:
        text = f"{uri} cannot be read ({code}: {detail}): mend that, then {_AGAIN}"
    return SourceError(uri, text, passing=is_passing(error))


def is_passing(error: Exception) -> bool:
    """Whether an error may pass by itself: S3 is overloaded, or cannot be reached."""
    from botocore.exceptions import ConnectionError, HTTPClientError, IncompleteReadError

    unreached = isinstance(error, ConnectionError | HTTPClientError | IncompleteReadError)
    return unreached or code_of(error) in _PASSING


def _without_keys(code: str) -> bool:
    """Whether an error of botocore's own, before any request, is about credentials."""
    import botocore.exceptions as errors

    kinds = (
        *(errors.NoCredentialsError, errors.PartialCredentialsError, errors.ProfileNotFound),
        *(errors.CredentialRetrievalError, errors.MetadataRetrievalError, errors.SSOError),
        *(errors.TokenRetrievalError, errors.InvalidConfigError, errors.ConfigParseError),
    )
    kind = getattr(errors, code, None)
    return isinstance(kind, type) and issubclass(kind, kinds)


def _message(error: Exception) -> str:
    response = getattr(error, "response", None) or {}
    text = str(response.get("Error", {}).get("Message") or error)
    cause = getattr(error, "kwargs", {}).get("error")  # botocore leaves it out of some texts
    if isinstance(cause, Exception) and str(cause) not in text:
        text += f": {cause}"
    return " ".join(text.split()).rstrip(".")
