{{ failing_cases([
    (
        "history by its address", delivery_place("'2026/3/9/1_Config_r_ConfigHistory_T_1.json.gz'"),
        "' 2026/3/9/1_Config_r_ConfigHistory_T_1.json.gz'"
    ),
    (
        "a snapshot by its moment",
        delivery_place("'2026/3/10/1_Config_r_ConfigSnapshot_20260310T000000Z_x.json.gz'"),
        "'20260310T000000Z 2026/3/10/1_Config_r_ConfigSnapshot_20260310T000000Z_x.json.gz'"
    ),
]) }}
