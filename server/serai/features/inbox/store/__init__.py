"""The inbox's rows: written set by set, read page by page."""
