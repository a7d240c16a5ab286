"""Activity that Config has no part in: data events, network activity, Insights, and a region.

All of it lies in log files of its own and draws from a random stream of its own; as much of the
background is left out of each day. Its writes are in a region that Config does not record.
"""
