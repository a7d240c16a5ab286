{{ failing_cases([
    ("an attached policy", changes_rights("'AttachUserPolicy'"), "true"),
    ("one of its own", changes_rights("'PutGroupPolicy'"), "true"),
    ("a boundary", changes_rights("'DeleteRolePermissionsBoundary'"), "true"),
    ("trust", changes_rights("'UpdateAssumeRolePolicy'"), "true"),
    ("a version", changes_rights("'CreatePolicyVersion'"), "true"),
    ("a read", changes_rights("'GetRolePolicy'"), "false"),
    ("the rules for passwords", changes_rights("'DeleteAccountPasswordPolicy'"), "false"),
    ("a user", changes_rights("'CreateUser'"), "false"),
]) }}
