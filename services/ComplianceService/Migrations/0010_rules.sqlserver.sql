-- What changed what is known, in the order of commits: the head every decision reads.
create table recorded_changes (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    kind varchar(32) collate Latin1_General_100_BIN2 not null check (kind in ('AMENDMENT', 'PART_REVISION')),
    subject nvarchar(400) collate Latin1_General_100_BIN2 not null,
    recorded_at datetime2(7) not null
);

-- One row a rule, of a pack or published here; what it says is in its amendments. name is rules/{rule}.
create table rules (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    name varchar(100) collate Latin1_General_100_BIN2 not null unique,
    title nvarchar(max) collate Latin1_General_100_BIN2 not null,
    origin varchar(32) collate Latin1_General_100_BIN2 not null check (origin in ('PACK', 'PUBLISHED')),
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null
);

-- Amendments proposed and published here; a pack's own stand in its files.
create table amendments (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    [rule] varchar(64) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    position bigint not null,
    title nvarchar(max) collate Latin1_General_100_BIN2 not null,
    definition nvarchar(max) collate Latin1_General_100_BIN2 not null,
    digest varchar(100) collate Latin1_General_100_BIN2 not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('PROPOSED', 'PUBLISHED', 'REJECTED')),
    recorded_at datetime2(7) null,
    proposed_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    decided_by nvarchar(256) collate Latin1_General_100_BIN2 null,
    note nvarchar(max) collate Latin1_General_100_BIN2 not null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null,
    unique ([rule], number)
);
go

create trigger amendments_are_never_edited on amendments after update as
begin
    set nocount on;
    if exists (select 1 from inserted i join deleted d on d.seq = i.seq where d.state <> 'PROPOSED')
        throw 50000, 'a decided amendment is never edited', 1;
end;
go

create trigger amendments_are_never_deleted on amendments after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'an amendment is never deleted', 1;
end;
go

create trigger recorded_changes_are_never_edited on recorded_changes after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a recorded change is never edited', 1;
end;
go

create trigger recorded_changes_are_never_deleted on recorded_changes after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a recorded change is never deleted', 1;
end;
go
