"""A small simulated organization that writes CloudTrail and Config deliveries.

`python -m demo OUTPUT_DIR` writes, always the same for the same options:

    OUTPUT_DIR/deliveries/AWSLogs/...   what a user would point Tarn at
    OUTPUT_DIR/truth.json               which event caused which item; for tests

The way through the modules:

    cli, options            the command and its sizes
    organization, identities, calls, events
                            who there is, and how one call becomes one record
    resources/              a module per recorded type: its calls and its item
    simulation, config, capture
                            resources in time: calls change them, Config looks
                            at them some time later and keeps what is new
    properties, volatile    which properties differ, and which AWS rewrites by itself
    beginnings              what was there before the period
    stories/                what happens: every day at random (`daily`), and once by
                            plan (`planned` and its like; confusions of names and
                            of states are told apart in `cases`); `plan` has the
                            calendar of lost hours, copies and broken files
    background, reads, answers
                            everything else in a log: reads, sign-ins, services
    trails, recorder, digests, breakage
                            files as CloudTrail and Config lay them out in S3
    truth, truth_rows, cases, encryption_truth
                            the answers
    run                     one day after the other
"""
