{{ failing_cases([
    ("in the order given", json_object_text({"b": "'1'", "a": "'[2]'"}), "'{\"b\":1,\"a\":[2]}'"),
    ("a null is JSON's null", json_object_text({"a": "cast(null as varchar)"}), "'{\"a\":null}'"),
    ("nested", json_object_text({"a": json_object_text({"b": json_text("'x\"y'")})}), "'{\"a\":{\"b\":\"x\\\"y\"}}'"),
]) }}
