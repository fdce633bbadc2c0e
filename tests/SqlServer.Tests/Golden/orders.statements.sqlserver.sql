-- @Fence bigint, @Name nvarchar(4000)
delete from leases where name = @Name and fence = @Fence
go

-- @orderId char(36)
delete from order_changes_pending where order_id = @orderId
go

-- @orderId char(36)
delete from order_terms where order_id = @orderId
go

-- @consumer nvarchar(4000), @eventId char(36), @now datetime2(7)
insert into inbox (event_id, consumer, processed_at)
values (@eventId, @consumer, @now)
go

-- @name nvarchar(4000), @owner nvarchar(4000), @until datetime2(7)
insert into leases (name, owner, until_at) values (@name, @owner, @until)
go

-- @Actor nvarchar(4000), @Content nvarchar(4000), @CreatedAt datetime2(7), @Kind nvarchar(4000), @Method nvarchar(4000), @OrderId char(36), @Reason nvarchar(4000), @Request varbinary(max), @RequestId nvarchar(4000), @Revision bigint, @Traceparent nvarchar(4000)
insert into order_changes_pending
    (order_id, revision, kind, content, reason, actor, method, request_id, request, traceparent, created_at)
values (@OrderId, @Revision, @Kind, @Content, @Reason, @Actor, @Method, @RequestId, @Request, @Traceparent, @CreatedAt)
go

-- @Actor nvarchar(4000), @Content nvarchar(4000), @Id char(36), @Reason nvarchar(4000), @RecordedAt datetime2(7), @Revision bigint
insert into order_revisions (order_id, revision, content, actor, reason, recorded_at)
values (@Id, @Revision, @Content, @Actor, @Reason, @RecordedAt)
go

-- @ChangedAt datetime2(7), @LineNumber bigint, @OrderId char(36), @PlannedShipDate date, @Quantity bigint, @Reasons nvarchar(4000), @Revision bigint, @ScreenedRevision bigint, @ScreeningNumber bigint, @Sequence bigint, @ShipmentId char(36), @SnapshotState nvarchar(4000), @Standing nvarchar(4000)
insert into order_shipments
    (shipment_id, order_id, sequence, revision, line_number, quantity, snapshot_state, planned_ship_date, screening_number,
     screened_revision, standing, reasons, changed_at)
values (@ShipmentId, @OrderId, @Sequence, @Revision, @LineNumber, @Quantity, @SnapshotState, @PlannedShipDate, @ScreeningNumber,
     @ScreenedRevision, @Standing, @Reasons, @ChangedAt)
go

-- @Kind nvarchar(4000), @OrderId char(36), @Value nvarchar(4000)
insert into order_terms (kind, value, order_id) values (@Kind, @Value, @OrderId)
go

-- @CreatedAt datetime2(7), @DestinationCountry nvarchar(4000), @Exporter nvarchar(4000), @Id char(36), @LineCount bigint, @Purchaser nvarchar(4000), @State nvarchar(4000)
insert into orders
    (id, revision, cancelled, state, exporter, purchaser, destination_country, line_count, timeline_count, created_at, updated_at)
values (@Id, 1, 0, @State, @Exporter, @Purchaser, @DestinationCountry, @LineCount, 0, @CreatedAt, @CreatedAt)
go

-- @CreatedAt datetime2(7), @DestinationCountry nvarchar(4000), @Exporter nvarchar(4000), @Id char(36), @LineCount bigint, @Purchaser nvarchar(4000), @State nvarchar(4000), @TimelineCount bigint
insert into orders
    (id, revision, cancelled, state, exporter, purchaser, destination_country, line_count, timeline_count, created_at, updated_at)
values (@Id, 1, 0, @State, @Exporter, @Purchaser, @DestinationCountry, @LineCount, @TimelineCount, @CreatedAt, @CreatedAt)
go

-- @CreatedAt datetime2(7), @DestinationCountry nvarchar(4000), @Exporter nvarchar(4000), @Id char(36), @Purchaser nvarchar(4000), @State nvarchar(4000)
insert into orders
    (id, revision, cancelled, state, exporter, purchaser, destination_country, timeline_count, created_at, updated_at)
values (@Id, 1, 0, @State, @Exporter, @Purchaser, @DestinationCountry, 0, @CreatedAt, @CreatedAt)
go

-- @Baggage nvarchar(4000), @Body nvarchar(4000), @EventId char(36), @SentTime datetime2(7), @Traceparent nvarchar(4000), @Tracestate nvarchar(4000), @Type nvarchar(4000)
insert into outbox (event_id, type, body, sent_time, traceparent, tracestate, baggage)
values (@EventId, @Type, @Body, @SentTime, @Traceparent, @Tracestate, @Baggage)
go

