-- shipment and order_name are resource names, as lists are filtered by them.
create table holds (
    seq integer primary key autoincrement,
    hold_id text not null unique,
    shipment text not null,
    order_name text not null,
    origin text not null check (origin in ('FINDING', 'DEPARTURE', 'HAND')),
    reason text not null,
    state text not null check (state in ('OPEN', 'RELEASE_PROPOSED', 'SETTLED', 'VOIDED')),
    effect text not null,
    review_policy text not null,
    missing_facts text not null,
    explanation text not null,
    citation text not null,
    amendment text not null,
    decision_id text null,
    owner text not null,
    opened_by text not null,
    close_reason text not null,
    part_number text not null,
    planned_ship_date text not null,
    version integer not null,
    created_at text not null,
    updated_at text not null
);
-- One hold a shipment and reason; a voided one is history.
create unique index holds_one_a_reason on holds (shipment, reason) where state <> 'VOIDED';
create index holds_by_shipment on holds (shipment, seq);
create index holds_by_state on holds (state, planned_ship_date, seq);

create table releases (
    seq integer primary key autoincrement,
    release_id text not null unique,
    hold_id text not null,
    state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED', 'VOIDED', 'EXPIRED')),
    reason_code text not null,
    note text not null,
    licence_id text null,
    first_ship_date text not null,
    last_ship_date text not null,
    proposed_by text not null,
    decided_by text not null,
    decided_at text null,
    close_reason text not null,
    facts_digest text not null,
    amendment text not null,
    effect text not null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    check (decided_by <> proposed_by)
);
-- Two people cannot both have the release that counts.
create unique index releases_one_active on releases (hold_id) where state in ('PROPOSED', 'APPROVED');
create index releases_by_hold on releases (hold_id, seq);
