create table things (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    name nvarchar(400) collate Latin1_General_100_BIN2 not null,
    size bigint not null,
    made_on date null,
    made_at datetime2(7) null,
    weight varchar(40) collate Latin1_General_100_BIN2 null,
    flagged bit not null
);
create index things_name on things (name, seq);
create table taken (
    consumer nvarchar(200) collate Latin1_General_100_BIN2 not null,
    event_id char(36) collate Latin1_General_100_BIN2 not null,
    trace_id varchar(64) collate Latin1_General_100_BIN2 null,
    baggage nvarchar(max) collate Latin1_General_100_BIN2 null
);
