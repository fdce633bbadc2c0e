-- @Fence bigint, @Name nvarchar(4000)
delete from leases where name = @Name and fence = @Fence
go

-- @OrderName nvarchar(4000)
delete from planned_order_lines where order_name = @OrderName
go

-- @Id char(36)
delete from shipment_reasons where shipment_id = @Id
go

-- @Kind nvarchar(4000), @NewDate date, @Number bigint, @OldDate date, @Reason nvarchar(4000), @RecordedAt datetime2(7), @ShipmentId char(36), @Source nvarchar(4000)
insert into date_changes (shipment_id, number, kind, old_date, new_date, reason, source, recorded_at)
values (@ShipmentId, @Number, @Kind, @OldDate, @NewDate, @Reason, @Source, @RecordedAt)
go

-- @Actor nvarchar(4000), @Carrier nvarchar(4000), @Id char(36), @OpenedAt datetime2(7), @RequestId nvarchar(4000), @ShipmentId char(36), @State nvarchar(4000), @Traceparent nvarchar(4000), @TrackingNumber nvarchar(4000)
insert into dispatch_attempts (id, shipment_id, request_id, actor, carrier, tracking_number, state, traceparent, opened_at)
values (@Id, @ShipmentId, @RequestId, @Actor, @Carrier, @TrackingNumber, @State, @Traceparent, @OpenedAt)
go

-- @consumer nvarchar(4000), @eventId char(36), @now datetime2(7)
insert into inbox (event_id, consumer, processed_at)
values (@eventId, @consumer, @now)
go

-- @name nvarchar(4000), @owner nvarchar(4000), @until datetime2(7)
insert into leases (name, owner, until_at) values (@name, @owner, @until)
go

-- @Actor nvarchar(4000), @EventTime datetime2(7), @Kind nvarchar(4000), @Location nvarchar(4000), @Note nvarchar(4000), @Number bigint, @RecordedAt datetime2(7), @ShipmentId char(36), @SupersededBy bigint, @Supersedes bigint
insert into milestones (shipment_id, number, kind, event_time, recorded_at, location, note, supersedes, superseded_by, actor)
values (@ShipmentId, @Number, @Kind, @EventTime, @RecordedAt, @Location, @Note, @Supersedes, @SupersededBy, @Actor)
go

-- @Baggage nvarchar(4000), @Body nvarchar(4000), @EventId char(36), @SentTime datetime2(7), @Traceparent nvarchar(4000), @Tracestate nvarchar(4000), @Type nvarchar(4000)
insert into outbox (event_id, type, body, sent_time, traceparent, tracestate, baggage)
values (@EventId, @Type, @Body, @SentTime, @Traceparent, @Tracestate, @Baggage)
go

-- @Number int, @OrderName nvarchar(4000), @Quantity bigint
insert into planned_order_lines (order_name, number, quantity)
values (@OrderName, @Number, @Quantity)
go

-- @Cancelled bigint, @Digest nvarchar(4000), @OrderName nvarchar(4000), @Revision bigint
insert into planned_orders (order_name, revision, cancelled, digest)
values (@OrderName, @Revision, @Cancelled, @Digest)
go

-- @Actor nvarchar(4000), @ContentDigest nvarchar(4000), @CreatedAt datetime2(7), @Id char(36), @Method nvarchar(4000), @Response varbinary(max)
insert into requests (request_id, method, actor, content_digest, response, created_at)
values (@Id, @Method, @Actor, @ContentDigest, @Response, @CreatedAt)
go

-- @now datetime2(7), @permitId char(36), @reason nvarchar(4000), @shipmentId char(36)
insert into revoked_permits (permit_id, shipment_id, reason, recorded_at)
values (@permitId, @shipmentId, @reason, @now)
go

-- @Message varbinary(max), @OrderName nvarchar(4000), @RecordedAt datetime2(7), @Sequence bigint, @ShipmentId char(36), @TraceId nvarchar(4000)
insert into shipment_changes (shipment_id, order_name, sequence, message, recorded_at, trace_id)
values (@ShipmentId, @OrderName, @Sequence, @Message, @RecordedAt, @TraceId)
go

-- @Id char(36), @reason nvarchar(4000)
insert into shipment_reasons (reason, shipment_id) values (@reason, @Id)
go

