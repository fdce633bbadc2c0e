create table audit_entries (
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
create index audit_entries_by_subject on audit_entries (subject, seq);
go

create trigger audit_entries_never_change on audit_entries after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'an audit entry never changes', 1;
end;
go

create trigger audit_entries_are_kept on audit_entries after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'an audit entry is never deleted', 1;
end;
go