-- @Actor nvarchar(4000), @ContentDigest nvarchar(4000), @CreatedAt datetime2(7), @Id char(36), @Method nvarchar(4000), @Response varbinary(max)
insert into requests (request_id, method, actor, content_digest, response, created_at)
values (@Id, @Method, @Actor, @ContentDigest, @Response, @CreatedAt)
go

-- @Actor nvarchar(4000), @EventId char(36), @EventTime datetime2(7), @Kind nvarchar(4000), @Number bigint, @OrderId char(36), @OrderState nvarchar(4000), @RecordedAt datetime2(7), @Resource nvarchar(4000), @Summary nvarchar(4000), @TraceId nvarchar(4000)
insert into timeline_entries
    (order_id, number, event_id, kind, event_time, recorded_at, resource, summary, actor, trace_id, order_state)
values (@OrderId, @Number, @EventId, @Kind, @EventTime, @RecordedAt, @Resource, @Summary, @Actor, @TraceId, @OrderState)
go

select coalesce(max(seq), 0) from timeline_entries
go

-- @Fence bigint, @Name nvarchar(4000)
select count(*) from leases where name = @Name and fence = @Fence
go

-- @eventId char(36), @orderId char(36)
select count(*) from timeline_entries where order_id = @orderId and event_id = @eventId
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

-- @id char(36)
select method as Method, actor as Actor, content_digest as ContentDigest, response as Response
from requests
where request_id = @id
go

-- @number bigint, @orderId char(36), @take int
select number as Number, kind as Kind, event_time as EventTime, recorded_at as RecordedAt, resource as Resource,
    summary as Summary, actor as Actor, trace_id as TraceId, order_state as OrderState
from timeline_entries where order_id = @orderId and number > @number order by number offset 0 rows fetch next @take rows only
go

-- @orderId char(36)
select number as Number, kind as Kind, event_time as EventTime, recorded_at as RecordedAt, resource as Resource,
    summary as Summary, actor as Actor, trace_id as TraceId, order_state as OrderState
from timeline_entries where order_id = @orderId order by event_time, number
go

-- @number bigint, @orderId char(36), @take int
select number as Number, kind as Kind, event_time as EventTime, recorded_at as RecordedAt, resource as Resource,
    summary as Summary, actor as Actor, trace_id as TraceId, order_state as OrderState,
    event_id as EventId
from timeline_entries where order_id = @orderId and number > @number order by number offset 0 rows fetch next @take rows only
go

-- @orderId char(36)
select number as Number, kind as Kind, event_time as EventTime, recorded_at as RecordedAt, resource as Resource,
    summary as Summary, actor as Actor, trace_id as TraceId, order_state as OrderState,
    event_id as EventId
from timeline_entries where order_id = @orderId order by event_time, number
go

-- @afterKey datetime2(7), @afterSeq bigint, @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and (o.created_at < @afterKey or (o.created_at = @afterKey and o.seq < @afterSeq)) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and not o.id in (select t.order_id from order_terms t where t.kind = 'PARTY' and t.value = @filter0) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and not o.id in (select t.order_id from order_terms t where t.kind = 'PART_NUMBER' and t.value = @filter0) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 datetime2(7), @filter1 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.created_at > @filter0 and o.state = @filter1 order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 datetime2(7), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.created_at > @filter0 order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.destination_country = @filter0 order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.exporter = @filter0 order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.id in (select t.order_id from order_terms t where t.kind = 'DOCUMENT' and t.value = @filter0) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.id in (select t.order_id from order_terms t where t.kind = 'PARTY' and t.value = @filter0) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.id in (select t.order_id from order_terms t where t.kind = 'PARTY_COUNTRY' and t.value = @filter0) and o.id in (select t.order_id from order_terms t where t.kind = 'PARTY_COUNTRY' and t.value = @filter1) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.id in (select t.order_id from order_terms t where t.kind = 'PARTY_COUNTRY' and t.value = @filter0) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.id in (select t.order_id from order_terms t where t.kind = 'PART_NUMBER' and t.value = @filter0) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.id in (select t.order_id from order_terms t where t.kind = 'REQUESTED_SHIP_DATE' and t.value = @filter0) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.id in (select t.order_id from order_terms t where t.kind = 'REQUESTED_SHIP_DATE' and t.value > @filter0 and t.value < @filter1) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.id in (select t.order_id from order_terms t where t.kind = 'REQUESTED_SHIP_DATE' and t.value > @filter0) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.id in (select t.order_id from order_terms t where t.kind = 'REQUESTED_SHIP_DATE' and t.value >= @filter0 and t.value <= @filter1) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.purchaser = @filter0 order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.state = @filter0 and (o.exporter <> @filter1 or o.exporter is null) order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 and o.state = @filter0 order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 order by o.created_at desc, o.seq desc offset 0 rows fetch next @take rows only
go