-- @ActualDeliveryDate date, @ActualShipDate date, @AttemptId char(36), @Carrier nvarchar(4000), @CreatedAt datetime2(7), @CurrencyCode nvarchar(4000), @DecisionId char(36), @DestinationCountry nvarchar(4000), @EstimatedDeliveryDate date, @Exporter nvarchar(4000), @Id char(36), @Item nvarchar(4000), @LineNumber bigint, @Movement nvarchar(4000), @OrderName nvarchar(4000), @OrderRevision bigint, @Overdue bigint, @PartNumber nvarchar(4000), @Parties nvarchar(4000), @PermitId char(36), @PlaceOfExportCountry nvarchar(4000), @PlaceOfExportTimeZone nvarchar(4000), @PlannedShipDate date, @PromisedDeliveryDate date, @Quantity bigint, @Reasons nvarchar(4000), @RequestedShipDate date, @Revision bigint, @ScreeningNumber bigint, @Sequence bigint, @Standing nvarchar(4000), @State nvarchar(4000), @TrackingNumber nvarchar(4000), @UnitPriceMinorUnits bigint, @UpdatedAt datetime2(7)
insert into shipments (id, sequence, revision, state, order_name, line_number, order_revision, part_number, item, quantity, unit_price_minor_units,
currency_code, exporter, parties, destination_country, place_of_export_country, place_of_export_time_zone, movement,
requested_ship_date, planned_ship_date, promised_delivery_date, estimated_delivery_date, actual_ship_date, actual_delivery_date,
overdue, carrier, tracking_number, permit_id, attempt_id, screening_number, standing, decision_id, reasons, created_at, updated_at)
values (@Id, @Sequence, @Revision, @State, @OrderName, @LineNumber, @OrderRevision, @PartNumber, @Item, @Quantity, @UnitPriceMinorUnits,
@CurrencyCode, @Exporter, @Parties, @DestinationCountry, @PlaceOfExportCountry, @PlaceOfExportTimeZone, @Movement,
@RequestedShipDate, @PlannedShipDate, @PromisedDeliveryDate, @EstimatedDeliveryDate, @ActualShipDate, @ActualDeliveryDate,
@Overdue, @Carrier, @TrackingNumber, @PermitId, @AttemptId, @ScreeningNumber, @Standing, @DecisionId, @Reasons, @CreatedAt, @UpdatedAt)
go

select coalesce(max(seq), 0) from shipment_changes
go

-- @Fence bigint, @Name nvarchar(4000)
select count(*) from leases where name = @Name and fence = @Fence
go

-- @permitId char(36)
select count(*) from revoked_permits where permit_id = @permitId
go

-- @orderName nvarchar(4000)
select count(*) from shipments where order_name = @orderName
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
select id as Id, shipment_id as ShipmentId, request_id as RequestId, actor as Actor,
    carrier as Carrier, tracking_number as TrackingNumber, state as State,
    facts_digest as FactsDigest, traceparent as Traceparent, opened_at as OpenedAt, closed_at as ClosedAt,
    answer as Answer, refusal as Refusal
from dispatch_attempts where id = @id
go

-- @requestId char(36), @take int
select id as Id, shipment_id as ShipmentId, request_id as RequestId, actor as Actor,
    carrier as Carrier, tracking_number as TrackingNumber, state as State,
    facts_digest as FactsDigest, traceparent as Traceparent, opened_at as OpenedAt, closed_at as ClosedAt,
    answer as Answer, refusal as Refusal
from dispatch_attempts where request_id = @requestId order by seq desc offset 0 rows fetch next @take rows only
go

select id as Id, shipment_id as ShipmentId, request_id as RequestId, actor as Actor,
    carrier as Carrier, tracking_number as TrackingNumber, state as State,
    facts_digest as FactsDigest, traceparent as Traceparent, opened_at as OpenedAt, closed_at as ClosedAt,
    answer as Answer, refusal as Refusal
from dispatch_attempts where state = 'OPEN' order by seq
go

-- @id char(36)
select method as Method, actor as Actor, content_digest as ContentDigest, response as Response
from requests
where request_id = @id
go

-- @orderName nvarchar(4000)
select number as Number, quantity as Quantity
from planned_order_lines
where order_name = @orderName
go

