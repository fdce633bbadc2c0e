create table things (
    seq integer primary key autoincrement,
    id text not null unique,
    name text not null,
    size integer not null,
    made_on text null,
    made_at text null,
    weight text null,
    flagged integer not null
);
create index things_name on things (name, seq);
create table taken (
    consumer text not null,
    event_id text not null,
    trace_id text null,
    baggage text null
);
