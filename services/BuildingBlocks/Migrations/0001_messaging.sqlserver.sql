-- What every service's database holds: events to send, events taken, failed ones, and the answers of idempotent calls.
create table outbox (
    seq bigint identity(1,1) not null primary key,
    event_id char(36) collate Latin1_General_100_BIN2 not null unique,
    type nvarchar(200) collate Latin1_General_100_BIN2 not null,
    body nvarchar(max) collate Latin1_General_100_BIN2 not null,
    sent_time datetime2(7) not null,
    traceparent varchar(128) collate Latin1_General_100_BIN2 null,
    tracestate nvarchar(max) collate Latin1_General_100_BIN2 null,
    baggage nvarchar(max) collate Latin1_General_100_BIN2 null,
    published_at datetime2(7) null
);
create index outbox_unpublished on outbox (seq) where published_at is null;

create table inbox (
    seq bigint identity(1,1) not null primary key,
    event_id char(36) collate Latin1_General_100_BIN2 not null,
    consumer nvarchar(200) collate Latin1_General_100_BIN2 not null,
    processed_at datetime2(7) not null,
    unique (event_id, consumer)
);

create table redeliveries (
    seq bigint identity(1,1) not null primary key,
    event_id char(36) collate Latin1_General_100_BIN2 not null,
    consumer nvarchar(200) collate Latin1_General_100_BIN2 not null,
    type nvarchar(200) collate Latin1_General_100_BIN2 not null,
    body nvarchar(max) collate Latin1_General_100_BIN2 not null,
    sent_time datetime2(7) not null,
    traceparent varchar(128) collate Latin1_General_100_BIN2 null,
    tracestate nvarchar(max) collate Latin1_General_100_BIN2 null,
    baggage nvarchar(max) collate Latin1_General_100_BIN2 null,
    attempts bigint not null,
    due_at datetime2(7) not null,
    error nvarchar(max) collate Latin1_General_100_BIN2 not null,
    unique (event_id, consumer)
);
create index redeliveries_due on redeliveries (due_at);

create table dead_letters (
    seq bigint identity(1,1) not null primary key,
    event_id char(36) collate Latin1_General_100_BIN2 not null,
    consumer nvarchar(200) collate Latin1_General_100_BIN2 not null,
    type nvarchar(200) collate Latin1_General_100_BIN2 not null,
    body nvarchar(max) collate Latin1_General_100_BIN2 not null,
    sent_time datetime2(7) not null,
    traceparent varchar(128) collate Latin1_General_100_BIN2 null,
    tracestate nvarchar(max) collate Latin1_General_100_BIN2 null,
    baggage nvarchar(max) collate Latin1_General_100_BIN2 null,
    attempts bigint not null,
    died_at datetime2(7) not null,
    error nvarchar(max) collate Latin1_General_100_BIN2 not null,
    unique (event_id, consumer)
);

create table requests (
    request_id char(36) collate Latin1_General_100_BIN2 not null primary key,
    method nvarchar(200) collate Latin1_General_100_BIN2 not null,
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    content_digest varchar(100) collate Latin1_General_100_BIN2 not null,
    response varbinary(max) not null,
    created_at datetime2(7) not null
);

-- The turn to write. Every batch of writes moves it first: one batch at a time changes the database, whatever replica it comes from.
create table write_turns (
    id int not null primary key check (id = 1),
    turn bigint not null
);
insert into write_turns (id, turn) values (1, 0);
