-- A list as published on a day. What it holds is in list_spans once it counts, and as a difference to its base in list_changes always.
create table list_snapshots (
    seq bigint identity(1,1) not null primary key,
    name varchar(64) collate Latin1_General_100_BIN2 not null unique,
    list varchar(16) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('PROPOSED', 'IN_FORCE', 'SUPERSEDED', 'REJECTED')),
    source_uri nvarchar(1000) collate Latin1_General_100_BIN2 not null,
    as_of date not null,
    file_digest varchar(100) collate Latin1_General_100_BIN2 not null,
    entries_digest varchar(100) collate Latin1_General_100_BIN2 not null,
    base_number bigint not null,
    entry_count bigint not null,
    added_count bigint not null,
    changed_count bigint not null,
    removed_count bigint not null,
    file_cut int not null,
    repairs nvarchar(max) collate Latin1_General_100_BIN2 not null,
    imported_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    decided_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    note nvarchar(max) collate Latin1_General_100_BIN2 not null,
    recorded_at datetime2(7) null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null,
    unique (list, number)
);
create unique index list_snapshots_in_force on list_snapshots (list) where state = 'IN_FORCE';
create index list_snapshots_by_time on list_snapshots (created_at, seq);
create index list_snapshots_by_as_of on list_snapshots (as_of, seq);
go

create trigger list_snapshots_are_never_edited on list_snapshots after update as
begin
    set nocount on;
    if exists (
        select 1 from inserted i join deleted d on d.seq = i.seq
        where d.state in ('SUPERSEDED', 'REJECTED') or i.entries_digest <> d.entries_digest
            or i.file_digest <> d.file_digest
            or (d.recorded_at is not null and i.recorded_at <> d.recorded_at))
        throw 50000, 'a list snapshot is never edited', 1;
end;
go

create trigger list_snapshots_are_never_deleted on list_snapshots after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a list snapshot is never deleted', 1;
end;
go

-- One row a content of an entry, shared by all snapshots that hold it.
create table list_entries (
    seq bigint identity(1,1) not null primary key,
    list varchar(16) collate Latin1_General_100_BIN2 not null,
    entry nvarchar(150) collate Latin1_General_100_BIN2 not null,
    digest varchar(100) collate Latin1_General_100_BIN2 not null,
    body nvarchar(max) collate Latin1_General_100_BIN2 not null,
    unique (list, entry, digest)
);
go

create trigger list_entries_are_never_edited on list_entries after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a list entry is never edited', 1;
end;
go

create trigger list_entries_are_never_deleted on list_entries after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a list entry is never deleted', 1;
end;
go

-- From which snapshot on, and up to but without which one, a list holds an entry with a content.
create table list_spans (
    seq bigint identity(1,1) not null primary key,
    list varchar(16) collate Latin1_General_100_BIN2 not null,
    entry nvarchar(150) collate Latin1_General_100_BIN2 not null,
    digest varchar(100) collate Latin1_General_100_BIN2 not null,
    listed_name nvarchar(500) collate Latin1_General_100_BIN2 not null,
    source nvarchar(max) collate Latin1_General_100_BIN2 not null,
    start_date date null,
    end_date date null,
    first_number bigint not null,
    last_number bigint null,
    recorded_from datetime2(7) not null,
    recorded_to datetime2(7) null
);
create unique index list_spans_open on list_spans (list, entry) where last_number is null;
create index list_spans_by_entry on list_spans (entry, seq);
create index list_spans_by_name on list_spans (listed_name, seq);
go

create trigger list_spans_only_end on list_spans after update as
begin
    set nocount on;
    if exists (
        select 1 from inserted i join deleted d on d.seq = i.seq
        where d.last_number is not null or i.digest <> d.digest or i.first_number <> d.first_number
            or i.recorded_from <> d.recorded_from)
        throw 50000, 'a span of a list entry only ends', 1;
end;
go

create trigger list_spans_are_never_deleted on list_spans after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a span of a list entry is never deleted', 1;
end;
go

