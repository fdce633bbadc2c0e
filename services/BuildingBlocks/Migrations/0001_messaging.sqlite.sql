-- What every service's database holds: events to send, events taken, failed ones, and the answers of idempotent calls.
create table outbox (
    seq integer primary key autoincrement,
    event_id text not null unique,
    type text not null,
    body text not null,
    sent_time text not null,
    traceparent text null,
    tracestate text null,
    baggage text null,
    published_at text null
);
create index outbox_unpublished on outbox (seq) where published_at is null;

create table inbox (
    seq integer primary key autoincrement,
    event_id text not null,
    consumer text not null,
    processed_at text not null,
    unique (event_id, consumer)
);

create table redeliveries (
    seq integer primary key autoincrement,
    event_id text not null,
    consumer text not null,
    type text not null,
    body text not null,
    sent_time text not null,
    traceparent text null,
    tracestate text null,
    baggage text null,
    attempts integer not null,
    due_at text not null,
    error text not null,
    unique (event_id, consumer)
);
create index redeliveries_due on redeliveries (due_at);

create table dead_letters (
    seq integer primary key autoincrement,
    event_id text not null,
    consumer text not null,
    type text not null,
    body text not null,
    sent_time text not null,
    traceparent text null,
    tracestate text null,
    baggage text null,
    attempts integer not null,
    died_at text not null,
    error text not null,
    unique (event_id, consumer)
);

create table requests (
    request_id text not null primary key,
    method text not null,
    actor text not null,
    content_digest text not null,
    response blob not null,
    created_at text not null
);
