-- Long work that survives a restart. claim counts the runners that ever had it: only the holder of the last claim may write.
-- request is the message it was asked with, response a google.protobuf.Any, error a google.rpc.Status, faults a JobMetadata.
create table jobs (
    seq bigint identity(1,1) not null primary key,
    job_id char(36) collate Latin1_General_100_BIN2 not null unique,
    kind nvarchar(100) collate Latin1_General_100_BIN2 not null,
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('WAITING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    finished int not null check (finished in (0, 1)),
    cancel_requested int not null check (cancel_requested in (0, 1)),
    request varbinary(max) not null,
    work_done bigint not null,
    work_total bigint null,
    [checkpoint] nvarchar(max) collate Latin1_General_100_BIN2 not null,
    faults varbinary(max) not null,
    response varbinary(max) null,
    error varbinary(max) null,
    claim bigint not null,
    claims_without_progress bigint not null,
    leased_until datetime2(7) null,
    traceparent varchar(128) collate Latin1_General_100_BIN2 null,
    tracestate nvarchar(max) collate Latin1_General_100_BIN2 null,
    baggage nvarchar(max) collate Latin1_General_100_BIN2 null,
    created_at datetime2(7) not null,
    started_at datetime2(7) null,
    ended_at datetime2(7) null,
    check (finished = 1 and state in ('SUCCEEDED', 'FAILED', 'CANCELLED') or finished = 0 and state not in ('SUCCEEDED', 'FAILED', 'CANCELLED')),
    check (finished = 1 and ended_at is not null or finished = 0 and ended_at is null)
);
create index jobs_unfinished on jobs (finished, leased_until, seq);
create index jobs_by_kind on jobs (kind, seq);
