-- A hold says who may clear it, what is in the shipment (for work lists), and whether its reason is gone and only waits to be confirmed.
-- A database of this engine is made by these migrations: no hold is older than this one, so nothing is moved and no column has a default.
alter table holds drop constraint holds_origin;
alter table holds add constraint holds_origin check (origin in ('FINDING', 'DEPARTURE', 'HAND', 'CHECK'));
alter table holds add hold_class varchar(32) collate Latin1_General_100_BIN2 not null check (hold_class in ('LEGAL', 'CREDIT', 'ADDRESS'));
alter table holds add lapsed int not null;
alter table holds add buyer nvarchar(200) collate Latin1_General_100_BIN2 not null;
alter table holds add destination_country varchar(8) collate Latin1_General_100_BIN2 not null;
alter table holds add currency varchar(3) collate Latin1_General_100_BIN2 not null;
alter table holds add value_minor bigint not null;
go

drop index holds_by_state on holds;
create index holds_by_state on holds (state, seq);
create index holds_by_ship_date on holds (state, planned_ship_date, seq);
create index holds_by_value on holds (state, value_minor, seq);
create index holds_by_owner on holds (owner, state, seq);
create index holds_by_reason on holds (reason, state, seq);

-- What a release was given for, what of it has changed, and when it ends by itself.
alter table releases add facts nvarchar(max) collate Latin1_General_100_BIN2 not null default '';
alter table releases add changes nvarchar(max) collate Latin1_General_100_BIN2 not null default '';
alter table releases add expires_at datetime2(7) null;
create index releases_by_decider on releases (decided_by, state, seq);
create index releases_by_proposer on releases (proposed_by, state, seq);
create index releases_by_state on releases (state, seq);