-- @take int
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where 1 = 1 order by o.updated_at asc, o.seq asc offset 0 rows fetch next @take rows only
go

-- @orderId char(36)
select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
    o.updated_at as UpdatedAt, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision where o.id = @orderId
go

-- @before datetime2(7), @take int
select o.seq as Seq, o.id as OrderId, o.state as State, c.created_at as Since
from order_changes_pending c
join orders o on o.id = c.order_id
where c.created_at <= @before
order by c.created_at, o.seq offset 0 rows fetch next @take rows only
go

-- @before datetime2(7), @take int
select o.seq as Seq, o.id as OrderId, o.state as State, r.recorded_at as Since
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision
where o.state in ('PLACED', 'PARTLY_HELD', 'HELD', 'READY', 'PARTLY_SHIPPED') and o.cancelled = 0 and r.recorded_at <= @before
    and o.line_count > (select count(distinct s.line_number) from order_shipments s where s.order_id = o.id and s.sequence > 0)
order by r.recorded_at, o.seq offset 0 rows fetch next @take rows only
go

-- @before datetime2(7), @take int
select o.seq as Seq, o.id as OrderId, o.state as State, s.shipment_id as ShipmentId, r.recorded_at as Since
from order_shipments s
join orders o on o.id = s.order_id
join order_revisions r on r.order_id = o.id and r.revision = o.revision
where s.snapshot_state in ('PLANNED', 'HELD', 'BLOCKED', 'READY', 'DISPATCHING') and s.sequence > 0 and o.cancelled = 1 and r.recorded_at <= @before
order by r.recorded_at, o.seq, s.shipment_id offset 0 rows fetch next @take rows only
go

-- @before datetime2(7), @take int
select o.seq as Seq, o.id as OrderId, o.state as State, s.shipment_id as ShipmentId, s.sequence as Sequence, s.standing as Standing,
    s.planned_ship_date as ShipDate, coalesce(s.changed_at, o.updated_at) as Since
from order_shipments s
join orders o on o.id = s.order_id
where s.snapshot_state in ('PLANNED', 'HELD', 'BLOCKED', 'READY', 'DISPATCHING') and o.cancelled = 0 and coalesce(s.changed_at, o.updated_at) <= @before
    and (s.sequence = 0 or s.screening_number = 0 or s.screened_revision < s.revision)
order by coalesce(s.changed_at, o.updated_at), o.seq, s.shipment_id offset 0 rows fetch next @take rows only
go

-- @lastDate date, @take int
select o.seq as Seq, o.id as OrderId, o.state as State, s.shipment_id as ShipmentId, s.sequence as Sequence, s.standing as Standing,
    s.planned_ship_date as ShipDate, coalesce(s.changed_at, o.updated_at) as Since
from order_shipments s
join orders o on o.id = s.order_id
where s.snapshot_state in ('PLANNED', 'HELD', 'BLOCKED', 'READY', 'DISPATCHING') and o.cancelled = 0 and s.sequence > 0 and s.screened_revision >= s.revision
    and s.standing in ('READY', 'HELD') and s.planned_ship_date <= @lastDate
order by s.planned_ship_date, o.seq, s.shipment_id offset 0 rows fetch next @take rows only
go

-- @orderId char(36)
select o.state as State, o.timeline_count as TimelineCount, o.cancelled as Cancelled, r.content as Content
from orders o
join order_revisions r on r.order_id = o.id and r.revision = o.revision
where o.id = @orderId
go

-- @orderId char(36)
select order_id as OrderId, revision as Revision, kind as Kind, content as Content, reason as Reason, actor as Actor,
    method as Method, request_id as RequestId, request as Request, traceparent as Traceparent
from order_changes_pending
where order_id = @orderId
go

-- @take int
select order_id from order_changes_pending order by created_at, revision, order_id offset 0 rows fetch next @take rows only
go

-- @after bigint, @take int
select seq as Seq, event_id as EventId, type as Type, body as Body, sent_time as SentTime,
       traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage
from outbox
where published_at is null and seq > @after
order by seq offset 0 rows fetch next @take rows only
go

-- @pattern nvarchar(4000), @take int
select seq as Seq, event_id as EventId, type as Type, body as Body, sent_time as SentTime, traceparent as Traceparent, tracestate as Tracestate from outbox where published_at is null and body like @pattern order by seq desc offset 0 rows fetch next @take rows only
go

-- @pattern nvarchar(4000), @take int
select seq as Seq, event_id as EventId, type as Type, body as Body, sent_time as SentTime, traceparent as Traceparent, tracestate as Tracestate, consumer as Consumer, error as Error from redeliveries where body like @pattern order by seq desc offset 0 rows fetch next @take rows only
go

