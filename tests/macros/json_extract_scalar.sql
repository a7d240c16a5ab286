{%- set doc -%}
'{"eventData":{"configuration":{"AWS:ComplianceItem":{"Content":{"Patch":{"id":"kb1"}}}}},
"x-amz-acl":"private","tagSet":{"items":[{"key":"owner","value":true},{"key":"[cost]"}]},
"policy":"{\"Version\":\"2012\"}","none":null,"number":1.25,"a\"b":"quoted","back\\slash":"b",
"0":"zero","twice":1,"twice":2}'
{%- endset -%}
{%- set patch = "$.eventData.configuration.AWS:ComplianceItem.Content.Patch" -%}
{{ failing_cases([
    ("colons", json_extract_scalar("doc", patch ~ ".id"), "'kb1'"),
    ("object is null", json_extract_scalar("doc", patch), "null"),
    ("hyphens", json_extract_scalar("doc", '$["x-amz-acl"]'), "'private'"),
    ("place in an array", json_extract_scalar("doc", "$.tagSet.items[0].key"), "'owner'"),
    ("boolean", json_extract_scalar("doc", "$.tagSet.items[0].value"), "'true'"),
    ("array is null", json_extract_scalar("doc", "$.tagSet.items"), "null"),
    ("text like an array", json_extract_scalar("doc", "$.tagSet.items[1].key"), "'[cost]'"),
    ("text that is json", json_extract_scalar("doc", "$.policy"), "'{\"Version\":\"2012\"}'"),
    ("number", json_extract_scalar("doc", "$.number"), "'1.25'"),
    ("json null", json_extract_scalar("doc", "$.none"), "null"),
    ("quotes in a step", json_extract_scalar("doc", '$["a\\"b"]'), "'quoted'"),
    ("backslash in a step", json_extract_scalar("doc", '$["back\\\\slash"]'), "'b'"),
    ("bare word in brackets", json_extract_scalar("doc", "$[number]"), "'1.25'"),
    ("number as key", json_extract_scalar("doc", '$["0"]'), "'zero'"),
    ("first of equal keys", json_extract_scalar("doc", "$.twice"), "'1'"),
    ("absent", json_extract_scalar("doc", "$.x.y[3].z"), "null"),
    ("root", json_extract_scalar("'\"x\"'", "$"), "'x'"),
    ("root of a plain text", json_extract_scalar("'x'", "$"), "null"),
    ("plain text", json_extract_scalar("'AWS Internal'", "$.a"), "null"),
    ("begins like json", json_extract_scalar("'{not json'", "$.a"), "null"),
    ("white space before", json_extract_scalar("chr(10) || ' {\"a\":1}'", "$.a"), "'1'"),
    ("lone surrogate", json_extract_scalar("'{\"a\":\"\\ud83d\",\"b\":1}'", "$.b"), "'1'"),
    ("null", json_extract_scalar("cast(null as varchar)", "$.a"), "null"),
], {"doc": doc}) }}
