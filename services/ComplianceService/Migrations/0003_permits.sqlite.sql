create table permits (
    seq integer primary key autoincrement,
    permit_id text not null unique,
    request_id text not null unique,
    state text not null check (state in ('GRANTED', 'REVOKED')),
    shipment text not null,
    order_name text not null,
    shipment_revision integer not null,
    ship_date text not null,
    decision_id text not null,
    licence_ids text not null,
    revoke_reason text not null,
    revoked_at text null,
    version integer not null,
    created_at text not null,
    updated_at text not null
);
-- Nothing leaves twice.
create unique index permits_one_granted on permits (shipment) where state = 'GRANTED';
create index permits_by_shipment on permits (shipment, seq);
