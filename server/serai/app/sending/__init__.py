"""Sending through the API: what callers ask for, made into contents and checked before anything leaves."""
