"""Activity beside the stories: data events, network activity, Insights, and a region.

All of it lies in log files of its own and draws from random streams of its own; as much of the
background is left out of each day. Its writes are in a region that Config does not record, but for
those of objects and those on an estate of types that no story has.
"""
