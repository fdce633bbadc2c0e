-- Amendments carry their tests, what was known when they were proposed, and who reviewed them.
alter table amendments add column tests text not null default '[]';
alter table amendments add column tests_digest text not null default '';
alter table amendments add column base_change integer not null default 0;
alter table amendments add column reviewed_by text null;
alter table amendments add column reviewed_at text null;
alter table amendments add column review_note text not null default '';

-- What was proposed is what is reviewed and published: only where it stands may change.
create trigger amendments_keep_what_was_proposed before update on amendments
when new.rule <> old.rule or new.number <> old.number or new.title <> old.title or new.definition <> old.definition
    or new.digest <> old.digest or new.tests <> old.tests or new.tests_digest <> old.tests_digest
    or new.base_change <> old.base_change or new.proposed_by <> old.proposed_by
begin
    select raise(abort, 'what an amendment says never changes');
end;
