-- Since when codes are to be given back that nobody has taken; what was owed before was owed at the
-- latest when it was due. Times are UTC.
ALTER TABLE acp_hand_out ADD COLUMN owed_since DATETIME(6);

UPDATE acp_hand_out SET owed_since = give_back_at WHERE give_back_at IS NOT NULL;
