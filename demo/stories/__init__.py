"""What happens to recorded resources.

A story is a generator: it calls, and yields how many milliseconds it waits. `daily`
draws stories at random, `planned` has those that happen just once and that
tests rely on. A story checks after each wait whether its resource still lives.
"""