create table list_changes (
    seq bigint identity(1,1) not null primary key,
    list varchar(16) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    kind varchar(32) collate Latin1_General_100_BIN2 not null check (kind in ('ADDED', 'CHANGED', 'REMOVED')),
    entry nvarchar(150) collate Latin1_General_100_BIN2 not null,
    before_digest varchar(100) collate Latin1_General_100_BIN2 null,
    after_digest varchar(100) collate Latin1_General_100_BIN2 null,
    unique (list, number, entry)
);
go

create trigger list_changes_are_never_edited on list_changes after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a change of a list is never edited', 1;
end;
go

create trigger list_changes_are_never_deleted on list_changes after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a change of a list is never deleted', 1;
end;
go

create table clearances (
    seq bigint identity(1,1) not null primary key,
    clearance_id char(36) collate Latin1_General_100_BIN2 not null unique,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED', 'REVOKED')),
    party_name nvarchar(200) collate Latin1_General_100_BIN2 not null,
    party_key nvarchar(600) collate Latin1_General_100_BIN2 not null,
    party_country varchar(8) collate Latin1_General_100_BIN2 not null,
    entry nvarchar(200) collate Latin1_General_100_BIN2 not null,
    entry_digest varchar(100) collate Latin1_General_100_BIN2 not null,
    valid_from date not null,
    valid_to date not null,
    note nvarchar(max) collate Latin1_General_100_BIN2 not null,
    proposed_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    decided_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    close_note nvarchar(max) collate Latin1_General_100_BIN2 not null,
    revoked_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    recorded_at datetime2(7) null,
    revoked_at datetime2(7) null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null
);
create index clearances_by_party on clearances (party_key, party_country, entry);
create index clearances_by_time on clearances (created_at, seq);
create index clearances_by_end on clearances (valid_to, seq);
go

create trigger clearances_are_never_edited on clearances after update as
begin
    set nocount on;
    if exists (
        select 1 from inserted i join deleted d on d.seq = i.seq
        where d.state in ('REJECTED', 'REVOKED') or i.party_key <> d.party_key
            or i.party_country <> d.party_country or i.entry <> d.entry
            or i.entry_digest <> d.entry_digest or i.valid_from <> d.valid_from
            or i.valid_to <> d.valid_to
            or (d.recorded_at is not null and i.recorded_at <> d.recorded_at))
        throw 50000, 'what a clearance covers is never edited', 1;
end;
go

create trigger clearances_are_never_deleted on clearances after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a clearance is never deleted', 1;
end;
go

-- The score from which on a match holds, as it was configured from an instant on.
create table list_thresholds (
    seq bigint identity(1,1) not null primary key,
    threshold bigint not null,
    recorded_at datetime2(7) not null
);
go

create trigger list_thresholds_are_never_edited on list_thresholds after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a recorded threshold is never edited', 1;
end;
go

create trigger list_thresholds_are_never_deleted on list_thresholds after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a recorded threshold is never deleted', 1;
end;
go

-- What changed what is known of lists, in the order of commits. Apart from recorded_changes, whose number makes every shipment due.
create table list_recordings (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    kind varchar(32) collate Latin1_General_100_BIN2 not null check (kind in ('SNAPSHOT', 'CLEARANCE', 'REVOCATION', 'THRESHOLD')),
    subject nvarchar(400) collate Latin1_General_100_BIN2 not null,
    recorded_at datetime2(7) not null
);
go

create trigger list_recordings_are_never_edited on list_recordings after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a recording is never edited', 1;
end;
go

create trigger list_recordings_are_never_deleted on list_recordings after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a recording is never deleted', 1;
end;
go

-- The parties of the shipments compliance knows, to find those that a changed entry may touch. Blank address: not stated.
create table shipment_parties (
    seq bigint identity(1,1) not null primary key,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    name nvarchar(200) collate Latin1_General_100_BIN2 not null,
    name_key nvarchar(600) collate Latin1_General_100_BIN2 not null,
    country varchar(8) collate Latin1_General_100_BIN2 not null,
    headquarters_country varchar(8) collate Latin1_General_100_BIN2 not null,
    address nvarchar(500) collate Latin1_General_100_BIN2 not null
);
create index shipment_parties_of on shipment_parties (shipment_id);
create index shipment_parties_by_name on shipment_parties (name, country);
create index shipment_parties_by_key on shipment_parties (name_key, country);
