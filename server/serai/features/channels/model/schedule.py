"""The kinds of due rows that the feature has."""

PROBE, REFRESH = "channel_probe", "channel_refresh"
