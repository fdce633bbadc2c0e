-- Where a dead letter stands, how often that changed, and who did what with it. Rows of acts are never changed.
alter table dead_letters add column state text not null default 'WAITING' check (state in ('WAITING', 'REPLAYING', 'REPLAYED', 'DISCARDED'));
alter table dead_letters add column version integer not null default 1;

create table dead_letter_acts (
    seq integer primary key autoincrement,
    event_id text not null,
    consumer text not null,
    kind text not null check (kind in ('GIVEN_UP', 'REPLAYED', 'TAKEN', 'DISCARDED')),
    actor text not null,
    reason text not null,
    acted_at text not null,
    trace_id text null
);
create index dead_letter_acts_by_letter on dead_letter_acts (event_id, consumer, seq);
create index dead_letters_by_state on dead_letters (state, seq);
