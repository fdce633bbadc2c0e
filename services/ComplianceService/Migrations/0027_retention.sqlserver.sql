-- What happened after a shipment left and moves the end of its retention: a known re-export, the end of the deal.
create table retention_events (
    seq bigint identity(1,1) not null primary key,
    event_id char(36) collate Latin1_General_100_BIN2 not null unique,
    shipment varchar(64) collate Latin1_General_100_BIN2 not null,
    kind varchar(32) collate Latin1_General_100_BIN2 not null check (kind in ('REEXPORT', 'END_OF_DEAL')),
    event_date date not null,
    note nvarchar(max) collate Latin1_General_100_BIN2 not null,
    recorded_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    created_at datetime2(7) not null
);
create index retention_events_by_shipment on retention_events (shipment, seq);
go

create trigger retention_events_never_change on retention_events after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a retention event never changes', 1;
end;
go

create trigger retention_events_are_kept on retention_events after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a retention event is never deleted', 1;
end;
go

-- While one stands on a shipment nothing of it is erased. Two people lift it.
create table legal_holds (
    seq bigint identity(1,1) not null primary key,
    legal_hold_id char(36) collate Latin1_General_100_BIN2 not null unique,
    shipment varchar(64) collate Latin1_General_100_BIN2 not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('PLACED', 'LIFT_PROPOSED', 'LIFTED')),
    reason nvarchar(max) collate Latin1_General_100_BIN2 not null,
    placed_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    lift_proposed_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    lift_note nvarchar(max) collate Latin1_General_100_BIN2 not null,
    lifted_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null,
    check (lifted_by = '' or lifted_by <> lift_proposed_by)
);
create index legal_holds_by_shipment on legal_holds (shipment, state);
create unique index legal_holds_one_a_shipment on legal_holds (shipment) where state <> 'LIFTED';
go

create trigger legal_holds_are_kept on legal_holds after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a legal hold is never deleted', 1;
end;
go

-- Records that were erased when their time was over. Their digests stay in the chain.
create table erased_records (
    subject nvarchar(400) collate Latin1_General_100_BIN2 not null primary key,
    shipment varchar(64) collate Latin1_General_100_BIN2 not null,
    erased_at datetime2(7) not null
);
create index erased_records_by_shipment on erased_records (shipment);
go

create trigger erased_records_never_change on erased_records after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'what was erased stays so', 1;
end;
go

create trigger erased_records_are_kept on erased_records after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'what was erased stays so', 1;
end;
go

-- A decision and a payload are kept until they are listed as erased.
drop trigger decisions_are_kept;
go

create trigger decisions_are_kept on decisions after delete as
begin
    set nocount on;
    if exists (
        select 1 from deleted d
        where not exists (select 1 from erased_records where subject = 'decisions/' + d.decision_id))
        throw 50000, 'a stored decision is never deleted', 1;
end;
go

drop trigger audit_payloads_are_kept;
go

create trigger audit_payloads_are_kept on audit_payloads after delete as
begin
    set nocount on;
    if exists (
        select 1 from deleted d
        where not exists (select 1 from erased_records e join audit_chain c on c.subject = e.subject where c.seq = d.seq))
        throw 50000, 'a recorded payload is never deleted', 1;
end;
go
