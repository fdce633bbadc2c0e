-- What compliance knows of a shipment: the facts of its newest event, and where its screening stands.
create table shipments (
    seq integer primary key autoincrement,
    shipment_id text not null unique,
    order_id text not null,
    sequence integer not null,
    revision integer not null,
    phase text not null check (phase in ('OPEN', 'PERMITTED', 'DEPARTED', 'CLOSED')),
    facts text not null,
    part_number text not null,
    place_time_zone text not null,
    planned_ship_date text not null,
    departed_date text null,
    screened_revision integer not null,
    decision_id text null,
    decision_number integer not null,
    decision_signature text not null,
    outcome text not null,
    decided_ship_date text null,
    overdue integer not null,
    screening_number integer not null,
    standing text not null check (standing in ('', 'READY', 'HELD', 'BLOCKED')),
    standing_reasons text not null,
    known_version integer not null,
    decide_again_at text null
);
create index shipments_due on shipments (phase, decide_again_at);
create index shipments_known on shipments (phase, known_version);

create table decisions (
    seq integer primary key autoincrement,
    decision_id text not null unique,
    shipment text not null,
    number integer not null,
    occasion text not null check (occasion in ('SCREENING', 'RECHECK', 'DISPATCH', 'DEPARTURE')),
    outcome text not null check (outcome in ('CLEARED', 'HELD', 'BLOCKED')),
    ship_date text not null,
    part_number text not null,
    destination_country text not null,
    created_at text not null,
    body blob not null,
    unique (shipment, number)
);
create index decisions_by_time on decisions (created_at, seq);
create index decisions_by_ship_date on decisions (ship_date, seq);

create trigger decisions_never_change before update on decisions
begin
    select raise(abort, 'a stored decision never changes');
end;

create trigger decisions_are_kept before delete on decisions
begin
    select raise(abort, 'a stored decision is never deleted');
end;
