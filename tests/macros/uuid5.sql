{%- set dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8" -%}
{{ failing_cases([
    ("example of RFC 9562", uuid5(dns, "'www.example.com'"),
        "'2ed6657d-e927-568b-95e1-2665a8aea6a2'"),
    ("not ascii", uuid5(dns, "'é x'"), "'123156df-e7ea-5b02-95b9-986676a929fe'"),
    ("empty text", uuid5(dns, "''"), "'4ebd0208-8328-5d69-8c44-ec50939c0967'"),
    ("null", uuid5(dns, "cast(null as varchar)"), "null"),
]) }}
