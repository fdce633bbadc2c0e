create table shipments (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    sequence bigint not null,
    revision bigint not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in (
        'PLANNED', 'HELD', 'BLOCKED', 'READY', 'DISPATCHING', 'DISPATCHED', 'RECALLED', 'IN_TRANSIT', 'DELIVERED', 'RETURNED', 'CANCELLED')),
    order_name varchar(64) collate Latin1_General_100_BIN2 not null,
    line_number bigint not null,
    order_revision bigint not null,
    part_number nvarchar(64) collate Latin1_General_100_BIN2 not null,
    item nvarchar(max) collate Latin1_General_100_BIN2 not null,
    quantity bigint not null check (quantity > 0),
    unit_price_minor_units bigint not null,
    currency_code varchar(3) collate Latin1_General_100_BIN2 not null,
    exporter varchar(32) collate Latin1_General_100_BIN2 not null,
    parties nvarchar(max) collate Latin1_General_100_BIN2 not null,
    destination_country varchar(8) collate Latin1_General_100_BIN2 not null,
    place_of_export_country varchar(8) collate Latin1_General_100_BIN2 not null,
    place_of_export_time_zone varchar(64) collate Latin1_General_100_BIN2 not null,
    movement varchar(32) collate Latin1_General_100_BIN2 not null,
    requested_ship_date date not null,
    planned_ship_date date not null,
    promised_delivery_date date null,
    estimated_delivery_date date null,
    actual_ship_date date null,
    actual_delivery_date date null,
    overdue int not null,
    carrier nvarchar(100) collate Latin1_General_100_BIN2 null,
    tracking_number nvarchar(100) collate Latin1_General_100_BIN2 null,
    permit_id char(36) collate Latin1_General_100_BIN2 null,
    attempt_id char(36) collate Latin1_General_100_BIN2 null,
    screening_number bigint not null,
    standing varchar(32) collate Latin1_General_100_BIN2 null,
    decision_id char(36) collate Latin1_General_100_BIN2 null,
    reasons nvarchar(max) collate Latin1_General_100_BIN2 not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null
);
create index shipments_order on shipments (order_name, line_number);
create index shipments_state on shipments (state, seq);
create index shipments_planned_ship_date on shipments (planned_ship_date, seq);

create table date_changes (
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    kind varchar(32) collate Latin1_General_100_BIN2 not null,
    old_date date null,
    new_date date null,
    reason nvarchar(max) collate Latin1_General_100_BIN2 not null,
    source nvarchar(256) collate Latin1_General_100_BIN2 not null,
    recorded_at datetime2(7) not null,
    primary key (shipment_id, number)
);

create table milestones (
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    kind varchar(32) collate Latin1_General_100_BIN2 not null,
    event_time datetime2(7) not null,
    recorded_at datetime2(7) not null,
    location nvarchar(200) collate Latin1_General_100_BIN2 null,
    note nvarchar(max) collate Latin1_General_100_BIN2 null,
    supersedes bigint not null,
    superseded_by bigint not null,
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    primary key (shipment_id, number)
);

create table dispatch_attempts (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    request_id varchar(36) collate Latin1_General_100_BIN2 not null,
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    carrier nvarchar(100) collate Latin1_General_100_BIN2 not null,
    tracking_number nvarchar(100) collate Latin1_General_100_BIN2 not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('OPEN', 'GRANTED', 'REFUSED')),
    traceparent varchar(128) collate Latin1_General_100_BIN2 null,
    opened_at datetime2(7) not null,
    closed_at datetime2(7) null,
    answer varbinary(max) null,
    refusal nvarchar(max) collate Latin1_General_100_BIN2 null
);
create unique index dispatch_attempts_open on dispatch_attempts (shipment_id) where state = 'OPEN';
create index dispatch_attempts_request on dispatch_attempts (request_id, seq);

-- Kept apart from shipments: a permit may be revoked before its own grant is known here.
create table revoked_permits (
    permit_id char(36) collate Latin1_General_100_BIN2 not null primary key,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    reason nvarchar(max) collate Latin1_General_100_BIN2 not null,
    recorded_at datetime2(7) not null
);

create table planned_orders (
    order_name varchar(64) collate Latin1_General_100_BIN2 not null primary key,
    revision bigint not null,
    cancelled int not null,
    digest varchar(100) collate Latin1_General_100_BIN2 not null
);

create table planned_order_lines (
    order_name varchar(64) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    quantity bigint not null,
    primary key (order_name, number)
);

create table shipment_changes (
    seq bigint identity(1,1) not null primary key,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    order_name varchar(64) collate Latin1_General_100_BIN2 not null,
    sequence bigint not null,
    message varbinary(max) not null,
    recorded_at datetime2(7) not null,
    unique (shipment_id, sequence)
);
create index shipment_changes_order on shipment_changes (order_name, seq);
