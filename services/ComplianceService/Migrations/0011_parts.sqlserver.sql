-- One row a part; family and vendor are the ones known now, for lists.
create table parts (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    part_number nvarchar(64) collate Latin1_General_100_BIN2 not null unique,
    family nvarchar(64) collate Latin1_General_100_BIN2 not null,
    vendor nvarchar(100) collate Latin1_General_100_BIN2 not null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null
);

-- Revisions proposed and approved here; the product's own catalogue stands in its file. Facts are decimal texts, null is unknown.
create table part_revisions (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    part_number nvarchar(64) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    base_number bigint null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
    recorded_at datetime2(7) null,
    family nvarchar(64) collate Latin1_General_100_BIN2 not null,
    vendor nvarchar(100) collate Latin1_General_100_BIN2 not null,
    description nvarchar(max) collate Latin1_General_100_BIN2 not null,
    tpp varchar(40) collate Latin1_General_100_BIN2 null,
    performance_density varchar(40) collate Latin1_General_100_BIN2 null,
    die_area_mm2 varchar(40) collate Latin1_General_100_BIN2 null,
    io_bandwidth_gbps varchar(40) collate Latin1_General_100_BIN2 null,
    memory_bandwidth_gbps varchar(40) collate Latin1_General_100_BIN2 null,
    designed_for_data_center int null,
    source nvarchar(max) collate Latin1_General_100_BIN2 not null,
    certainty varchar(32) collate Latin1_General_100_BIN2 not null check (certainty in ('CONFIRMED', 'SECONDARY', 'RECALLED', 'UNCONFIRMED')),
    proposed_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    decided_by nvarchar(256) collate Latin1_General_100_BIN2 null,
    note nvarchar(max) collate Latin1_General_100_BIN2 not null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null,
    unique (part_number, number)
);
go

create trigger part_revisions_are_never_edited on part_revisions after update as
begin
    set nocount on;
    if exists (select 1 from inserted i join deleted d on d.seq = i.seq where d.state <> 'PROPOSED')
        throw 50000, 'a decided part revision is never edited', 1;
end;
go

create trigger part_revisions_are_never_deleted on part_revisions after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a part revision is never deleted', 1;
end;
go
