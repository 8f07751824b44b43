"""The templates' rows."""
