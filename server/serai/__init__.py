"""Serai: customer messaging and marketing over Meta's platforms.

Six floors; each imports only the floors under it (checked by .importlinter):

    app       puts the house together: wiring, HTTP, worker, command line
    features  what the product does, one folder each; no feature imports another
    engine    the imperative shell: keep, sift, meet, decide, commit, dispatch
    meta      the only door to Meta: webhooks in, Graph API out
    core      the language of the product and the rules that features share; pure
    kit       plumbing without product knowledge: database, clock, settings, errors
"""
