-- Long work that survives a restart. claim counts the runners that ever had it: only the holder of the last claim may write.
-- request is the message it was asked with, response a google.protobuf.Any, error a google.rpc.Status, faults a JobMetadata.
create table jobs (
    seq integer primary key autoincrement,
    job_id text not null unique,
    kind text not null,
    actor text not null,
    state text not null check (state in ('WAITING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    finished integer not null check (finished in (0, 1)),
    cancel_requested integer not null check (cancel_requested in (0, 1)),
    request blob not null,
    work_done integer not null,
    work_total integer null,
    checkpoint text not null,
    faults blob not null,
    response blob null,
    error blob null,
    claim integer not null,
    claims_without_progress integer not null,
    leased_until text null,
    traceparent text null,
    tracestate text null,
    baggage text null,
    created_at text not null,
    started_at text null,
    ended_at text null,
    check ((finished = 1) = (state in ('SUCCEEDED', 'FAILED', 'CANCELLED'))),
    check ((finished = 1) = (ended_at is not null))
);
create index jobs_unfinished on jobs (finished, leased_until, seq);
create index jobs_by_kind on jobs (kind, seq);
