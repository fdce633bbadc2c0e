-- What compliance knows of a shipment: the facts of its newest event, and where its screening stands.
create table shipments (
    seq bigint identity(1,1) not null primary key,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null unique,
    order_id char(36) collate Latin1_General_100_BIN2 not null,
    sequence bigint not null,
    revision bigint not null,
    phase varchar(32) collate Latin1_General_100_BIN2 not null check (phase in ('OPEN', 'PERMITTED', 'DEPARTED', 'CLOSED')),
    facts nvarchar(max) collate Latin1_General_100_BIN2 not null,
    part_number nvarchar(64) collate Latin1_General_100_BIN2 not null,
    place_time_zone varchar(64) collate Latin1_General_100_BIN2 not null,
    planned_ship_date date not null,
    departed_date date null,
    screened_revision bigint not null,
    decision_id char(36) collate Latin1_General_100_BIN2 null,
    decision_number bigint not null,
    decision_signature nvarchar(max) collate Latin1_General_100_BIN2 not null,
    outcome varchar(32) collate Latin1_General_100_BIN2 not null,
    decided_ship_date date null,
    overdue int not null,
    screening_number bigint not null,
    standing varchar(32) collate Latin1_General_100_BIN2 not null check (standing in ('', 'READY', 'HELD', 'BLOCKED')),
    standing_reasons nvarchar(max) collate Latin1_General_100_BIN2 not null,
    known_version bigint not null,
    decide_again_at datetime2(7) null
);
create index shipments_due on shipments (phase, decide_again_at);
create index shipments_known on shipments (phase, known_version);

create table decisions (
    seq bigint identity(1,1) not null primary key,
    decision_id char(36) collate Latin1_General_100_BIN2 not null unique,
    shipment varchar(64) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    occasion varchar(32) collate Latin1_General_100_BIN2 not null check (occasion in ('SCREENING', 'RECHECK', 'DISPATCH', 'DEPARTURE')),
    outcome varchar(32) collate Latin1_General_100_BIN2 not null check (outcome in ('CLEARED', 'HELD', 'BLOCKED')),
    ship_date date not null,
    part_number nvarchar(64) collate Latin1_General_100_BIN2 not null,
    destination_country varchar(8) collate Latin1_General_100_BIN2 not null,
    created_at datetime2(7) not null,
    body varbinary(max) not null,
    unique (shipment, number)
);
create index decisions_by_time on decisions (created_at, seq);
create index decisions_by_ship_date on decisions (ship_date, seq);
go

create trigger decisions_never_change on decisions after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a stored decision never changes', 1;
end;
go

create trigger decisions_are_kept on decisions after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a stored decision is never deleted', 1;
end;
go
