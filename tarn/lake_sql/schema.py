"""The columns of event data stores, as Lake's documentation names and types them."""

from typing import Final

from tarn.lake_sql.stores import EVENTS, ITEMS
from tarn.lake_sql.type_names import type_named
from tarn.lake_sql.types import Type

_TEXTS: Final = "map(varchar, varchar)"
_ISSUER: Final = (
    "row(type varchar, principalid varchar, arn varchar, accountid varchar, username varchar)"
)
_SESSION: Final = (
    "row(attributes row(creationdate timestamp, mfaauthenticated varchar), "
    f"sessionissuer {_ISSUER}, "
    f"webidfederationdata row(federatedprovider varchar, attributes {_TEXTS}), "
    "sourceidentity varchar, ec2roledelivery varchar, ec2issuedinvpc varchar)"
)
_IDENTITY: Final = (
    "row(type varchar, principalid varchar, arn varchar, accountid varchar, "
    f"accesskeyid varchar, username varchar, sessioncontext {_SESSION}, "
    "onbehalfof row(userid varchar, identitystorearn varchar), "
    "inscopeof row(sourcearn varchar, sourceaccount varchar, issuertype varchar, "
    "credentiaisissuedto varchar), invokedby varchar, identityprovider varchar)"
)
_ITEM: Final = (
    "row(configurationitemversion varchar, configurationitemcapturetime varchar, "
    "configurationitemstatus varchar, configurationitemstateid varchar, accountid varchar, "
    "resourcetype varchar, resourceid varchar, resourcename varchar, arn varchar, "
    "awsregion varchar, availabilityzone varchar, resourcecreationtime varchar, "
    f"configuration {_TEXTS}, supplementaryconfiguration {_TEXTS}, relatedevents varchar, "
    "relationships array(row(name varchar, resourcetype varchar, resourceid varchar, "
    f"resourcename varchar)), tags {_TEXTS})"
)
_CONTEXT: Final = (
    f"row(requestcontext {_TEXTS}, "
    f"tagcontext row(resourcetags array(row(arn varchar, tags {_TEXTS})), principaltags {_TEXTS}))"
)

# The view of a category, and its columns: text unless another type is named.
VIEWS: Final = {EVENTS: "eds_cloudtrail_events", ITEMS: "eds_configuration_items"}
_COLUMNS: Final = {
    EVENTS: (
        f"eventversion; useridentity {_IDENTITY}; eventtime timestamp; eventsource; eventname; "
        f"awsregion; sourceipaddress; useragent; errorcode; errormessage; requestparameters "
        f"{_TEXTS}; responseelements {_TEXTS}; additionaleventdata {_TEXTS}; requestid; eventid; "
        "readonly boolean; resources array(row(accountid varchar, type varchar, arn varchar, "
        "arnprefix varchar)); eventtype; apiversion; managementevent boolean; "
        "recipientaccountid; sharedeventid; annotation; vpcendpointid; vpcendpointaccountid; "
        f"serviceeventdetails {_TEXTS}; addendum {_TEXTS}; edgedevicedetails {_TEXTS}; "
        f"insightdetails {_TEXTS}; eventcategory; tlsdetails row(tlsversion varchar, ciphersuite "
        "varchar, clientprovidedhostheader varchar); sessioncredentialfromconsole; eventjson; "
        f"eventjsonchecksum; eventcontext {_CONTEXT}"
    ),
    ITEMS: (
        "eventversion; eventcategory; eventtype; eventid; eventtime timestamp; awsregion; "
        f"recipientaccountid; addendum {_TEXTS}; eventdata {_ITEM}; eventjson"
    ),
}


def columns_of(category: str) -> dict[str, Type]:
    """The columns of a category's stores, in Lake's order."""
    columns = {}
    for column in _COLUMNS[category].split("; "):
        name, _, kind = column.partition(" ")
        columns[name] = type_named(kind or "varchar")
    return columns
