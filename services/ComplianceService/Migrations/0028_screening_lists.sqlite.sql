-- A list as published on a day. What it holds is in list_spans once it counts, and as a difference to its base in list_changes always.
create table list_snapshots (
    seq integer primary key autoincrement,
    name text not null unique,
    list text not null,
    number integer not null,
    state text not null check (state in ('PROPOSED', 'IN_FORCE', 'SUPERSEDED', 'REJECTED')),
    source_uri text not null,
    as_of text not null,
    file_digest text not null,
    entries_digest text not null,
    base_number integer not null,
    entry_count integer not null,
    added_count integer not null,
    changed_count integer not null,
    removed_count integer not null,
    file_cut integer not null,
    repairs text not null,
    imported_by text not null,
    decided_by text not null,
    note text not null,
    recorded_at text null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    unique (list, number)
);
create unique index list_snapshots_in_force on list_snapshots (list) where state = 'IN_FORCE';
create index list_snapshots_by_time on list_snapshots (created_at, seq);
create index list_snapshots_by_as_of on list_snapshots (as_of, seq);

create trigger list_snapshots_are_never_edited before update on list_snapshots when old.state in ('SUPERSEDED', 'REJECTED')
    or new.entries_digest <> old.entries_digest or new.file_digest <> old.file_digest
    or (old.recorded_at is not null and new.recorded_at <> old.recorded_at)
begin
    select raise(abort, 'a list snapshot is never edited');
end;

create trigger list_snapshots_are_never_deleted before delete on list_snapshots
begin
    select raise(abort, 'a list snapshot is never deleted');
end;

-- One row a content of an entry, shared by all snapshots that hold it.
create table list_entries (
    seq integer primary key autoincrement,
    list text not null,
    entry text not null,
    digest text not null,
    body text not null,
    unique (list, entry, digest)
);

create trigger list_entries_are_never_edited before update on list_entries
begin
    select raise(abort, 'a list entry is never edited');
end;

create trigger list_entries_are_never_deleted before delete on list_entries
begin
    select raise(abort, 'a list entry is never deleted');
end;

-- From which snapshot on, and up to but without which one, a list holds an entry with a content.
create table list_spans (
    seq integer primary key autoincrement,
    list text not null,
    entry text not null,
    digest text not null,
    listed_name text not null,
    source text not null,
    start_date text null,
    end_date text null,
    first_number integer not null,
    last_number integer null,
    recorded_from text not null,
    recorded_to text null
);
create unique index list_spans_open on list_spans (list, entry) where last_number is null;
create index list_spans_by_entry on list_spans (entry, seq);
create index list_spans_by_name on list_spans (listed_name, seq);

create trigger list_spans_only_end before update on list_spans when old.last_number is not null
    or new.digest <> old.digest or new.first_number <> old.first_number or new.recorded_from <> old.recorded_from
begin
    select raise(abort, 'a span of a list entry only ends');
end;

create trigger list_spans_are_never_deleted before delete on list_spans
begin
    select raise(abort, 'a span of a list entry is never deleted');
end;

create table list_changes (
    seq integer primary key autoincrement,
    list text not null,
    number integer not null,
    kind text not null check (kind in ('ADDED', 'CHANGED', 'REMOVED')),
    entry text not null,
    before_digest text null,
    after_digest text null,
    unique (list, number, entry)
);

create trigger list_changes_are_never_edited before update on list_changes
begin
    select raise(abort, 'a change of a list is never edited');
end;

create trigger list_changes_are_never_deleted before delete on list_changes
begin
    select raise(abort, 'a change of a list is never deleted');
end;

create table clearances (
    seq integer primary key autoincrement,
    clearance_id text not null unique,
    state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED', 'REVOKED')),
    party_name text not null,
    party_key text not null,
    party_country text not null,
    entry text not null,
    entry_digest text not null,
    valid_from text not null,
    valid_to text not null,
    note text not null,
    proposed_by text not null,
    decided_by text not null,
    close_note text not null,
    revoked_by text not null,
    recorded_at text null,
    revoked_at text null,
    version integer not null,
    created_at text not null,
    updated_at text not null
);
create index clearances_by_party on clearances (party_key, party_country, entry);
create index clearances_by_time on clearances (created_at, seq);
create index clearances_by_end on clearances (valid_to, seq);

create trigger clearances_are_never_edited before update on clearances when old.state in ('REJECTED', 'REVOKED')
    or new.party_key <> old.party_key or new.party_country <> old.party_country or new.entry <> old.entry
    or new.entry_digest <> old.entry_digest or new.valid_from <> old.valid_from or new.valid_to <> old.valid_to
    or (old.recorded_at is not null and new.recorded_at <> old.recorded_at)
begin
    select raise(abort, 'what a clearance covers is never edited');
end;

create trigger clearances_are_never_deleted before delete on clearances
begin
    select raise(abort, 'a clearance is never deleted');
end;

-- The score from which on a match holds, as it was configured from an instant on.
create table list_thresholds (
    seq integer primary key autoincrement,
    threshold integer not null,
    recorded_at text not null
);

create trigger list_thresholds_are_never_edited before update on list_thresholds
begin
    select raise(abort, 'a recorded threshold is never edited');
end;

create trigger list_thresholds_are_never_deleted before delete on list_thresholds
begin
    select raise(abort, 'a recorded threshold is never deleted');
end;

-- What changed what is known of lists, in the order of commits. Apart from recorded_changes, whose number makes every shipment due.
create table list_recordings (
    seq integer primary key autoincrement,
    id text not null unique,
    kind text not null check (kind in ('SNAPSHOT', 'CLEARANCE', 'REVOCATION', 'THRESHOLD')),
    subject text not null,
    recorded_at text not null
);

create trigger list_recordings_are_never_edited before update on list_recordings
begin
    select raise(abort, 'a recording is never edited');
end;

create trigger list_recordings_are_never_deleted before delete on list_recordings
begin
    select raise(abort, 'a recording is never deleted');
end;

-- The parties of the shipments compliance knows, to find those that a changed entry may touch. Blank address: not stated.
create table shipment_parties (
    seq integer primary key autoincrement,
    shipment_id text not null,
    name text not null,
    name_key text not null,
    country text not null,
    headquarters_country text not null,
    address text not null
);
create index shipment_parties_of on shipment_parties (shipment_id);
create index shipment_parties_by_name on shipment_parties (name, country);
create index shipment_parties_by_key on shipment_parties (name_key, country);
