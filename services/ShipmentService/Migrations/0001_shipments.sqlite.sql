create table shipments (
    seq integer primary key autoincrement,
    id text not null unique,
    sequence integer not null,
    revision integer not null,
    state text not null check (state in ('PLANNED', 'HELD', 'BLOCKED', 'READY', 'DISPATCHING', 'DISPATCHED', 'RECALLED', 'IN_TRANSIT', 'DELIVERED', 'RETURNED', 'CANCELLED')),
    order_name text not null,
    line_number integer not null,
    order_revision integer not null,
    part_number text not null,
    item text not null,
    quantity integer not null check (quantity > 0),
    unit_price_minor_units integer not null,
    currency_code text not null,
    exporter text not null,
    parties text not null,
    destination_country text not null,
    place_of_export_country text not null,
    place_of_export_time_zone text not null,
    movement text not null,
    requested_ship_date text not null,
    planned_ship_date text not null,
    promised_delivery_date text null,
    estimated_delivery_date text null,
    actual_ship_date text null,
    actual_delivery_date text null,
    overdue integer not null,
    carrier text null,
    tracking_number text null,
    permit_id text null,
    attempt_id text null,
    screening_number integer not null,
    standing text null,
    decision_id text null,
    reasons text not null,
    created_at text not null,
    updated_at text not null
);
create index shipments_order on shipments (order_name, line_number);
create index shipments_state on shipments (state, seq);
create index shipments_planned_ship_date on shipments (planned_ship_date, seq);

create table date_changes (
    shipment_id text not null,
    number integer not null,
    kind text not null,
    old_date text null,
    new_date text null,
    reason text not null,
    source text not null,
    recorded_at text not null,
    primary key (shipment_id, number)
);

create table milestones (
    shipment_id text not null,
    number integer not null,
    kind text not null,
    event_time text not null,
    recorded_at text not null,
    location text null,
    note text null,
    supersedes integer not null,
    superseded_by integer not null,
    actor text not null,
    primary key (shipment_id, number)
);

create table dispatch_attempts (
    seq integer primary key autoincrement,
    id text not null unique,
    shipment_id text not null,
    request_id text not null,
    actor text not null,
    carrier text not null,
    tracking_number text not null,
    state text not null check (state in ('OPEN', 'GRANTED', 'REFUSED')),
    traceparent text null,
    opened_at text not null,
    closed_at text null,
    answer blob null,
    refusal text null
);
create unique index dispatch_attempts_open on dispatch_attempts (shipment_id) where state = 'OPEN';
create index dispatch_attempts_request on dispatch_attempts (request_id, seq);

-- Kept apart from shipments: a permit may be revoked before its own grant is known here.
create table revoked_permits (
    permit_id text not null primary key,
    shipment_id text not null,
    reason text not null,
    recorded_at text not null
);

create table planned_orders (
    order_name text not null primary key,
    revision integer not null,
    cancelled integer not null,
    digest text not null
);

create table planned_order_lines (
    order_name text not null,
    number integer not null,
    quantity integer not null,
    primary key (order_name, number)
);

create table shipment_changes (
    seq integer primary key autoincrement,
    shipment_id text not null,
    order_name text not null,
    sequence integer not null,
    message blob not null,
    recorded_at text not null,
    unique (shipment_id, sequence)
);
create index shipment_changes_order on shipment_changes (order_name, seq);
