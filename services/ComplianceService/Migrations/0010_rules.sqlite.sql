-- What changed what is known, in the order of commits: the head every decision reads.
create table recorded_changes (
    seq integer primary key autoincrement,
    id text not null unique,
    kind text not null check (kind in ('AMENDMENT', 'PART_REVISION')),
    subject text not null,
    recorded_at text not null
);

-- One row a rule, of a pack or published here; what it says is in its amendments. name is rules/{rule}.
create table rules (
    seq integer primary key autoincrement,
    id text not null unique,
    name text not null unique,
    title text not null,
    origin text not null check (origin in ('PACK', 'PUBLISHED')),
    version integer not null,
    created_at text not null,
    updated_at text not null
);

-- Amendments proposed and published here; a pack's own stand in its files.
create table amendments (
    seq integer primary key autoincrement,
    id text not null unique,
    rule text not null,
    number integer not null,
    position integer not null,
    title text not null,
    definition text not null,
    digest text not null,
    state text not null check (state in ('PROPOSED', 'PUBLISHED', 'REJECTED')),
    recorded_at text null,
    proposed_by text not null,
    decided_by text null,
    note text not null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    unique (rule, number)
);

create trigger amendments_are_never_edited before update on amendments when old.state <> 'PROPOSED'
begin
    select raise(abort, 'a decided amendment is never edited');
end;

create trigger amendments_are_never_deleted before delete on amendments
begin
    select raise(abort, 'an amendment is never deleted');
end;

create trigger recorded_changes_are_never_edited before update on recorded_changes
begin
    select raise(abort, 'a recorded change is never edited');
end;

create trigger recorded_changes_are_never_deleted before delete on recorded_changes
begin
    select raise(abort, 'a recorded change is never deleted');
end;
