-- An order's head: what lists filter and order by, and the state derived from its shipments.
create table orders (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    revision bigint not null check (revision >= 1),
    cancelled int not null check (cancelled in (0, 1)),
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in
        ('PLACED', 'PARTLY_HELD', 'HELD', 'READY', 'PARTLY_SHIPPED', 'SHIPPED', 'DELIVERED', 'CANCELLED')),
    exporter varchar(32) collate Latin1_General_100_BIN2 not null,
    purchaser nvarchar(200) collate Latin1_General_100_BIN2 not null,
    destination_country varchar(8) collate Latin1_General_100_BIN2 not null,
    timeline_count bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null
);
create index orders_by_created on orders (created_at, seq);
create index orders_by_updated on orders (updated_at, seq);
create index orders_by_state on orders (state, created_at, seq);

-- What was ordered, whole, as of every accepted revision. Rows are never changed.
create table order_revisions (
    order_id char(36) collate Latin1_General_100_BIN2 not null references orders (id),
    revision bigint not null,
    content nvarchar(max) collate Latin1_General_100_BIN2 not null,
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    reason nvarchar(max) collate Latin1_General_100_BIN2 null,
    recorded_at datetime2(7) not null,
    primary key (order_id, revision)
);

-- A change that was accepted here and that shipments have not answered yet; at most one an order.
create table order_changes_pending (
    order_id char(36) collate Latin1_General_100_BIN2 not null primary key references orders (id),
    revision bigint not null,
    kind varchar(32) collate Latin1_General_100_BIN2 not null check (kind in ('AMEND', 'CANCEL')),
    content nvarchar(max) collate Latin1_General_100_BIN2 not null,
    reason nvarchar(max) collate Latin1_General_100_BIN2 null,
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    method nvarchar(200) collate Latin1_General_100_BIN2 not null,
    request_id varchar(36) collate Latin1_General_100_BIN2 not null,
    request varbinary(max) not null,
    traceparent varchar(128) collate Latin1_General_100_BIN2 null,
    created_at datetime2(7) not null
);

-- Shipments as events told of them: the snapshot of the highest sequence and the screening of the highest number, apart,
-- because the two come from two services in any order. sequence 0: only a screening has come.
create table order_shipments (
    shipment_id char(36) collate Latin1_General_100_BIN2 not null primary key,
    order_id char(36) collate Latin1_General_100_BIN2 not null references orders (id),
    sequence bigint not null,
    revision bigint not null,
    line_number bigint not null,
    quantity bigint not null,
    snapshot_state varchar(32) collate Latin1_General_100_BIN2 not null,
    planned_ship_date date null,
    screening_number bigint not null,
    screened_revision bigint not null,
    standing varchar(32) collate Latin1_General_100_BIN2 not null,
    reasons nvarchar(max) collate Latin1_General_100_BIN2 not null
);
create index order_shipments_by_order on order_shipments (order_id);

-- The history of an order in the order of recording. Rows are never changed.
create table timeline_entries (
    seq bigint identity(1,1) not null primary key,
    order_id char(36) collate Latin1_General_100_BIN2 not null references orders (id),
    number bigint not null,
    event_id char(36) collate Latin1_General_100_BIN2 not null,
    kind varchar(64) collate Latin1_General_100_BIN2 not null,
    event_time datetime2(7) not null,
    recorded_at datetime2(7) not null,
    resource nvarchar(max) collate Latin1_General_100_BIN2 not null,
    summary nvarchar(max) collate Latin1_General_100_BIN2 not null,
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    trace_id varchar(64) collate Latin1_General_100_BIN2 null,
    order_state varchar(32) collate Latin1_General_100_BIN2 not null,
    unique (order_id, number),
    unique (order_id, event_id)
);
