"""The Graph API: what callers may ask, what Meta checks first, and how it says no."""