-- @pattern nvarchar(4000), @take int
select seq as Seq, event_id as EventId, type as Type, body as Body, sent_time as SentTime, traceparent as Traceparent, tracestate as Tracestate, consumer as Consumer, error as Error, state as State from dead_letters where state in ('WAITING', 'DISCARDED') and body like @pattern order by seq desc offset 0 rows fetch next @take rows only
go

-- @seq bigint, @take int
select seq as Seq, order_id as OrderId from timeline_entries where seq > @seq order by seq offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, published_at as PublishedAt from outbox order by seq offset 0 rows fetch next @take rows only
go

-- @orderId char(36)
select shipment_id as ShipmentId, order_id as OrderId, sequence as Sequence, revision as Revision, line_number as LineNumber,
    quantity as Quantity, snapshot_state as SnapshotState, planned_ship_date as PlannedShipDate,
    screening_number as ScreeningNumber, screened_revision as ScreenedRevision, standing as Standing, reasons as Reasons,
    changed_at as ChangedAt
from order_shipments where order_id = @orderId
go

-- @ids1 nvarchar(4000), @ids2 nvarchar(4000)
select shipment_id as ShipmentId, order_id as OrderId, sequence as Sequence, revision as Revision, line_number as LineNumber,
    quantity as Quantity, snapshot_state as SnapshotState, planned_ship_date as PlannedShipDate,
    screening_number as ScreeningNumber, screened_revision as ScreenedRevision, standing as Standing, reasons as Reasons,
    changed_at as ChangedAt
from order_shipments where order_id in (@ids1, @ids2)
go

-- @shipmentId char(36)
select shipment_id as ShipmentId, order_id as OrderId, sequence as Sequence, revision as Revision, line_number as LineNumber,
    quantity as Quantity, snapshot_state as SnapshotState, planned_ship_date as PlannedShipDate,
    screening_number as ScreeningNumber, screened_revision as ScreenedRevision, standing as Standing, reasons as Reasons,
    changed_at as ChangedAt
from order_shipments where shipment_id = @shipmentId
go

-- @orderId char(36)
select state as State, timeline_count as TimelineCount from orders where id = @orderId
go

-- @orderId char(36)
select state from orders where id = @orderId
go

-- @orderId char(36)
select timeline_count from orders where id = @orderId
go

-- @orderId char(36), @take int
select trace_id from timeline_entries where order_id = @orderId and trace_id is not null order by number desc offset 0 rows fetch next @take rows only
go

-- @take int
select type as Type, body as Body
from outbox where published_at is null order by seq desc offset 0 rows fetch next @take rows only
go

-- @take int
select type as Type, body as Body, consumer as Consumer, error as Error
from dead_letters where state in ('WAITING', 'DISCARDED') order by seq desc offset 0 rows fetch next @take rows only
go

-- @take int
select type as Type, body as Body, consumer as Consumer, error as Error
from redeliveries order by seq desc offset 0 rows fetch next @take rows only
go

-- @orderId char(36), @revision bigint
update order_changes_pending set revision = @revision where order_id = @orderId
go

-- @ChangedAt datetime2(7), @LineNumber bigint, @PlannedShipDate date, @Quantity bigint, @Reasons nvarchar(4000), @Revision bigint, @ScreenedRevision bigint, @ScreeningNumber bigint, @Sequence bigint, @ShipmentId char(36), @SnapshotState nvarchar(4000), @Standing nvarchar(4000)
update order_shipments
set sequence = @Sequence, revision = @Revision, line_number = @LineNumber, quantity = @Quantity,
    snapshot_state = @SnapshotState, planned_ship_date = @PlannedShipDate, screening_number = @ScreeningNumber,
    screened_revision = @ScreenedRevision, standing = @Standing, reasons = @Reasons, changed_at = @ChangedAt
where shipment_id = @ShipmentId
go

-- @Cancelled int, @DestinationCountry nvarchar(4000), @Id char(36), @LineCount bigint, @Purchaser nvarchar(4000), @Revision bigint, @UpdatedAt datetime2(7)
update orders
set revision = @Revision, cancelled = @Cancelled, purchaser = @Purchaser, destination_country = @DestinationCountry,
    line_count = @LineCount, updated_at = @UpdatedAt
where id = @Id
go

-- @orderId char(36), @state nvarchar(4000)
update orders set state = @state where id = @orderId and state <> @state
go

-- @orderId char(36)
update orders set timeline_count = timeline_count + 1 where id = @orderId
go

-- @now datetime2(7), @orderId char(36)
update orders set updated_at = @now where id = @orderId
go

-- @eventId char(36), @now datetime2(7), @orderId char(36)
update orders set updated_at = @now, timeline_count = timeline_count + 1
where id = @orderId
    and not exists (select 1 from timeline_entries where timeline_entries.order_id = @orderId and timeline_entries.event_id = @eventId)
go

-- @id char(36), @now datetime2(7)
update outbox set published_at = @now where event_id = @id and published_at is null
go
