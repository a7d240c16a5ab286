{#-
    session_context(json_text)

    `useridentity.sessioncontext` as an event data store types it, from a record's userIdentity;
    null where the caller had no session.
-#}
{% macro session_context(json_text) -%}
    {%- set context = ['sessionContext'] -%}
    {%- set attributes = context + ['attributes'] -%}
    {%- set federation = context + ['webIdFederationData'] -%}
    case when {{ json_value_text(json_text, context) }} is not null then
        {{ named_struct([
            ('attributes', 'row(creationdate timestamp, mfaauthenticated varchar)', named_struct([
                (
                    'creationdate',
                    'timestamp',
                    utc_timestamp(json_value_text(json_text, attributes + ['creationDate'])),
                ),
                (
                    'mfaauthenticated',
                    'varchar',
                    json_value_text(json_text, attributes + ['mfaAuthenticated']),
                ),
            ])),
            (
                'sessionissuer',
                'row(type varchar, principalid varchar, arn varchar, accountid varchar,'
                ~ ' username varchar)',
                optional_struct(
                    json_text,
                    context + ['sessionIssuer'],
                    ['type', 'principalId', 'arn', 'accountId', 'userName']
                ),
            ),
            (
                'webidfederationdata',
                'row(federatedprovider varchar, attributes map(varchar, varchar))',
                named_struct([
                    (
                        'federatedprovider',
                        'varchar',
                        json_value_text(json_text, federation + ['federatedProvider']),
                    ),
                    (
                        'attributes',
                        'map(varchar, varchar)',
                        json_map(json_value_text(json_text, federation + ['attributes'])),
                    ),
                ]),
            ),
            ('sourceidentity', 'varchar', json_value_text(json_text, context + ['sourceIdentity'])),
            ('ec2roledelivery', 'varchar', json_value_text(json_text, context + ['ec2RoleDelivery'])),
            ('ec2issuedinvpc', 'varchar', json_value_text(json_text, context + ['ec2IssuedInVpc'])),
        ]) }}
    end
{%- endmacro %}
