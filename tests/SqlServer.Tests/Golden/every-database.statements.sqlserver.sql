-- @id char(36)
delete from jobs where job_id = @id and finished = 1
go

delete from leases
go

-- @Fence bigint, @Name nvarchar(4000)
delete from leases where name = @Name and fence = @Fence
go

-- @before datetime2(7), @seq bigint
delete from outbox where seq <= @seq and published_at < @before
go

-- @Consumer nvarchar(4000), @EventId char(36)
delete from redeliveries where event_id = @EventId and consumer = @Consumer
go

-- @AttemptsBefore bigint, @Consumer nvarchar(4000), @EventId char(36)
delete from redeliveries where event_id = @EventId and consumer = @Consumer and attempts = @AttemptsBefore
go

-- @Consumer nvarchar(4000), @EventId char(36), @actor nvarchar(4000), @kind nvarchar(4000), @now datetime2(7), @reason nvarchar(4000), @traceId nvarchar(4000)
insert into dead_letter_acts (event_id, consumer, kind, actor, reason, acted_at, trace_id)
values (@EventId, @Consumer, @kind, @actor, @reason, @now, @traceId)
go

-- @At datetime2(7), @Body nvarchar(4000), @Consumer nvarchar(4000), @Encoding nvarchar(4000), @Error nvarchar(4000), @EventId char(36), @Headers nvarchar(4000), @Traceparent nvarchar(4000), @Type nvarchar(4000)
insert into dead_letters (event_id, consumer, type, body, sent_time, traceparent, attempts, died_at, error, headers, encoding)
values (@EventId, @Consumer, @Type, @Body, @At, @Traceparent, 0, @At, @Error, @Headers, @Encoding)
go

-- @At datetime2(7), @Attempts bigint, @Baggage nvarchar(4000), @Body nvarchar(4000), @Consumer nvarchar(4000), @Error nvarchar(4000), @EventId char(36), @SentTime datetime2(7), @Traceparent nvarchar(4000), @Tracestate nvarchar(4000), @Type nvarchar(4000)
insert into dead_letters (event_id, consumer, type, body, sent_time, traceparent, tracestate, baggage, attempts, error, died_at) values (@EventId, @Consumer, @Type, @Body, @SentTime, @Traceparent, @Tracestate, @Baggage, @Attempts, @Error, @At)
go

-- @consumer nvarchar(4000), @eventId char(36), @now datetime2(7)
insert into inbox (event_id, consumer, processed_at)
values (@eventId, @consumer, @now)
go

-- @Actor nvarchar(4000), @Baggage nvarchar(4000), @CancelRequested bigint, @Checkpoint nvarchar(4000), @Claim bigint, @ClaimsWithoutProgress bigint, @CreatedAt datetime2(7), @EndedAt datetime2(7), @Error varbinary(max), @Faults varbinary(max), @Finished bigint, @Id char(36), @Kind nvarchar(4000), @Request varbinary(max), @Response varbinary(max), @StartedAt datetime2(7), @State nvarchar(4000), @Traceparent nvarchar(4000), @Tracestate nvarchar(4000), @WorkDone bigint, @WorkTotal bigint
insert into jobs (job_id, kind, actor, state, finished, cancel_requested, request, work_done, work_total, [checkpoint], faults, response,
    error, claim, claims_without_progress, leased_until, traceparent, tracestate, baggage, created_at, started_at, ended_at)
values (@Id, @Kind, @Actor, @State, @Finished, @CancelRequested, @Request, @WorkDone, @WorkTotal, @Checkpoint, @Faults, @Response,
    @Error, @Claim, @ClaimsWithoutProgress, null, @Traceparent, @Tracestate, @Baggage, @CreatedAt, @StartedAt, @EndedAt)
go

-- @name nvarchar(4000), @owner nvarchar(4000), @until datetime2(7)
insert into leases (name, owner, until_at) values (@name, @owner, @until)
go

