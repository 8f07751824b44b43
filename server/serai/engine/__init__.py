"""The imperative shell: keep, sift, meet, decide, commit, dispatch. Knows no feature.

Owns: webhook_deliveries, inbound_items, events, sends, send_attempts, policy_decisions, paces,
due_rows, chores, signals, pair_paces, reached_people, daily_counts,
intake_positions, trace_contexts.
"""
