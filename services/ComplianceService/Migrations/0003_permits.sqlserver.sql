create table permits (
    seq bigint identity(1,1) not null primary key,
    permit_id char(36) collate Latin1_General_100_BIN2 not null unique,
    request_id char(36) collate Latin1_General_100_BIN2 not null unique,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('GRANTED', 'REVOKED')),
    shipment varchar(64) collate Latin1_General_100_BIN2 not null,
    order_name varchar(64) collate Latin1_General_100_BIN2 not null,
    shipment_revision bigint not null,
    ship_date date not null,
    decision_id char(36) collate Latin1_General_100_BIN2 not null,
    licence_ids nvarchar(max) collate Latin1_General_100_BIN2 not null,
    revoke_reason nvarchar(max) collate Latin1_General_100_BIN2 not null,
    revoked_at datetime2(7) null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null
);
-- Nothing leaves twice.
create unique index permits_one_granted on permits (shipment) where state = 'GRANTED';
create index permits_by_shipment on permits (shipment, seq);
