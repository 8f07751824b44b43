"""HTTP about numbers: their cards, their set-up at Meta, their webhooks, their way to going live."""
