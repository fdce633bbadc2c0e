-- What the plan of a consignee gained (units above 0) and lost (below 0) on a ship date, shipment by shipment.
create table plan_changes (
    seq integer primary key autoincrement,
    consignee_key text not null,
    shipment_id text not null,
    ship_date text not null,
    units integer not null,
    original integer not null check (original in (0, 1)),
    recorded_at text not null
);
create index plan_changes_by_consignee on plan_changes (consignee_key, recorded_at, shipment_id, ship_date, units);
create index plan_changes_by_shipment on plan_changes (shipment_id, consignee_key, ship_date, units);
-- Most plans never lose a unit: then one look here ends the question.
create index plan_losses on plan_changes (consignee_key, recorded_at, ship_date, units) where units < 0;
create index plan_originals on plan_changes (consignee_key, ship_date, shipment_id, units) where original = 1;

create trigger plan_changes_never_change before update on plan_changes
begin
    select raise(abort, 'a change of plan is never edited');
end;

create trigger plan_changes_are_kept before delete on plan_changes
begin
    select raise(abort, 'a change of plan is never deleted');
end;

-- Each time units of a consignee stand on earlier dates than before, with what was counted then.
create table pull_forwards (
    seq integer primary key autoincrement,
    pull_forward_id text not null unique,
    consignee_key text not null,
    consignee_name text not null,
    consignee_country text not null,
    shipment_id text not null,
    former_date text not null,
    new_date text not null,
    units integer not null,
    window_days integer not null,
    window_units integer not null,
    usual_units integer not null,
    limit_units integer not null,
    created_at text not null
);
create index pull_forwards_by_consignee on pull_forwards (consignee_key, created_at);

create trigger pull_forwards_never_change before update on pull_forwards
begin
    select raise(abort, 'a pull-forward is never edited');
end;

create trigger pull_forwards_are_kept before delete on pull_forwards
begin
    select raise(abort, 'a pull-forward is never deleted');
end;

-- What is held or blocked on its planned day, without looking at all that is cleared.
create index shipments_by_outcome on shipments (phase, outcome, seq);
