"""The columns of CloudTrail Lake's event data stores and their types, as AWS documents them."""

from typing import Final

_TEXT: Final = "string"
_MAP: Final = "map<string,string>"


def _texts(names: str) -> str:
    return ",".join(f"{name}:string" for name in names.split())


_ISSUER = _texts("type principalid arn accountid username")
_USER_IDENTITY: Final = (
    f"struct<{_texts('type principalid arn accountid accesskeyid username')},"
    "sessioncontext:struct<attributes:struct<creationdate:timestamp,mfaauthenticated:string>,"
    f"sessionissuer:struct<{_ISSUER}>,"
    "webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>,"
    f"{_texts('sourceidentity ec2roledelivery ec2issuedinvpc')}>,"
    f"onbehalfof:struct<{_texts('userid identitystorearn')}>,"
    f"inscopeof:struct<{_texts('sourcearn sourceaccount issuertype credentiaisissuedto')}>,"
    f"{_texts('invokedby identityprovider')}>"
)
_EVENT_DATA: Final = (
    "struct<"
    + _texts(
        "configurationitemversion configurationitemcapturetime configurationitemstatus "
        "configurationitemstateid accountid resourcetype resourceid resourcename arn awsregion "
        "availabilityzone resourcecreationtime"
    )
    + ",configuration:map<string,string>,supplementaryconfiguration:map<string,string>,"
    "relatedevents:string,"
    f"relationships:array<struct<{_texts('name resourcetype resourceid resourcename')}>>,"
    "tags:map<string,string>>"
)

LAKE_COLUMNS: Final[dict[str, dict[str, str]]] = {
    "eds_cloudtrail_events": {
        "eventversion": _TEXT,
        "useridentity": _USER_IDENTITY,
        "eventtime": "timestamp",
        **dict.fromkeys(("eventsource", "eventname", "awsregion", "sourceipaddress"), _TEXT),
        **dict.fromkeys(("useragent", "errorcode", "errormessage"), _TEXT),
        **dict.fromkeys(("requestparameters", "responseelements", "additionaleventdata"), _MAP),
        **dict.fromkeys(("requestid", "eventid"), _TEXT),
        "readonly": "boolean",
        "resources": f"array<struct<{_texts('accountid type arn arnprefix')}>>",
        **dict.fromkeys(("eventtype", "apiversion"), _TEXT),
        "managementevent": "boolean",
        **dict.fromkeys(("recipientaccountid", "sharedeventid", "annotation"), _TEXT),
        **dict.fromkeys(("vpcendpointid", "vpcendpointaccountid"), _TEXT),
        **dict.fromkeys(("serviceeventdetails", "addendum"), _MAP),
        **dict.fromkeys(("edgedevicedetails", "insightdetails"), _MAP),
        "eventcategory": _TEXT,
        "tlsdetails": f"struct<{_texts('tlsversion ciphersuite clientprovidedhostheader')}>",
        **dict.fromkeys(("sessioncredentialfromconsole", "eventjson", "eventjsonchecksum"), _TEXT),
        "eventcontext": (
            "struct<requestcontext:map<string,string>,tagcontext:struct<"
            "resourcetags:array<struct<arn:string,tags:map<string,string>>>,"
            "principaltags:map<string,string>>>"
        ),
    },
    "eds_configuration_items": {
        **dict.fromkeys(("eventversion", "eventcategory", "eventtype", "eventid"), _TEXT),
        "eventtime": "timestamp",
        **dict.fromkeys(("awsregion", "recipientaccountid"), _TEXT),
        "addendum": _MAP,
        "eventdata": _EVENT_DATA,
        "eventjson": _TEXT,
    },
}
