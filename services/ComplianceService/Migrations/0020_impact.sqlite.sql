-- What simulations of draft amendments found: one row a shipment that flips. They are nobody's decisions, and go with their operation.
create table impact_rows (
    seq integer primary key autoincrement,
    job_id text not null,
    row_number integer not null,
    direction text not null check (direction in ('TIGHTENED', 'LOOSENED')),
    outcome_before text not null,
    outcome_after text not null,
    rules_before text not null,
    rules_after text not null,
    shipment text not null,
    order_name text not null,
    customer text not null,
    customer_country text not null,
    part_number text not null,
    family text not null,
    destination_country text not null,
    ship_date text not null,
    units integer not null,
    value_minor_units integer null,
    currency text not null,
    standing text not null,
    unique (job_id, row_number)
);