-- @orderName nvarchar(4000)
select revision as Revision, cancelled as Cancelled, digest as Digest
from planned_orders
where order_name = @orderName
go

-- @take int
select s.seq as Seq, s.created_at as OrderKey
from shipments s
where 1 = 1
order by s.created_at asc, s.seq asc offset 0 rows fetch next @take rows only
go

-- @afterKey datetime2(7), @afterSeq bigint, @take int
select s.seq as Seq, s.created_at as OrderKey
from shipments s
where 1 = 1 and (s.created_at > @afterKey or (s.created_at = @afterKey and s.seq > @afterSeq))
order by s.created_at asc, s.seq asc offset 0 rows fetch next @take rows only
go

-- @id char(36)
select s.seq as Seq, s.id as Id, s.sequence as Sequence, s.revision as Revision,
    s.state as State, s.order_name as OrderName, s.line_number as LineNumber,
    s.order_revision as OrderRevision, s.part_number as PartNumber, s.item as Item,
    s.quantity as Quantity, s.unit_price_minor_units as UnitPriceMinorUnits, s.currency_code as CurrencyCode,
    s.exporter as Exporter, s.parties as Parties, s.destination_country as DestinationCountry,
    s.place_of_export_country as PlaceOfExportCountry, s.place_of_export_time_zone as PlaceOfExportTimeZone,
    s.movement as Movement, s.requested_ship_date as RequestedShipDate, s.planned_ship_date as PlannedShipDate,
    s.promised_delivery_date as PromisedDeliveryDate, s.estimated_delivery_date as EstimatedDeliveryDate,
    s.actual_ship_date as ActualShipDate, s.actual_delivery_date as ActualDeliveryDate, s.overdue as Overdue,
    s.carrier as Carrier, s.tracking_number as TrackingNumber, s.permit_id as PermitId,
    s.attempt_id as AttemptId, s.screening_number as ScreeningNumber, s.standing as Standing,
    s.decision_id as DecisionId, s.reasons as Reasons, s.created_at as CreatedAt, s.updated_at as UpdatedAt,
    case when r.permit_id is null then 0 else 1 end as PermitRevoked
from shipments s
left join revoked_permits r on r.permit_id = s.permit_id where s.id = @id order by s.seq
go

-- @orderName nvarchar(4000)
select s.seq as Seq, s.id as Id, s.sequence as Sequence, s.revision as Revision,
    s.state as State, s.order_name as OrderName, s.line_number as LineNumber,
    s.order_revision as OrderRevision, s.part_number as PartNumber, s.item as Item,
    s.quantity as Quantity, s.unit_price_minor_units as UnitPriceMinorUnits, s.currency_code as CurrencyCode,
    s.exporter as Exporter, s.parties as Parties, s.destination_country as DestinationCountry,
    s.place_of_export_country as PlaceOfExportCountry, s.place_of_export_time_zone as PlaceOfExportTimeZone,
    s.movement as Movement, s.requested_ship_date as RequestedShipDate, s.planned_ship_date as PlannedShipDate,
    s.promised_delivery_date as PromisedDeliveryDate, s.estimated_delivery_date as EstimatedDeliveryDate,
    s.actual_ship_date as ActualShipDate, s.actual_delivery_date as ActualDeliveryDate, s.overdue as Overdue,
    s.carrier as Carrier, s.tracking_number as TrackingNumber, s.permit_id as PermitId,
    s.attempt_id as AttemptId, s.screening_number as ScreeningNumber, s.standing as Standing,
    s.decision_id as DecisionId, s.reasons as Reasons, s.created_at as CreatedAt, s.updated_at as UpdatedAt,
    case when r.permit_id is null then 0 else 1 end as PermitRevoked
from shipments s
left join revoked_permits r on r.permit_id = s.permit_id where s.order_name = @orderName order by s.seq
go

