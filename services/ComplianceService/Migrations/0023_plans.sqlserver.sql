-- What the plan of a consignee gained (units above 0) and lost (below 0) on a ship date, shipment by shipment.
create table plan_changes (
    seq bigint identity(1,1) not null primary key,
    consignee_key nvarchar(600) collate Latin1_General_100_BIN2 not null,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    ship_date date not null,
    units bigint not null,
    original int not null check (original in (0, 1)),
    recorded_at datetime2(7) not null
);
create index plan_changes_by_consignee on plan_changes (consignee_key, recorded_at, shipment_id, ship_date, units);
create index plan_changes_by_shipment on plan_changes (shipment_id, consignee_key, ship_date, units);
-- Most plans never lose a unit: then one look here ends the question.
create index plan_losses on plan_changes (consignee_key, recorded_at, ship_date, units) where units < 0;
create index plan_originals on plan_changes (consignee_key, ship_date, shipment_id, units) where original = 1;
go

create trigger plan_changes_never_change on plan_changes after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a change of plan is never edited', 1;
end;
go

create trigger plan_changes_are_kept on plan_changes after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a change of plan is never deleted', 1;
end;
go

-- Each time units of a consignee stand on earlier dates than before, with what was counted then.
create table pull_forwards (
    seq bigint identity(1,1) not null primary key,
    pull_forward_id char(36) collate Latin1_General_100_BIN2 not null unique,
    consignee_key nvarchar(600) collate Latin1_General_100_BIN2 not null,
    consignee_name nvarchar(200) collate Latin1_General_100_BIN2 not null,
    consignee_country varchar(8) collate Latin1_General_100_BIN2 not null,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    former_date date not null,
    new_date date not null,
    units bigint not null,
    window_days bigint not null,
    window_units bigint not null,
    usual_units bigint not null,
    limit_units bigint not null,
    created_at datetime2(7) not null
);
create index pull_forwards_by_consignee on pull_forwards (consignee_key, created_at);
go

create trigger pull_forwards_never_change on pull_forwards after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a pull-forward is never edited', 1;
end;
go

create trigger pull_forwards_are_kept on pull_forwards after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a pull-forward is never deleted', 1;
end;
go

-- What is held or blocked on its planned day, without looking at all that is cleared.
create index shipments_by_outcome on shipments (phase, outcome, seq);
