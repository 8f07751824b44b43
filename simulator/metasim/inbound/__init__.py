"""What people send: from the words of the control API to the message that a webhook carries."""