-- @seqs1 bigint, @seqs2 bigint
select s.seq as Seq, s.id as Id, s.sequence as Sequence, s.revision as Revision,
    s.state as State, s.order_name as OrderName, s.line_number as LineNumber,
    s.order_revision as OrderRevision, s.part_number as PartNumber, s.item as Item,
    s.quantity as Quantity, s.unit_price_minor_units as UnitPriceMinorUnits, s.currency_code as CurrencyCode,
    s.exporter as Exporter, s.parties as Parties, s.destination_country as DestinationCountry,
    s.place_of_export_country as PlaceOfExportCountry, s.place_of_export_time_zone as PlaceOfExportTimeZone,
    s.movement as Movement, s.requested_ship_date as RequestedShipDate, s.planned_ship_date as PlannedShipDate,
    s.promised_delivery_date as PromisedDeliveryDate, s.estimated_delivery_date as EstimatedDeliveryDate,
    s.actual_ship_date as ActualShipDate, s.actual_delivery_date as ActualDeliveryDate, s.overdue as Overdue,
    s.carrier as Carrier, s.tracking_number as TrackingNumber, s.permit_id as PermitId,
    s.attempt_id as AttemptId, s.screening_number as ScreeningNumber, s.standing as Standing,
    s.decision_id as DecisionId, s.reasons as Reasons, s.created_at as CreatedAt, s.updated_at as UpdatedAt,
    case when r.permit_id is null then 0 else 1 end as PermitRevoked
from shipments s
left join revoked_permits r on r.permit_id = s.permit_id where s.seq in (@seqs1, @seqs2)
go

-- @id char(36)
select s.seq as Seq, s.id as Id, s.sequence as Sequence, s.revision as Revision,
    s.state as State, s.order_name as OrderName, s.line_number as LineNumber,
    s.order_revision as OrderRevision, s.part_number as PartNumber, s.item as Item,
    s.quantity as Quantity, s.unit_price_minor_units as UnitPriceMinorUnits, s.currency_code as CurrencyCode,
    s.exporter as Exporter, s.parties as Parties, s.destination_country as DestinationCountry,
    s.place_of_export_country as PlaceOfExportCountry, s.place_of_export_time_zone as PlaceOfExportTimeZone,
    s.movement as Movement, s.requested_ship_date as RequestedShipDate, s.planned_ship_date as PlannedShipDate,
    s.promised_delivery_date as PromisedDeliveryDate, s.estimated_delivery_date as EstimatedDeliveryDate,
    s.actual_ship_date as ActualShipDate, s.actual_delivery_date as ActualDeliveryDate, s.overdue as Overdue,
    s.carrier as Carrier, s.tracking_number as TrackingNumber, s.permit_id as PermitId,
    s.attempt_id as AttemptId, s.screening_number as ScreeningNumber, s.standing as Standing,
    s.decision_id as DecisionId, s.reasons as Reasons, s.created_at as CreatedAt, s.updated_at as UpdatedAt,
    case when r.permit_id is null then 0 else 1 end as PermitRevoked,
    case when exists (select 1 from date_changes d where d.shipment_id = s.id) or exists (select 1 from milestones m where m.shipment_id = s.id)
        then 1 else 0 end as HasHistory
from shipments s
left join revoked_permits r on r.permit_id = s.permit_id
where s.id = @id
go

-- @before datetime2(7), @take int
select s.seq as Seq, s.id as ShipmentId, s.order_name as OrderName, s.state as State, a.opened_at as Since
from dispatch_attempts a
join shipments s on s.id = a.shipment_id
where a.state = 'OPEN' and a.opened_at <= @before
order by a.opened_at, s.seq offset 0 rows fetch next @take rows only
go

-- @lastDate date, @take int
select s.seq as Seq, s.id as ShipmentId, s.order_name as OrderName, s.state as State, coalesce(s.actual_ship_date, s.planned_ship_date) as Day
from shipments s
where s.state in ('DISPATCHED', 'IN_TRANSIT') and coalesce(s.actual_ship_date, s.planned_ship_date) <= @lastDate
order by coalesce(s.actual_ship_date, s.planned_ship_date), s.seq offset 0 rows fetch next @take rows only
go

-- @lastDate date, @take int
select s.seq as Seq, s.id as ShipmentId, s.order_name as OrderName, s.state as State, s.planned_ship_date as Day
from shipments s
where s.state in ('READY', 'HELD') and s.planned_ship_date <= @lastDate
order by s.planned_ship_date, s.seq offset 0 rows fetch next @take rows only
go

