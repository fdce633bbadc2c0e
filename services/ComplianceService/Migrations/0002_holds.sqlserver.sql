-- shipment and order_name are resource names, as lists are filtered by them.
create table holds (
    seq bigint identity(1,1) not null primary key,
    hold_id char(36) collate Latin1_General_100_BIN2 not null unique,
    shipment varchar(64) collate Latin1_General_100_BIN2 not null,
    order_name varchar(64) collate Latin1_General_100_BIN2 not null,
    origin varchar(32) collate Latin1_General_100_BIN2 not null constraint holds_origin check (origin in ('FINDING', 'DEPARTURE', 'HAND')),
    reason nvarchar(200) collate Latin1_General_100_BIN2 not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('OPEN', 'RELEASE_PROPOSED', 'SETTLED', 'VOIDED')),
    effect varchar(64) collate Latin1_General_100_BIN2 not null,
    review_policy varchar(64) collate Latin1_General_100_BIN2 not null,
    missing_facts nvarchar(max) collate Latin1_General_100_BIN2 not null,
    explanation nvarchar(max) collate Latin1_General_100_BIN2 not null,
    citation nvarchar(max) collate Latin1_General_100_BIN2 not null,
    amendment nvarchar(max) collate Latin1_General_100_BIN2 not null,
    decision_id char(36) collate Latin1_General_100_BIN2 null,
    owner nvarchar(256) collate Latin1_General_100_BIN2 not null,
    opened_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    close_reason nvarchar(max) collate Latin1_General_100_BIN2 not null,
    part_number nvarchar(64) collate Latin1_General_100_BIN2 not null,
    planned_ship_date date not null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null
);
-- One hold a shipment and reason; a voided one is history.
create unique index holds_one_a_reason on holds (shipment, reason) where state <> 'VOIDED';
create index holds_by_shipment on holds (shipment, seq);
create index holds_by_state on holds (state, planned_ship_date, seq);

create table releases (
    seq bigint identity(1,1) not null primary key,
    release_id char(36) collate Latin1_General_100_BIN2 not null unique,
    hold_id char(36) collate Latin1_General_100_BIN2 not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED', 'VOIDED', 'EXPIRED')),
    reason_code varchar(64) collate Latin1_General_100_BIN2 not null,
    note nvarchar(max) collate Latin1_General_100_BIN2 not null,
    licence_id char(36) collate Latin1_General_100_BIN2 null,
    first_ship_date date not null,
    last_ship_date date not null,
    proposed_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    decided_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    decided_at datetime2(7) null,
    close_reason nvarchar(max) collate Latin1_General_100_BIN2 not null,
    facts_digest varchar(100) collate Latin1_General_100_BIN2 not null,
    amendment nvarchar(max) collate Latin1_General_100_BIN2 not null,
    effect varchar(64) collate Latin1_General_100_BIN2 not null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null,
    check (decided_by <> proposed_by)
);
-- Two people cannot both have the release that counts.
create unique index releases_one_active on releases (hold_id) where state in ('PROPOSED', 'APPROVED');
create index releases_by_hold on releases (hold_id, seq);
