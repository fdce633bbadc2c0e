-- Where a dead letter stands, how often that changed, and who did what with it. Rows of acts are never changed.
alter table dead_letters add state varchar(16) collate Latin1_General_100_BIN2 not null
    constraint dead_letters_state_default default 'WAITING'
    constraint dead_letters_state_known check (state in ('WAITING', 'REPLAYING', 'REPLAYED', 'DISCARDED'));
alter table dead_letters add version bigint not null constraint dead_letters_version_default default 1;

create table dead_letter_acts (
    seq bigint identity(1,1) not null primary key,
    event_id char(36) collate Latin1_General_100_BIN2 not null,
    consumer nvarchar(200) collate Latin1_General_100_BIN2 not null,
    kind varchar(16) collate Latin1_General_100_BIN2 not null check (kind in ('GIVEN_UP', 'REPLAYED', 'TAKEN', 'DISCARDED')),
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    reason nvarchar(max) collate Latin1_General_100_BIN2 not null,
    acted_at datetime2(7) not null,
    trace_id char(32) collate Latin1_General_100_BIN2 null
);
create index dead_letter_acts_by_letter on dead_letter_acts (event_id, consumer, seq);
go
create index dead_letters_by_state on dead_letters (state, seq);