-- @before datetime2(7), @state nvarchar(4000), @take int
select s.seq as Seq, s.id as ShipmentId, s.order_name as OrderName, s.state as State, s.updated_at as Since
from shipments s
where s.state = @state and s.updated_at <= @before
order by s.updated_at, s.seq offset 0 rows fetch next @take rows only
go

-- @take int
select s.seq as Seq, s.planned_ship_date as OrderKey
from shipments s
where 1 = 1
order by s.planned_ship_date desc, s.seq desc offset 0 rows fetch next @take rows only
go

-- @afterKey date, @afterSeq bigint, @take int
select s.seq as Seq, s.planned_ship_date as OrderKey
from shipments s
where 1 = 1 and (s.planned_ship_date < @afterKey or (s.planned_ship_date = @afterKey and s.seq < @afterSeq))
order by s.planned_ship_date desc, s.seq desc offset 0 rows fetch next @take rows only
go

-- @take int
select s.seq as Seq, s.quantity as OrderKey
from shipments s
where 1 = 1
order by s.quantity asc, s.seq asc offset 0 rows fetch next @take rows only
go

-- @afterKey bigint, @afterSeq bigint, @take int
select s.seq as Seq, s.quantity as OrderKey
from shipments s
where 1 = 1 and (s.quantity > @afterKey or (s.quantity = @afterKey and s.seq > @afterSeq))
order by s.quantity asc, s.seq asc offset 0 rows fetch next @take rows only
go

-- @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and not s.id in (select r.shipment_id from shipment_reasons r where r.reason = @filter0)
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 date, @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.actual_ship_date >= @filter0
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.carrier = @filter0
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 datetime2(7), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.created_at >= @filter0
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.id in (select r.shipment_id from shipment_reasons r where r.reason = @filter0)
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.id in (select r.shipment_id from shipment_reasons r where r.reason = @filter0) and s.id in (select r.shipment_id from shipment_reasons r where r.reason = @filter1)
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.id in (select r.shipment_id from shipment_reasons r where r.reason = @filter0) and s.state = @filter1
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.order_name = @filter0
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 bigint, @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.overdue = @filter0
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.part_number = @filter0 and s.destination_country = @filter1
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 date, @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.planned_ship_date > @filter0
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 bigint, @filter1 bigint, @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.quantity < @filter0 and s.overdue = @filter1
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @afterSeq bigint, @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.seq > @afterSeq
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.state = @filter0
order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select s.seq as Seq, s.seq as OrderKey
from shipments s
where 1 = 1 and s.tracking_number = @filter0
order by s.seq asc offset 0 rows fetch next @take rows only
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

-- @after bigint, @orderName nvarchar(4000), @take int
select seq as Seq, message as Message
from shipment_changes
where order_name = @orderName and seq > @after
order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @take int
select seq as Seq, message as Message
from shipment_changes
where seq > @after
order by seq offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, published_at as PublishedAt from outbox order by seq offset 0 rows fetch next @take rows only
go

-- @id char(36)
select shipment_id as ShipmentId, number as Number, kind as Kind,
    event_time as EventTime, recorded_at as RecordedAt, location as Location,
    note as Note, supersedes as Supersedes, superseded_by as SupersededBy,
    actor as Actor
from milestones where shipment_id in (@id) order by shipment_id, number
go

-- @id char(36)
select shipment_id as ShipmentId, number as Number, kind as Kind,
    event_time as EventTime, recorded_at as RecordedAt, location as Location,
    note as Note, supersedes as Supersedes, superseded_by as SupersededBy,
    actor as Actor
from milestones where shipment_id in (select s.id from shipments s where s.id = @id) order by shipment_id, number
go

-- @orderName nvarchar(4000)
select shipment_id as ShipmentId, number as Number, kind as Kind,
    event_time as EventTime, recorded_at as RecordedAt, location as Location,
    note as Note, supersedes as Supersedes, superseded_by as SupersededBy,
    actor as Actor
from milestones where shipment_id in (select s.id from shipments s where s.order_name = @orderName) order by shipment_id, number
go

-- @seqs1 bigint, @seqs2 bigint
select shipment_id as ShipmentId, number as Number, kind as Kind,
    event_time as EventTime, recorded_at as RecordedAt, location as Location,
    note as Note, supersedes as Supersedes, superseded_by as SupersededBy,
    actor as Actor