-- @Baggage nvarchar(4000), @Body nvarchar(4000), @EventId char(36), @SentTime datetime2(7), @Traceparent nvarchar(4000), @Tracestate nvarchar(4000), @Type nvarchar(4000)
insert into outbox (event_id, type, body, sent_time, traceparent, tracestate, baggage)
values (@EventId, @Type, @Body, @SentTime, @Traceparent, @Tracestate, @Baggage)
go

-- @Baggage nvarchar(4000), @Body nvarchar(4000), @ClaimedBy nvarchar(4000), @ClaimedUntil datetime2(7), @EventId char(36), @SentTime datetime2(7), @Traceparent nvarchar(4000), @Tracestate nvarchar(4000), @Type nvarchar(4000)
insert into outbox (event_id, type, body, sent_time, traceparent, tracestate, baggage, claimed_by, claimed_until)
values (@EventId, @Type, @Body, @SentTime, @Traceparent, @Tracestate, @Baggage, @ClaimedBy, @ClaimedUntil)
go

-- @Seq bigint, @now datetime2(7)
insert into redeliveries (event_id, consumer, type, body, sent_time, traceparent, tracestate, baggage, attempts, error, due_at)
select event_id, consumer, type, body, sent_time, traceparent, tracestate, baggage, attempts, error, @now
from dead_letters where seq = @Seq
go

-- @At datetime2(7), @Attempts bigint, @Baggage nvarchar(4000), @Body nvarchar(4000), @Consumer nvarchar(4000), @Error nvarchar(4000), @EventId char(36), @SentTime datetime2(7), @Traceparent nvarchar(4000), @Tracestate nvarchar(4000), @Type nvarchar(4000)
insert into redeliveries (event_id, consumer, type, body, sent_time, traceparent, tracestate, baggage, attempts, error, due_at) values (@EventId, @Consumer, @Type, @Body, @SentTime, @Traceparent, @Tracestate, @Baggage, @Attempts, @Error, @At)
go

-- @Actor nvarchar(4000), @ContentDigest nvarchar(4000), @CreatedAt datetime2(7), @Id char(36), @Method nvarchar(4000), @Response varbinary(max)
insert into requests (request_id, method, actor, content_digest, response, created_at)
values (@Id, @Method, @Actor, @ContentDigest, @Response, @CreatedAt)
go

select (select count(*) from outbox where published_at is null) as Unpublished,
       (select min(sent_time) from outbox where published_at is null) as OldestSentTime,
       (select count(*) from redeliveries) as Redeliveries,
       (select count(*) from dead_letters where state = 'WAITING') as DeadLetters
go

select (select count(*) from outbox where published_at is null) as Unpublished,
       (select min(sent_time) from outbox where published_at is null) as OldestSentTime,
       (select count(*) from redeliveries) as Redeliveries,
       (select count(*) from dead_letters) as DeadLetters
go

-- @Consumer nvarchar(4000), @EventId char(36)
select (select count(*) from redeliveries where event_id = @EventId and consumer = @Consumer)
     + (select count(*) from dead_letters where event_id = @EventId and consumer = @Consumer)
go

-- @id char(36)
select cancel_requested from jobs where job_id = @id
go

select consumer as Consumer, min(sent_time) as OldestSentTime from redeliveries group by consumer
go

select count(*) from jobs where finished = 0
go

-- @Fence bigint, @Name nvarchar(4000)
select count(*) from leases where name = @Name and fence = @Fence
go

-- @now datetime2(7), @take int
select event_id as EventId, consumer as Consumer, type as Type, body as Body, sent_time as SentTime,
       traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage, attempts as Attempts
from redeliveries
where due_at <= @now
order by due_at, seq offset 0 rows fetch next @take rows only
go

-- @name nvarchar(4000)
select fence as Fence, owner as Owner, until_at as UntilAt from leases where name = @name
go

