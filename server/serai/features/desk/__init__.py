"""What everybody has at hand while they answer: search, their drafts, habits
and views, and what is said often.

Owns: drafts, habits, views, quick_replies.
"""
