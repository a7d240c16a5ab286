{{ failing_cases([
    ("an object", without_tags("'{\"name\":\"web\",\"tags\":{\"Owner\":\"db\"}}'"), "'{\"name\":\"web\",\"\":null}'"),
    ("a list", without_tags("'{\"tags\":[{\"key\":\"a\",\"value\":\"db\"}],\"b\":[1]}'"), "'{\"\":null,\"b\":[1]}'"),
    ("a set", without_tags("'{\"tagSet\":{\"items\":[{\"key\":\"a\",\"value\":\"db\"}]},\"b\":1}'"), "'{\"\":null,\"b\":1}'"),
    (
        "deep inside",
        without_tags("'{\"tagSpecificationSet\":{\"items\":[{\"tags\":[{\"value\":\"db\"}]}]},\"b\":1}'"),
        "'{\"tagSpecificationSet\":{\"items\":[{\"\":null}]},\"b\":1}'",
    ),
    ("no tags", without_tags("'{\"stage\":{\"a\":1}}'"), "'{\"stage\":{\"a\":1}}'"),
    ("null", without_tags("cast(null as varchar)"), "null"),
]) }}