from milestones where shipment_id in (select s.id from shipments s where s.seq in (@seqs1, @seqs2)) order by shipment_id, number
go

-- @id char(36)
select shipment_id as ShipmentId, number as Number, kind as Kind,
    old_date as OldDate, new_date as NewDate, reason as Reason,
    source as Source, recorded_at as RecordedAt
from date_changes where shipment_id in (@id) order by shipment_id, number
go

-- @id char(36)
select shipment_id as ShipmentId, number as Number, kind as Kind,
    old_date as OldDate, new_date as NewDate, reason as Reason,
    source as Source, recorded_at as RecordedAt
from date_changes where shipment_id in (select s.id from shipments s where s.id = @id) order by shipment_id, number
go

-- @orderName nvarchar(4000)
select shipment_id as ShipmentId, number as Number, kind as Kind,
    old_date as OldDate, new_date as NewDate, reason as Reason,
    source as Source, recorded_at as RecordedAt
from date_changes where shipment_id in (select s.id from shipments s where s.order_name = @orderName) order by shipment_id, number
go

-- @seqs1 bigint, @seqs2 bigint
select shipment_id as ShipmentId, number as Number, kind as Kind,
    old_date as OldDate, new_date as NewDate, reason as Reason,
    source as Source, recorded_at as RecordedAt
from date_changes where shipment_id in (select s.id from shipments s where s.seq in (@seqs1, @seqs2)) order by shipment_id, number
go

-- @shipmentId char(36), @take int
select trace_id from shipment_changes where shipment_id = @shipmentId and trace_id is not null order by sequence desc offset 0 rows fetch next @take rows only
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

-- @Answer varbinary(max), @ClosedAt datetime2(7), @FactsDigest nvarchar(4000), @Id char(36), @Refusal nvarchar(4000), @State nvarchar(4000)
update dispatch_attempts
set state = @State, closed_at = @ClosedAt, facts_digest = @FactsDigest, answer = @Answer, refusal = @Refusal
where id = @Id and state = 'OPEN'
go

-- @Number bigint, @ShipmentId char(36), @Supersedes bigint
update milestones
set superseded_by = @Number
where shipment_id = @ShipmentId and number = @Supersedes and superseded_by = 0
go

-- @id char(36), @now datetime2(7)
update outbox set published_at = @now where event_id = @id and published_at is null
go

-- @Cancelled bigint, @Digest nvarchar(4000), @OrderName nvarchar(4000), @Revision bigint
update planned_orders
set revision = @Revision, cancelled = @Cancelled, digest = @Digest
where order_name = @OrderName
go

-- @ActualDeliveryDate date, @ActualShipDate date, @AttemptId char(36), @Carrier nvarchar(4000), @CurrencyCode nvarchar(4000), @DecisionId char(36), @DestinationCountry nvarchar(4000), @EstimatedDeliveryDate date, @Exporter nvarchar(4000), @Id char(36), @Item nvarchar(4000), @Movement nvarchar(4000), @OrderRevision bigint, @Overdue bigint, @PartNumber nvarchar(4000), @Parties nvarchar(4000), @PermitId char(36), @PlaceOfExportCountry nvarchar(4000), @PlaceOfExportTimeZone nvarchar(4000), @PlannedShipDate date, @PromisedDeliveryDate date, @Quantity bigint, @Reasons nvarchar(4000), @RequestedShipDate date, @Revision bigint, @ScreeningNumber bigint, @Sequence bigint, @Standing nvarchar(4000), @State nvarchar(4000), @TrackingNumber nvarchar(4000), @UnitPriceMinorUnits bigint, @UpdatedAt datetime2(7)
update shipments
set sequence = @Sequence, revision = @Revision, state = @State, order_revision = @OrderRevision, part_number = @PartNumber, item = @Item,
    quantity = @Quantity, unit_price_minor_units = @UnitPriceMinorUnits, currency_code = @CurrencyCode, exporter = @Exporter,
    parties = @Parties, destination_country = @DestinationCountry, place_of_export_country = @PlaceOfExportCountry,
    place_of_export_time_zone = @PlaceOfExportTimeZone, movement = @Movement, requested_ship_date = @RequestedShipDate,
    planned_ship_date = @PlannedShipDate, promised_delivery_date = @PromisedDeliveryDate, estimated_delivery_date = @EstimatedDeliveryDate,
    actual_ship_date = @ActualShipDate, actual_delivery_date = @ActualDeliveryDate, overdue = @Overdue, carrier = @Carrier,
    tracking_number = @TrackingNumber, permit_id = @PermitId, attempt_id = @AttemptId, screening_number = @ScreeningNumber,
    standing = @Standing, decision_id = @DecisionId, reasons = @Reasons, updated_at = @UpdatedAt
