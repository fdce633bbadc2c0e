-- What the facts were when a permit was asked for; blank in older rows.
alter table permits add facts_digest varchar(100) collate Latin1_General_100_BIN2 not null default '';
create index permits_by_order on permits (order_name, seq);
create index permits_by_time on permits (created_at, seq);
create index permits_by_ship_date on permits (ship_date, seq);
create index permits_by_state on permits (state, seq);

-- What lists of decisions are filtered by and a decision has several of, or its row does not say.
create table decision_terms (
    kind varchar(16) collate Latin1_General_100_BIN2 not null check (kind in ('RULE', 'AMENDMENT', 'ORDER', 'ACTOR', 'PARTY', 'ENGINE')),
    value nvarchar(400) collate Latin1_General_100_BIN2 not null,
    decision_id char(36) collate Latin1_General_100_BIN2 not null,
    primary key (kind, value, decision_id)
);
-- The newest decision, by seq, whose terms are still to be written; 0: none.
create table decision_terms_backlog (next_seq bigint not null);
insert into decision_terms_backlog (next_seq) select coalesce(max(seq), 0) from decisions;
create index decisions_by_part on decisions (part_number, seq);
create index decisions_by_destination on decisions (destination_country, seq);
create index decisions_by_outcome on decisions (outcome, seq);
create index decisions_by_occasion on decisions (occasion, seq);

-- What a replay found otherwise; operation is operations/{id}. Rows commit with the progress of their operation.
create table replay_mismatches (
    seq bigint identity(1,1) not null primary key,
    operation varchar(64) collate Latin1_General_100_BIN2 not null,
    decision_id char(36) collate Latin1_General_100_BIN2 not null,
    body varbinary(max) not null,
    unique (operation, decision_id)
);
create index replay_mismatches_by_operation on replay_mismatches (operation, seq);

-- What a look-back found.
create table look_back_rows (
    seq bigint identity(1,1) not null primary key,
    operation varchar(64) collate Latin1_General_100_BIN2 not null,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    body varbinary(max) not null,
    unique (operation, shipment_id)
);
create index look_back_rows_by_operation on look_back_rows (operation, seq);
create index shipments_by_phase on shipments (phase, seq);
