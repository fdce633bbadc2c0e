-- Why a shipment is held or blocked, one row a reason; shipments.reasons has the same as one text.
create table shipment_reasons (
    reason text not null,
    shipment_id text not null,
    primary key (reason, shipment_id)
);
create index shipment_reasons_by_shipment on shipment_reasons (shipment_id);
insert into shipment_reasons (reason, shipment_id)
select distinct reason.value, s.id from shipments s, json_each(s.reasons) reason;

create index shipments_part_number on shipments (part_number, seq);
create index shipments_destination on shipments (destination_country, seq);
create index shipments_actual_ship_date on shipments (actual_ship_date, seq);
create index shipments_carrier on shipments (carrier, seq);
create index shipments_tracking_number on shipments (tracking_number, seq);
create index shipments_created on shipments (created_at, seq);
create index shipments_overdue on shipments (seq) where overdue = 1;
