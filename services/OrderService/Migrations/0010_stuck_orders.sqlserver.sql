-- What tells that an order waits: how many lines it has, and since when a shipment stands where it stands; null: written before.
alter table orders add line_count bigint not null default 0;
alter table order_shipments add changed_at datetime2(7) null;
create index order_shipments_by_state on order_shipments (snapshot_state, order_id);
