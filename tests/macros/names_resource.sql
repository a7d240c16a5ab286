{{ failing_cases([
    ("a value", names_resource("doc", "'web'"), "true"),
    ("deep inside", names_resource("doc", "'sg-1'"), "true"),
    ("an ARN", names_resource("doc", "'arn:aws:iam::1:role/a'"), "true"),
    ("only a part of a value", names_resource("doc", "'we'"), "false"),
    ("another case", names_resource("doc", "'WEB'"), "false"),
    ("a null name", names_resource("doc", "cast(null as varchar)"), "false"),
    ("a null document", names_resource("cast(null as varchar)", "'web'"), "false"),
], columns={"doc": "'{\"name\":\"web\",\"groups\":[{\"id\":\"sg-1\"}],\"arn\":\"arn:aws:iam::1:role/a\"}'"}) }}
