"""Meta's Graph calls about numbers, accounts, tokens and profiles, typed; each raises what Graph does."""
