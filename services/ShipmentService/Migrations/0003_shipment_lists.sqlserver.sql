-- Why a shipment is held or blocked, one row a reason; shipments.reasons has the same as one text.
create table shipment_reasons (
    reason nvarchar(200) collate Latin1_General_100_BIN2 not null,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    primary key (reason, shipment_id)
);
create index shipment_reasons_by_shipment on shipment_reasons (shipment_id);

create index shipments_part_number on shipments (part_number, seq);
create index shipments_destination on shipments (destination_country, seq);
create index shipments_actual_ship_date on shipments (actual_ship_date, seq);
create index shipments_carrier on shipments (carrier, seq);
create index shipments_tracking_number on shipments (tracking_number, seq);
create index shipments_created on shipments (created_at, seq);
create index shipments_overdue on shipments (seq) where overdue = 1;
