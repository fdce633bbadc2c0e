-- Amendments carry their tests, what was known when they were proposed, and who reviewed them.
alter table amendments add tests nvarchar(max) collate Latin1_General_100_BIN2 not null default '[]';
alter table amendments add tests_digest varchar(100) collate Latin1_General_100_BIN2 not null default '';
alter table amendments add base_change bigint not null default 0;
alter table amendments add reviewed_by nvarchar(256) collate Latin1_General_100_BIN2 null;
alter table amendments add reviewed_at datetime2(7) null;
alter table amendments add review_note nvarchar(max) collate Latin1_General_100_BIN2 not null default '';
go

-- What was proposed is what is reviewed and published: only where it stands may change.
create trigger amendments_keep_what_was_proposed on amendments after update as
begin
    set nocount on;
    if exists (
        select 1 from inserted i join deleted d on d.seq = i.seq
        where i.[rule] <> d.[rule] or i.number <> d.number or i.title <> d.title or i.definition <> d.definition
            or i.digest <> d.digest or i.tests <> d.tests or i.tests_digest <> d.tests_digest
            or i.base_change <> d.base_change or i.proposed_by <> d.proposed_by)
        throw 50000, 'what an amendment says never changes', 1;
end;
go
