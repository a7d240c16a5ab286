{{ failing_cases([
    ("every address of IPv4", names_everybody("'{\"cidrIp\":\"0.0.0.0/0\"}'"), "true"),
    ("every address of IPv6", names_everybody("'{\"cidrIpv6\":\"::/0\"}'"), "true"),
    ("a network", names_everybody("'{\"cidrIp\":\"10.0.0.0/8\"}'"), "false"),
    ("ends like every address", names_everybody("'{\"cidrIp\":\"10.0.0.0/0\"}'"), "false"),
    ("a half of IPv6", names_everybody("'{\"cidrIpv6\":\"2001:db8::/0\"}'"), "false"),
    ("null", names_everybody("cast(null as varchar)"), "false"),
]) }}
