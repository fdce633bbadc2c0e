create table audit_entries (
    seq integer primary key autoincrement,
    entry_id text not null unique,
    recorded_at text not null,
    actor text not null,
    action text not null,
    subject text not null,
    outcome text not null,
    detail text not null,
    trace_id text not null
);
create index audit_entries_by_subject on audit_entries (subject, seq);

create trigger audit_entries_never_change before update on audit_entries
begin
    select raise(abort, 'an audit entry never changes');
end;

create trigger audit_entries_are_kept before delete on audit_entries
begin
    select raise(abort, 'an audit entry is never deleted');
end;
