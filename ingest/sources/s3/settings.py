"""How S3 is reached, and how its objects are addressed."""

from dataclasses import dataclass
from typing import Final

SCHEME: Final = "s3://"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user says beyond AWS's own settings (environment, `~/.aws`), which hold for
    all that is null here. Goes to the workers, each of which makes its own client of it."""

    profile: str | None = None
    role_arn: str | None = None
    external_id: str | None = None
    endpoint_url: str | None = None
    anonymous: bool = False
    requester_pays: bool = False

    @property
    def payer(self) -> dict[str, str]:
        """What a request says of who pays."""
        return {"RequestPayer": "requester"} if self.requester_pays else {}


@dataclass(frozen=True, slots=True)
class Address:
    """A bucket and a key, or the beginning of keys. Keys are as they are, without encoding."""

    bucket: str
    key: str = ""

    @property
    def uri(self) -> str:
        """The address as people write it."""
        return f"{SCHEME}{self.bucket}/{self.key}"

    @classmethod
    def parse(cls, uri: str) -> "Address":
        """The address of `s3://bucket/key`."""
        bucket, _, key = uri.removeprefix(SCHEME).partition("/")
        return cls(bucket, key)
