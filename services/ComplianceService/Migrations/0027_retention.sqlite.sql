-- What happened after a shipment left and moves the end of its retention: a known re-export, the end of the deal.
create table retention_events (
    seq integer primary key autoincrement,
    event_id text not null unique,
    shipment text not null,
    kind text not null check (kind in ('REEXPORT', 'END_OF_DEAL')),
    event_date text not null,
    note text not null,
    recorded_by text not null,
    created_at text not null
);
create index retention_events_by_shipment on retention_events (shipment, seq);

create trigger retention_events_never_change before update on retention_events
begin
    select raise(abort, 'a retention event never changes');
end;

create trigger retention_events_are_kept before delete on retention_events
begin
    select raise(abort, 'a retention event is never deleted');
end;

-- While one stands on a shipment nothing of it is erased. Two people lift it.
create table legal_holds (
    seq integer primary key autoincrement,
    legal_hold_id text not null unique,
    shipment text not null,
    state text not null check (state in ('PLACED', 'LIFT_PROPOSED', 'LIFTED')),
    reason text not null,
    placed_by text not null,
    lift_proposed_by text not null,
    lift_note text not null,
    lifted_by text not null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    check (lifted_by = '' or lifted_by <> lift_proposed_by)
);
create index legal_holds_by_shipment on legal_holds (shipment, state);
create unique index legal_holds_one_a_shipment on legal_holds (shipment) where state <> 'LIFTED';

create trigger legal_holds_are_kept before delete on legal_holds
begin
    select raise(abort, 'a legal hold is never deleted');
end;

-- Records that were erased when their time was over. Their digests stay in the chain.
create table erased_records (
    subject text not null primary key,
    shipment text not null,
    erased_at text not null
);
create index erased_records_by_shipment on erased_records (shipment);

create trigger erased_records_never_change before update on erased_records
begin
    select raise(abort, 'what was erased stays so');
end;

create trigger erased_records_are_kept before delete on erased_records
begin
    select raise(abort, 'what was erased stays so');
end;

-- A decision and a payload are kept until they are listed as erased.
drop trigger decisions_are_kept;
create trigger decisions_are_kept before delete on decisions
    when not exists (select 1 from erased_records where subject = 'decisions/' || old.decision_id)
begin
    select raise(abort, 'a stored decision is never deleted');
end;

drop trigger audit_payloads_are_kept;
create trigger audit_payloads_are_kept before delete on audit_payloads
    when not exists (select 1 from erased_records e join audit_chain c on c.subject = e.subject where c.seq = old.seq)
begin
    select raise(abort, 'a recorded payload is never deleted');
end;
