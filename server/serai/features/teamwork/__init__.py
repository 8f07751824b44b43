"""Working together on conversations: whose they are, teams and turns, notes, and who is here now.

Owns: teams, team_members, queues, agents, conversation_lines, notes, mentions, conversation_tags,
presence.
"""
