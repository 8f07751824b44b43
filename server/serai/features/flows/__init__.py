"""Forms of several screens in WhatsApp, and our answers to what people enter.

Owns: flow_keys, flows.
"""
