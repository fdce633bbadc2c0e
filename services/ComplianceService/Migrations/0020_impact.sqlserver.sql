-- What simulations of draft amendments found: one row a shipment that flips. They are nobody's decisions, and go with their operation.
create table impact_rows (
    seq bigint identity(1,1) not null primary key,
    job_id char(36) collate Latin1_General_100_BIN2 not null,
    row_number bigint not null,
    direction varchar(32) collate Latin1_General_100_BIN2 not null check (direction in ('TIGHTENED', 'LOOSENED')),
    outcome_before varchar(32) collate Latin1_General_100_BIN2 not null,
    outcome_after varchar(32) collate Latin1_General_100_BIN2 not null,
    rules_before nvarchar(max) collate Latin1_General_100_BIN2 not null,
    rules_after nvarchar(max) collate Latin1_General_100_BIN2 not null,
    shipment varchar(64) collate Latin1_General_100_BIN2 not null,
    order_name varchar(64) collate Latin1_General_100_BIN2 not null,
    customer nvarchar(200) collate Latin1_General_100_BIN2 not null,
    customer_country varchar(8) collate Latin1_General_100_BIN2 not null,
    part_number nvarchar(64) collate Latin1_General_100_BIN2 not null,
    family nvarchar(64) collate Latin1_General_100_BIN2 not null,
    destination_country varchar(8) collate Latin1_General_100_BIN2 not null,
    ship_date date not null,
    units bigint not null,
    value_minor_units bigint null,
    currency varchar(3) collate Latin1_General_100_BIN2 not null,
    standing varchar(32) collate Latin1_General_100_BIN2 not null,
    unique (job_id, row_number)
);
