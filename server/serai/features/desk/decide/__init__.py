"""What is decided at the desk; pure."""
