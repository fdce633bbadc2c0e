-- Every open shipment looked at again after a publication: one row a version of rules and catalogue. A shipment up to done_seq whose row
-- knows an older version was looked at, and nothing about it changed.
create table recheck_runs (
    seq bigint identity(1,1) not null primary key,
    version bigint not null unique,
    basis varchar(400) collate Latin1_General_100_BIN2 not null,
    done_seq bigint not null,
    shipments bigint not null,
    changed bigint not null,
    started_at datetime2(7) not null,
    ended_at datetime2(7) null
);
