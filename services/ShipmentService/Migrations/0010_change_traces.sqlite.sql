-- The trace a shipment was changed in; null: there was none, or the row was written before.
alter table shipment_changes add column trace_id text null;
