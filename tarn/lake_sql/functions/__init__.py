"""The functions of Lake SQL: which there are, what they take and what they become.

There are no others: a query can call nothing that is not listed here.
"""
