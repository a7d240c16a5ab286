{#-
    user_identity(json_text)

    `useridentity` as a CloudTrail Lake event data store types it, from a record's userIdentity.
    Structs inside are null where the record has none. The misspelt `credentiaisissuedto` is Lake's.
-#}
{% macro user_identity(json_text) -%}
    case when {{ json_text }} is not null then
        {{ named_struct([
            ('type', 'varchar', element_at(json_text, 'type')),
            ('principalid', 'varchar', element_at(json_text, 'principalId')),
            ('arn', 'varchar', element_at(json_text, 'arn')),
            ('accountid', 'varchar', element_at(json_text, 'accountId')),
            ('accesskeyid', 'varchar', element_at(json_text, 'accessKeyId')),
            ('username', 'varchar', element_at(json_text, 'userName')),
            ('sessioncontext', session_context_type(), session_context(json_text)),
            ('onbehalfof', 'row(userid varchar, identitystorearn varchar)', optional_struct(
                json_text, ['onBehalfOf'], ['userId', 'identityStoreArn']
            )),
            (
                'inscopeof',
                'row(sourcearn varchar, sourceaccount varchar, issuertype varchar,'
                ~ ' credentiaisissuedto varchar)',
                optional_struct(
                    json_text,
                    ['inScopeOf'],
                    ['sourceArn', 'sourceAccount', 'issuerType', 'credentialsIssuedTo'],
                    {'credentialsIssuedTo': 'credentiaisissuedto'}
                ),
            ),
            ('invokedby', 'varchar', element_at(json_text, 'invokedBy')),
            ('identityprovider', 'varchar', element_at(json_text, 'identityProvider')),
        ]) }}
    end
{%- endmacro %}
