"""The whole product on one machine with a pretend Meta: for newcomers, and for tests."""
