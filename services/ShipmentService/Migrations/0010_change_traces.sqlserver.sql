-- The trace a shipment was changed in; null: there was none, or the row was written before.
alter table shipment_changes add trace_id varchar(32) collate Latin1_General_100_BIN2 null;
