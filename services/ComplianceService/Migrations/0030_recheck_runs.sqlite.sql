-- Every open shipment looked at again after a publication: one row a version of rules and catalogue. A shipment up to done_seq whose row
-- knows an older version was looked at, and nothing about it changed.
create table recheck_runs (
    seq integer primary key autoincrement,
    version integer not null unique,
    basis text not null,
    done_seq integer not null,
    shipments integer not null,
    changed integer not null,
    started_at text not null,
    ended_at text null
);
