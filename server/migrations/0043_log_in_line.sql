-- What was decided about an event is 2 to 3 KB, sealed: nothing there to compress, and out of line it cost two
-- more rows and an index entry for each event. In line it is one row.
ALTER TABLE serai.events SET (toast_tuple_target = 8160);
