-- Every record of compliance in one order, each entry with the hash of the one before it. Hashes are made in the service.
create table audit_chain (
    seq integer primary key,
    kind text not null check (kind in ('DECISION', 'HOLD', 'RELEASE', 'PERMIT', 'LICENCE_MOVEMENT', 'AMENDMENT', 'ACT', 'SIGN_IN', 'PURGE')),
    subject text not null,
    shipment text not null,
    order_name text not null,
    actor text not null,
    action text not null,
    outcome text not null,
    detail text not null,
    payload_digest text not null,
    trace_id text not null,
    recorded_at text not null,
    previous_hash text not null,
    hash text not null
);
create index audit_chain_by_subject on audit_chain (subject, seq);
create index audit_chain_by_shipment on audit_chain (shipment, seq);
-- A token signs in once, whoever sees it first.
create unique index audit_chain_one_sign_in on audit_chain (subject) where kind = 'SIGN_IN';

-- The last entry. Whoever appends changes this row in the same transaction, so two cannot take one place and the expected length is known.
create table audit_heads (
    id integer primary key check (id = 1),
    seq integer not null,
    hash text not null
);
insert into audit_heads (id, seq, hash) values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Records as they were when an entry was made, for those whose rows change later. A decision's is its own body.
create table audit_payloads (
    seq integer primary key,
    body text not null
);

-- Roots of the Merkle tree over all entries up to size.
create table audit_checkpoints (
    size integer primary key,
    root text not null,
    head_hash text not null,
    created_at text not null
);

-- Roots of the tree's whole blocks of 1,024 entries; position counts from 0.
create table audit_blocks (
    position integer primary key,
    hash text not null
);

-- What was written before there was a chain; it is taken into the chain at the first start.
drop trigger audit_entries_never_change;
drop trigger audit_entries_are_kept;
alter table audit_entries rename to audit_entries_before_chain;

-- What people did and were refused.
create view audit_entries as
    select seq, recorded_at, actor, action, subject, outcome, detail, trace_id from audit_chain where kind = 'ACT';

create trigger audit_chain_never_changes before update on audit_chain
begin
    select raise(abort, 'an audit entry never changes');
end;

create trigger audit_chain_is_kept before delete on audit_chain
begin
    select raise(abort, 'an audit entry is never deleted');
end;

create trigger audit_heads_only_grow before update on audit_heads when new.seq <> old.seq + 1
begin
    select raise(abort, 'the audit chain grows by one entry at a time');
end;

create trigger audit_heads_are_kept before delete on audit_heads
begin
    select raise(abort, 'the head of the audit chain is never deleted');
end;

create trigger audit_payloads_never_change before update on audit_payloads
begin
    select raise(abort, 'a recorded payload never changes');
end;

create trigger audit_payloads_are_kept before delete on audit_payloads
begin
    select raise(abort, 'a recorded payload is never deleted');
end;

create trigger audit_checkpoints_never_change before update on audit_checkpoints
begin
    select raise(abort, 'a checkpoint never changes');
end;

create trigger audit_checkpoints_are_kept before delete on audit_checkpoints
begin
    select raise(abort, 'a checkpoint is never deleted');
end;

create trigger audit_blocks_never_change before update on audit_blocks
begin
    select raise(abort, 'a block of the audit tree never changes');
end;

create trigger audit_blocks_are_kept before delete on audit_blocks
begin
    select raise(abort, 'a block of the audit tree is never deleted');
end;

create trigger audit_entries_before_chain_are_kept before delete on audit_entries_before_chain
begin
    select raise(abort, 'an audit entry is never deleted');
end;

create trigger audit_entries_before_chain_never_change before update on audit_entries_before_chain
begin
    select raise(abort, 'an audit entry never changes');
end;
