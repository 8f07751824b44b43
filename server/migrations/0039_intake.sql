-- How far each stream in front of the database was made into deliveries, and by whom now.
CREATE TABLE intake_positions (
    stream text PRIMARY KEY,
    made_at timestamptz NOT NULL,           -- the stream's: one that is made anew begins to count anew
    sequence bigint NOT NULL DEFAULT 0,     -- of the last message whose deliveries are rows
    message text,                           -- its id: the same place must still hold the same message
    holder text NOT NULL,                   -- the worker that moves now
    held_until timestamptz NOT NULL         -- by this database's clock, whatever the hosts' clocks show
);
REVOKE ALL ON intake_positions FROM serai_api;
