-- Every record of compliance in one order, each entry with the hash of the one before it. Hashes are made in the service; recorded_at is
-- the very text the hash is made of.
create table audit_chain (
    seq bigint not null primary key,
    kind varchar(32) collate Latin1_General_100_BIN2 not null check (
        kind in ('DECISION', 'HOLD', 'RELEASE', 'PERMIT', 'LICENCE_MOVEMENT', 'AMENDMENT', 'ACT', 'SIGN_IN', 'PURGE')),
    subject nvarchar(400) collate Latin1_General_100_BIN2 not null,
    shipment varchar(64) collate Latin1_General_100_BIN2 not null,
    order_name varchar(64) collate Latin1_General_100_BIN2 not null,
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    action nvarchar(100) collate Latin1_General_100_BIN2 not null,
    outcome nvarchar(100) collate Latin1_General_100_BIN2 not null,
    detail nvarchar(max) collate Latin1_General_100_BIN2 not null,
    payload_digest varchar(100) collate Latin1_General_100_BIN2 not null,
    trace_id varchar(64) collate Latin1_General_100_BIN2 not null,
    recorded_at char(28) collate Latin1_General_100_BIN2 not null,
    previous_hash varchar(64) collate Latin1_General_100_BIN2 not null,
    hash varchar(64) collate Latin1_General_100_BIN2 not null
);
create index audit_chain_by_subject on audit_chain (subject, seq);
create index audit_chain_by_shipment on audit_chain (shipment, seq);
-- A token signs in once, whoever sees it first.
create unique index audit_chain_one_sign_in on audit_chain (subject) where kind = 'SIGN_IN';

-- The last entry. Whoever appends changes this row in the same transaction, so two cannot take one place and the expected length is known.
create table audit_heads (
    id bigint not null primary key check (id = 1),
    seq bigint not null,
    hash varchar(64) collate Latin1_General_100_BIN2 not null
);
insert into audit_heads (id, seq, hash) values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Records as they were when an entry was made, for those whose rows change later. A decision's is its own body.
create table audit_payloads (
    seq bigint not null primary key,
    body nvarchar(max) collate Latin1_General_100_BIN2 not null
);

-- Roots of the Merkle tree over all entries up to size.
create table audit_checkpoints (
    size bigint not null primary key,
    root varchar(64) collate Latin1_General_100_BIN2 not null,
    head_hash varchar(64) collate Latin1_General_100_BIN2 not null,
    created_at datetime2(7) not null
);

-- Roots of the tree's whole blocks of 1,024 entries; position counts from 0.
create table audit_blocks (
    position bigint not null primary key,
    hash varchar(64) collate Latin1_General_100_BIN2 not null
);

-- What was written before there was a chain; it is taken into the chain at the first start. A database of this engine is made by these
-- migrations, so the table is empty: it is made anew under its new name.
drop table audit_entries;
create table audit_entries_before_chain (
    seq bigint identity(1,1) not null primary key,
    entry_id char(36) collate Latin1_General_100_BIN2 not null unique,
    recorded_at datetime2(7) not null,
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    action nvarchar(100) collate Latin1_General_100_BIN2 not null,
    subject nvarchar(400) collate Latin1_General_100_BIN2 not null,
    outcome nvarchar(100) collate Latin1_General_100_BIN2 not null,
    detail nvarchar(max) collate Latin1_General_100_BIN2 not null,
    trace_id varchar(64) collate Latin1_General_100_BIN2 not null
);
create index audit_entries_by_subject on audit_entries_before_chain (subject, seq);
go

-- What people did and were refused.
create view audit_entries as
    select seq, recorded_at, actor, action, subject, outcome, detail, trace_id from audit_chain where kind = 'ACT';
go

create trigger audit_chain_never_changes on audit_chain after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'an audit entry never changes', 1;
end;
go

create trigger audit_chain_is_kept on audit_chain after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'an audit entry is never deleted', 1;
end;
go

create trigger audit_heads_only_grow on audit_heads after update as
begin
    set nocount on;
    if exists (select 1 from inserted i join deleted d on d.id = i.id where i.seq <> d.seq + 1)
        throw 50000, 'the audit chain grows by one entry at a time', 1;
end;
go

create trigger audit_heads_are_kept on audit_heads after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'the head of the audit chain is never deleted', 1;
end;
go

create trigger audit_payloads_never_change on audit_payloads after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a recorded payload never changes', 1;
end;
go

create trigger audit_payloads_are_kept on audit_payloads after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a recorded payload is never deleted', 1;
end;
go

create trigger audit_checkpoints_never_change on audit_checkpoints after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a checkpoint never changes', 1;
end;
go

create trigger audit_checkpoints_are_kept on audit_checkpoints after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a checkpoint is never deleted', 1;
end;
go

create trigger audit_blocks_never_change on audit_blocks after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a block of the audit tree never changes', 1;
end;
go

create trigger audit_blocks_are_kept on audit_blocks after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a block of the audit tree is never deleted', 1;
end;
go

create trigger audit_entries_before_chain_are_kept on audit_entries_before_chain after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'an audit entry is never deleted', 1;
end;
go

create trigger audit_entries_before_chain_never_change on audit_entries_before_chain after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'an audit entry never changes', 1;
end;
go