where id = @Id and sequence = @Sequence - 1
go

-- @AttemptId char(36), @DecisionId char(36), @Id char(36), @Overdue int, @PermitId char(36), @Reasons nvarchar(4000), @ScreeningNumber bigint, @Sequence bigint, @Standing nvarchar(4000), @State nvarchar(4000), @UpdatedAt datetime2(7)
update shipments
set sequence = @Sequence, state = @State, overdue = @Overdue, permit_id = @PermitId, attempt_id = @AttemptId,
    screening_number = @ScreeningNumber, standing = @Standing, decision_id = @DecisionId, reasons = @Reasons, updated_at = @UpdatedAt
where id = @Id and sequence = @Sequence - 1
go

-- @AttemptId char(36), @Carrier nvarchar(4000), @DecisionId char(36), @Id char(36), @Overdue int, @PermitId char(36), @Reasons nvarchar(4000), @ScreeningNumber bigint, @Sequence bigint, @Standing nvarchar(4000), @State nvarchar(4000), @TrackingNumber nvarchar(4000), @UpdatedAt datetime2(7)
update shipments
set sequence = @Sequence, state = @State, overdue = @Overdue, permit_id = @PermitId, attempt_id = @AttemptId,
    screening_number = @ScreeningNumber, standing = @Standing, decision_id = @DecisionId, reasons = @Reasons, updated_at = @UpdatedAt, carrier = @Carrier, tracking_number = @TrackingNumber
where id = @Id and sequence = @Sequence - 1
go

-- @ActualDeliveryDate date, @ActualShipDate date, @AttemptId char(36), @Carrier nvarchar(4000), @CurrencyCode nvarchar(4000), @DecisionId char(36), @DestinationCountry nvarchar(4000), @EstimatedDeliveryDate date, @Exporter nvarchar(4000), @Id char(36), @Item nvarchar(4000), @Movement nvarchar(4000), @OrderRevision bigint, @Overdue bigint, @PartNumber nvarchar(4000), @Parties nvarchar(4000), @PermitId char(36), @PlaceOfExportCountry nvarchar(4000), @PlaceOfExportTimeZone nvarchar(4000), @PlannedShipDate date, @PromisedDeliveryDate date, @Quantity bigint, @Reasons nvarchar(4000), @RequestedShipDate date, @Revision bigint, @ScreeningNumber bigint, @Sequence bigint, @Standing nvarchar(4000), @State nvarchar(4000), @TrackingNumber nvarchar(4000), @UnitPriceMinorUnits bigint, @UpdatedAt datetime2(7)
update shipments
set sequence = @Sequence, state = @State, overdue = @Overdue, permit_id = @PermitId, attempt_id = @AttemptId,
    screening_number = @ScreeningNumber, standing = @Standing, decision_id = @DecisionId, reasons = @Reasons, updated_at = @UpdatedAt, carrier = @Carrier, tracking_number = @TrackingNumber, revision = @Revision, order_revision = @OrderRevision,
    part_number = @PartNumber, item = @Item, quantity = @Quantity, unit_price_minor_units = @UnitPriceMinorUnits,
    currency_code = @CurrencyCode, exporter = @Exporter, parties = @Parties, destination_country = @DestinationCountry,
    place_of_export_country = @PlaceOfExportCountry, place_of_export_time_zone = @PlaceOfExportTimeZone, movement = @Movement,
    requested_ship_date = @RequestedShipDate, planned_ship_date = @PlannedShipDate, promised_delivery_date = @PromisedDeliveryDate,
    estimated_delivery_date = @EstimatedDeliveryDate, actual_ship_date = @ActualShipDate, actual_delivery_date = @ActualDeliveryDate
where id = @Id and sequence = @Sequence - 1
go