-- @now datetime2(7), @take int
select job_id from jobs where finished = 0 and (leased_until is null or leased_until < @now) order by seq offset 0 rows fetch next @take rows only
go

-- @Consumer nvarchar(4000), @EventId char(36)
select kind as Kind, actor as Actor, reason as Reason, acted_at as ActedAt, trace_id as TraceId
from dead_letter_acts where event_id = @EventId and consumer = @Consumer order by seq
go

-- @id char(36)
select method as Method, actor as Actor, content_digest as ContentDigest, response as Response
from requests
where request_id = @id
go

-- @now datetime2(7), @take int
select seq
from outbox
where published_at is null and (claimed_until is null or claimed_until <= @now)
order by seq offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, event_id as EventId, consumer as Consumer, type as Type, sent_time as SentTime, traceparent as Traceparent,
attempts as Attempts, died_at as DiedAt, error as Error, state as State, version as Version from dead_letters where 1 = 1 order by seq desc offset 0 rows fetch next @take rows only
go

-- @seq bigint
select seq as Seq, event_id as EventId, consumer as Consumer, type as Type, sent_time as SentTime, traceparent as Traceparent,
attempts as Attempts, died_at as DiedAt, error as Error, state as State, version as Version, body as Body from dead_letters where seq = @seq
go

-- @after bigint, @take int
select seq as Seq, event_id as EventId, type as Type, body as Body, sent_time as SentTime,
       traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage
from outbox
where published_at is null and seq > @after
order by seq offset 0 rows fetch next @take rows only
go

-- @readableKinds1 nvarchar(4000), @readableKinds2 nvarchar(4000), @reader nvarchar(4000), @take int
select seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt from jobs where 1 = 1 and (actor = @reader or kind in (@readableKinds1, @readableKinds2)) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 bigint, @readableKinds1 nvarchar(4000), @readableKinds2 nvarchar(4000), @reader nvarchar(4000), @take int
select seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt from jobs where 1 = 1 and finished = @filter0 and (actor = @reader or kind in (@readableKinds1, @readableKinds2)) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @readableKinds1 nvarchar(4000), @readableKinds2 nvarchar(4000), @reader nvarchar(4000), @take int
select seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt from jobs where 1 = 1 and kind = @filter0 and (actor = @reader or kind in (@readableKinds1, @readableKinds2)) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @filter2 nvarchar(4000), @readableKinds1 nvarchar(4000), @readableKinds2 nvarchar(4000), @reader nvarchar(4000), @take int
select seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt from jobs where 1 = 1 and kind = @filter0 and state = @filter1 and actor = @filter2 and (actor = @reader or kind in (@readableKinds1, @readableKinds2)) order by seq desc offset 0 rows fetch next @take rows only
go

-- @afterSeq bigint, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @filter2 nvarchar(4000), @readableKinds1 nvarchar(4000), @readableKinds2 nvarchar(4000), @reader nvarchar(4000), @take int
select seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt from jobs where 1 = 1 and kind = @filter0 and state = @filter1 and actor = @filter2 and seq < @afterSeq and (actor = @reader or kind in (@readableKinds1, @readableKinds2)) order by seq desc offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt from jobs where 1 = 1 order by seq desc offset 0 rows fetch next @take rows only
go

-- @id char(36)
select seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt from jobs where job_id = @id
go

-- @take int
select seq as Seq, published_at as PublishedAt from outbox order by seq offset 0 rows fetch next @take rows only
go

-- @Consumer nvarchar(4000), @EventId char(36)
update dead_letters set state = 'REPLAYED', version = version + 1
where event_id = @EventId and consumer = @Consumer and state = 'REPLAYING'
go

-- @At datetime2(7), @Attempts bigint, @Consumer nvarchar(4000), @Error nvarchar(4000), @EventId char(36)
update dead_letters set state = 'WAITING', attempts = @Attempts, error = @Error, died_at = @At, version = version + 1
where event_id = @EventId and consumer = @Consumer
go

