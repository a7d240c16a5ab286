"""The columns of every landed category: the contract between ingest and the dbt sources.

A landed file always carries its category's whole schema. Changing a schema means a new path,
never a new column in an old one, so that no reader has to unite schemas.

Every top-level field that AWS documents has a column holding text:

* a JSON string: the string itself;
* a number or boolean: its JSON literal (``true``, ``1456156556288``);
* an object or array: its compact JSON text, numbers and duplicate keys as they came;
* a field that is absent: null.

``_as_sent`` is null, or a JSON object that says, for each field (by its AWS name) whose JSON
type is not the one its column expects, what it really was:

* ``"null"``: an explicit null (the column is null);
* ``"string"``, ``"number"``, ``"boolean"``: a scalar of that type, held as above;
* ``"json"``: an object or array, held as compact JSON text;
* ``"literal"``: the column holds the JSON text itself, because the value cannot be held as
  plain text (a lone surrogate such as ``"\\ud800"``).

``_unknown_fields`` is null, or a JSON object with the fields that have no column.
With these two the original record can be rebuilt, equal as JSON.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyarrow as pa


class Kind(StrEnum):
    """The JSON type that a column expects of its field."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Field:
    """One documented top-level field: its AWS name, its column and the JSON type expected."""

    aws_name: str
    column: str
    kind: Kind = Kind.STRING


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of record that is landed: where it lies, its fields, and what makes its day."""

    name: str
    default_store: str
    partition: str
    time_field: str
    key_column: str
    fields: tuple[Field, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of every file of this category."""
        texts = [*(field.column for field in self.fields), "_unknown_fields", "_as_sent"]
        return pa.schema(
            [
                pa.field(self.key_column, pa.string(), nullable=False),
                *(pa.field(name, pa.string()) for name in texts),
                pa.field("_source_object", pa.string(), nullable=False),
                pa.field("_source_offset", pa.int64(), nullable=False),
                pa.field("_landed_at", pa.timestamp("us"), nullable=False),
                pa.field("_batch_id", pa.string(), nullable=False),
            ]
        )


CLOUDTRAIL_EVENTS: Final = Category(
    name="cloudtrail_events",
    default_store="cloudtrail",
    partition="event_date",
    time_field="eventTime",
    key_column="event_key",
    # AWS CloudTrail User Guide, "CloudTrail record contents", up to eventVersion 1.11;
    # `annotation` is a column of a Lake event data store.
    fields=(
        Field("eventVersion", "event_version"),
        Field("userIdentity", "user_identity", Kind.JSON),
        Field("eventTime", "event_time"),
        Field("eventSource", "event_source"),
        Field("eventName", "event_name"),
        Field("awsRegion", "aws_region"),
        Field("sourceIPAddress", "source_ip_address"),
        Field("userAgent", "user_agent"),
        Field("errorCode", "error_code"),
        Field("errorMessage", "error_message"),
        Field("requestParameters", "request_parameters", Kind.JSON),
        Field("responseElements", "response_elements", Kind.JSON),
        Field("additionalEventData", "additional_event_data", Kind.JSON),
        Field("requestID", "request_id"),
        Field("eventID", "event_id"),
        Field("readOnly", "read_only", Kind.BOOLEAN),
        Field("resources", "resources", Kind.JSON),
        Field("eventType", "event_type"),
        Field("apiVersion", "api_version"),
        Field("managementEvent", "management_event", Kind.BOOLEAN),
        Field("recipientAccountId", "recipient_account_id"),
        Field("sharedEventID", "shared_event_id"),
        Field("annotation", "annotation"),
        Field("vpcEndpointId", "vpc_endpoint_id"),
        Field("vpcEndpointAccountId", "vpc_endpoint_account_id"),
        Field("serviceEventDetails", "service_event_details", Kind.JSON),
        Field("addendum", "addendum", Kind.JSON),
        Field("edgeDeviceDetails", "edge_device_details", Kind.JSON),
        Field("insightDetails", "insight_details", Kind.JSON),
        Field("eventCategory", "event_category"),
        Field("tlsDetails", "tls_details", Kind.JSON),
        Field("sessionCredentialFromConsole", "session_credential_from_console"),
        Field("eventContext", "event_context", Kind.JSON),
    ),
)

CONFIGURATION_ITEMS: Final = Category(
    name="configuration_items",
    default_store="config",
    partition="captured_date",
    time_field="configurationItemCaptureTime",
    key_column="item_key",
    # Both dialects side by side: deliveries to S3, notifications and rules say `awsAccountId`
    # and `ARN`, the Config API says `accountId` and `arn` (AWS Config Developer Guide,
    # "Components of a configuration item"; botocore's ConfigurationItem). Items of version 1.0
    # spell `configurationStateID` and `availibilityZone`. Staging makes them one.
    fields=(
        Field("version", "version"),
        Field("configurationItemVersion", "configuration_item_version"),
        Field("accountId", "account_id"),
        Field("awsAccountId", "aws_account_id"),
        Field("configurationItemCaptureTime", "configuration_item_capture_time"),
        Field("configurationItemDeliveryTime", "configuration_item_delivery_time"),
        Field("recordingFrequency", "recording_frequency"),
        Field("configurationItemStatus", "configuration_item_status"),
        Field("configurationStateId", "configuration_state_id", Kind.NUMBER),
        Field("configurationItemStateId", "configuration_item_state_id"),
        Field("configurationStateID", "configuration_state_id_v1_0"),
        Field("configurationItemMD5Hash", "configuration_item_md5_hash"),
        Field("configurationStateMd5Hash", "configuration_state_md5_hash"),
        Field("arn", "arn"),
        Field("ARN", "arn_delivered"),
        Field("resourceType", "resource_type"),
        Field("resourceId", "resource_id"),
        Field("resourceName", "resource_name"),
        Field("awsRegion", "aws_region"),
        Field("availabilityZone", "availability_zone"),
        Field("availibilityZone", "availability_zone_v1_0"),
        Field("resourceCreationTime", "resource_creation_time"),
        Field("tags", "tags", Kind.JSON),
        Field("relatedEvents", "related_events", Kind.JSON),
        Field("relationships", "relationships", Kind.JSON),
        Field("configuration", "configuration", Kind.JSON),
        Field("supplementaryConfiguration", "supplementary_configuration", Kind.JSON),
    ),
)

CATEGORIES: Final = (CLOUDTRAIL_EVENTS, CONFIGURATION_ITEMS)

# One row a batch, store, category and day. `change` is `added`, or `removed`: lost files that were
# given up.
LEDGER_SCHEMA: Final = pa.schema(
    [
        pa.field("batch_id", pa.string(), nullable=False),
        pa.field("category", pa.string(), nullable=False),
        pa.field("store", pa.string(), nullable=False),
        pa.field("day", pa.string(), nullable=False),
        pa.field("change", pa.string(), nullable=False),
        pa.field("files_count", pa.int64(), nullable=False),
        pa.field("records_count", pa.int64(), nullable=False),
        # Records with an addendum of reason UPDATED_DATA: models look for their originals.
        pa.field("addenda_count", pa.int64(), nullable=False),
        pa.field("bytes_count", pa.int64(), nullable=False),
        pa.field("first_at", pa.timestamp("us"), nullable=False),
        pa.field("last_at", pa.timestamp("us"), nullable=False),
        pa.field("committed_at", pa.timestamp("us"), nullable=False),
    ]
)
