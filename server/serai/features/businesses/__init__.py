"""A company's businesses: what they are called, what they say, when they are open.

Owns: businesses, business_hours, hours_exceptions, inboxes, business_profiles.
"""