-- @Seq bigint, @state nvarchar(4000)
update dead_letters set state = @state, version = version + 1 where seq = @Seq
go

-- @id char(36), @now datetime2(7), @startedAt datetime2(7), @until datetime2(7)
update jobs
set claim = claim + 1, claims_without_progress = claims_without_progress + 1, leased_until = @until, state = 'RUNNING',
    started_at = coalesce(started_at, @startedAt)
where job_id = @id and finished = 0 and (leased_until is null or leased_until < @now)
go

-- @Claim bigint, @EndedAt datetime2(7), @Error varbinary(max), @Faults varbinary(max), @Id char(36), @Response varbinary(max), @State nvarchar(4000)
update jobs
set state = @State, finished = 1, leased_until = null, response = @Response, error = @Error, faults = @Faults, ended_at = @EndedAt
where job_id = @Id and claim = @Claim and finished = 0
go

-- @checkpoint nvarchar(4000), @claim bigint, @done bigint, @faults varbinary(max), @id char(36), @total bigint
update jobs
set work_done = @done, work_total = @total, [checkpoint] = @checkpoint, faults = @faults, claims_without_progress = 0
where job_id = @id and claim = @claim and finished = 0
go

-- @id char(36)
update jobs set cancel_requested = 1 where job_id = @id and finished = 0
go

-- @claim bigint, @id char(36), @until datetime2(7)
update jobs set leased_until = @until where job_id = @id and claim = @claim and finished = 0
go

-- @claim bigint, @id char(36), @until datetime2(7)
update jobs set leased_until = @until, claim = claim + 1, state = 'WAITING' where job_id = @id and claim = @claim and finished = 0
go

-- @endedAt datetime2(7), @error varbinary(max), @id char(36)
update jobs set state = 'CANCELLED', finished = 1, error = @error, ended_at = @endedAt, claim = claim + 1, leased_until = null
where job_id = @id and state = 'WAITING'
go

-- @Fence bigint, @Name nvarchar(4000), @until datetime2(7)
update leases set until_at = @until where name = @Name and fence = @Fence
go

-- @claimant nvarchar(4000)
update outbox set claimed_until = null where claimed_by = @claimant and published_at is null
go

-- @ids nvarchar(4000), @now datetime2(7)
update outbox set published_at = @now
where event_id in (select cast(value as char(36)) collate Latin1_General_100_BIN2 from openjson(@ids)) and published_at is null
go

-- @At datetime2(7), @Attempts bigint, @Consumer nvarchar(4000), @Error nvarchar(4000), @EventId char(36)
update redeliveries set attempts = @Attempts, error = @Error, due_at = @At
where event_id = @EventId and consumer = @Consumer
go

-- @At datetime2(7), @Attempts bigint, @AttemptsBefore bigint, @Consumer nvarchar(4000), @Error nvarchar(4000), @EventId char(36)
update redeliveries set attempts = @Attempts, error = @Error, due_at = @At
where event_id = @EventId and consumer = @Consumer and attempts = @AttemptsBefore
go

-- @Attempts bigint, @Consumer nvarchar(4000), @EventId char(36), @now datetime2(7), @until datetime2(7)
update redeliveries set due_at = @until
where event_id = @EventId and consumer = @Consumer and attempts = @Attempts and due_at <= @now
go

-- @claimant nvarchar(4000), @now datetime2(7), @take int, @until datetime2(7)
update top (@take) outbox with (updlock, readpast, rowlock)
set claimed_by = @claimant, claimed_until = @until
output inserted.seq as Seq, inserted.event_id as EventId, inserted.type as Type, inserted.body as Body,
       inserted.sent_time as SentTime, inserted.traceparent as Traceparent, inserted.tracestate as Tracestate,
       inserted.baggage as Baggage, inserted.claimed_by as ClaimedBy, inserted.claimed_until as ClaimedUntil
where published_at is null and (claimed_until is null or claimed_until <= @now)
go
