"""Publishing forms, and the routes for it."""
