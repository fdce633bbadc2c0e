-- An order's head: what lists filter and order by, and the state derived from its shipments.
create table orders (
    seq integer primary key autoincrement,
    id text not null unique,
    revision integer not null check (revision >= 1),
    cancelled integer not null check (cancelled in (0, 1)),
    state text not null check (state in
        ('PLACED', 'PARTLY_HELD', 'HELD', 'READY', 'PARTLY_SHIPPED', 'SHIPPED', 'DELIVERED', 'CANCELLED')),
    exporter text not null,
    purchaser text not null,
    destination_country text not null,
    timeline_count integer not null,
    created_at text not null,
    updated_at text not null
);
create index orders_by_created on orders (created_at, seq);
create index orders_by_updated on orders (updated_at, seq);
create index orders_by_state on orders (state, created_at, seq);

-- What was ordered, whole, as of every accepted revision. Rows are never changed.
create table order_revisions (
    order_id text not null references orders (id),
    revision integer not null,
    content text not null,
    actor text not null,
    reason text null,
    recorded_at text not null,
    primary key (order_id, revision)
);

-- A change that was accepted here and that shipments have not answered yet; at most one an order.
create table order_changes_pending (
    order_id text not null primary key references orders (id),
    revision integer not null,
    kind text not null check (kind in ('AMEND', 'CANCEL')),
    content text not null,
    reason text null,
    actor text not null,
    method text not null,
    request_id text not null,
    request blob not null,
    traceparent text null,
    created_at text not null
);

-- Shipments as events told of them: the snapshot of the highest sequence and the screening of the highest number, apart,
-- because the two come from two services in any order. sequence 0: only a screening has come.
create table order_shipments (
    shipment_id text not null primary key,
    order_id text not null references orders (id),
    sequence integer not null,
    revision integer not null,
    line_number integer not null,
    quantity integer not null,
    snapshot_state text not null,
    planned_ship_date text null,
    screening_number integer not null,
    screened_revision integer not null,
    standing text not null,
    reasons text not null
);
create index order_shipments_by_order on order_shipments (order_id);

-- The history of an order in the order of recording. Rows are never changed.
create table timeline_entries (
    seq integer primary key autoincrement,
    order_id text not null references orders (id),
    number integer not null,
    event_id text not null,
    kind text not null,
    event_time text not null,
    recorded_at text not null,
    resource text not null,
    summary text not null,
    actor text not null,
    trace_id text null,
    order_state text not null,
    unique (order_id, number),
    unique (order_id, event_id)
);
