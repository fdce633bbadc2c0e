-- What tells that an order waits: how many lines it has, and since when a shipment stands where it stands; null: written before.
alter table orders add column line_count integer not null default 0;
alter table order_shipments add column changed_at text null;
create index order_shipments_by_state on order_shipments (snapshot_state, order_id);

update orders set line_count = (
    select json_array_length(r.content, '$.lines') from order_revisions r where r.order_id = orders.id and r.revision = orders.revision);
