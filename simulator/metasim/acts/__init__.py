"""What people and business owners do besides writing: tap, call, opt out, use the phone app."""
