delete from audit_payloads
go

-- @shipment nvarchar(4000)
delete from audit_payloads where seq in (select seq from audit_chain where shipment = @shipment and kind <> 'PURGE')
go

-- @shipment nvarchar(4000)
delete from decisions where shipment = @shipment
go

-- @job char(36)
delete from impact_rows where job_id = @job
go

-- @id char(36)
delete from jobs where job_id = @id and finished = 1
go

-- @Id char(36)
delete from licence_destinations where licence_id = @Id
go

-- @Id char(36)
delete from licence_excluded_headquarters where licence_id = @Id
go

-- @Id char(36)
delete from licence_lines where licence_id = @Id
go

-- @Id char(36)
delete from licence_parties where licence_id = @Id
go

-- @Id char(36)
delete from licence_rules where licence_id = @Id
go

-- @shipmentId char(36)
delete from shipment_parties where shipment_id = @shipmentId
go

-- @BaseChange bigint, @CreatedAt datetime2(7), @DecidedBy nvarchar(4000), @Definition nvarchar(4000), @Digest nvarchar(4000), @Id char(36), @Note nvarchar(4000), @Number bigint, @Position bigint, @ProposedBy nvarchar(4000), @RecordedAt datetime2(7), @ReviewNote nvarchar(4000), @ReviewedAt datetime2(7), @ReviewedBy nvarchar(4000), @Rule nvarchar(4000), @State nvarchar(4000), @Tests nvarchar(4000), @TestsDigest nvarchar(4000), @Title nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
insert into amendments
    (id, [rule], number, position, title, definition, digest, state, recorded_at, proposed_by, decided_by, note, version,
     tests, tests_digest, base_change, reviewed_by, reviewed_at, review_note, created_at, updated_at)
values
    (@Id, @Rule, @Number, @Position, @Title, @Definition, @Digest, @State, @RecordedAt, @ProposedBy, @DecidedBy, @Note, @Version,
     @Tests, @TestsDigest, @BaseChange, @ReviewedBy, @ReviewedAt, @ReviewNote, @CreatedAt, @UpdatedAt)
go

-- @hash nvarchar(4000), @position bigint
insert into audit_blocks (position, hash) values (@position, @hash)
go

-- @Action nvarchar(4000), @Actor nvarchar(4000), @Detail nvarchar(4000), @Hash nvarchar(4000), @Kind nvarchar(4000), @Order nvarchar(4000), @Outcome nvarchar(4000), @PayloadDigest nvarchar(4000), @PreviousHash nvarchar(4000), @RecordedAt nvarchar(4000), @Seq bigint, @Shipment nvarchar(4000), @Subject nvarchar(4000), @TraceId nvarchar(4000)
insert into audit_chain (seq, kind, subject, shipment, order_name, actor, action, outcome, detail, payload_digest, trace_id, recorded_at,
    previous_hash, hash)
values (@Seq, @Kind, @Subject, @Shipment, @Order, @Actor, @Action, @Outcome, @Detail, @PayloadDigest, @TraceId, @RecordedAt,
    @PreviousHash, @Hash)
go

-- @CreatedAt datetime2(7), @HeadHash nvarchar(4000), @Root nvarchar(4000), @Size bigint
insert into audit_checkpoints (size, root, head_hash, created_at) values (@Size, @Root, @HeadHash, @CreatedAt)
go

-- @Payload nvarchar(4000), @Seq bigint
insert into audit_payloads (seq, body) values (@Seq, @Payload)
go

-- @CloseNote nvarchar(4000), @CreatedAt datetime2(7), @DecidedBy nvarchar(4000), @Entry nvarchar(4000), @EntryDigest nvarchar(4000), @Id char(36), @Note nvarchar(4000), @PartyCountry nvarchar(4000), @PartyKey nvarchar(4000), @PartyName nvarchar(4000), @ProposedBy nvarchar(4000), @RecordedAt datetime2(7), @RevokedAt datetime2(7), @RevokedBy nvarchar(4000), @State nvarchar(4000), @UpdatedAt datetime2(7), @ValidFrom date, @ValidTo date, @Version bigint
insert into clearances (clearance_id, state, party_name, party_key, party_country, entry, entry_digest, valid_from, valid_to, note,
    proposed_by, decided_by, close_note, revoked_by, recorded_at, revoked_at, version, created_at, updated_at)
values (@Id, @State, @PartyName, @PartyKey, @PartyCountry, @Entry, @EntryDigest, @ValidFrom, @ValidTo, @Note,
    @ProposedBy, @DecidedBy, @CloseNote, @RevokedBy, @RecordedAt, @RevokedAt, @Version, @CreatedAt, @UpdatedAt)
go

-- @DecisionId char(36), @Kind nvarchar(4000), @Value nvarchar(4000)
insert into decision_terms (kind, value, decision_id) values (@Kind, @Value, @DecisionId)
go

-- @Body varbinary(max), @CreatedAt datetime2(7), @DestinationCountry nvarchar(4000), @Id char(36), @Number bigint, @Occasion nvarchar(4000), @Outcome nvarchar(4000), @PartNumber nvarchar(4000), @ShipDate date, @Shipment nvarchar(4000)
insert into decisions (decision_id, shipment, number, occasion, outcome, ship_date, part_number, destination_country, created_at, body)
values (@Id, @Shipment, @Number, @Occasion, @Outcome, @ShipDate, @PartNumber, @DestinationCountry, @CreatedAt, @Body)
go

-- @now datetime2(7), @shipment nvarchar(4000), @subject nvarchar(4000)
insert into erased_records (subject, shipment, erased_at) values (@subject, @shipment, @now)
go

-- @Amendment nvarchar(4000), @Buyer nvarchar(4000), @Citation nvarchar(4000), @CloseReason nvarchar(4000), @CreatedAt datetime2(7), @Currency nvarchar(4000), @DecisionId char(36), @DestinationCountry nvarchar(4000), @Effect nvarchar(4000), @Explanation nvarchar(4000), @HoldClass nvarchar(4000), @HoldId char(36), @Lapsed bigint, @MissingFacts nvarchar(4000), @OpenedBy nvarchar(4000), @OrderName nvarchar(4000), @Origin nvarchar(4000), @Owner nvarchar(4000), @PartNumber nvarchar(4000), @PlannedShipDate date, @Reason nvarchar(4000), @ReviewPolicy nvarchar(4000), @Shipment nvarchar(4000), @State nvarchar(4000), @UpdatedAt datetime2(7), @ValueMinor bigint, @Version bigint
insert into holds (hold_id, shipment, order_name, origin, reason, hold_class, state, lapsed, effect, review_policy, missing_facts,
    explanation, citation, amendment, decision_id, owner, opened_by, close_reason, part_number, planned_ship_date, buyer,
    destination_country, currency, value_minor, version, created_at, updated_at)
values (@HoldId, @Shipment, @OrderName, @Origin, @Reason, @HoldClass, @State, @Lapsed, @Effect, @ReviewPolicy, @MissingFacts,
    @Explanation, @Citation, @Amendment, @DecisionId, @Owner, @OpenedBy, @CloseReason, @PartNumber, @PlannedShipDate, @Buyer,
    @DestinationCountry, @Currency, @ValueMinor, @Version, @CreatedAt, @UpdatedAt)
go

-- @Currency nvarchar(4000), @Customer nvarchar(4000), @CustomerCountry nvarchar(4000), @DestinationCountry nvarchar(4000), @Direction nvarchar(4000), @Family nvarchar(4000), @JobId char(36), @OrderName nvarchar(4000), @OutcomeAfter nvarchar(4000), @OutcomeBefore nvarchar(4000), @PartNumber nvarchar(4000), @RowNumber bigint, @RulesAfter nvarchar(4000), @RulesBefore nvarchar(4000), @ShipDate date, @Shipment nvarchar(4000), @Standing nvarchar(4000), @Units bigint, @ValueMinorUnits bigint
insert into impact_rows (job_id, row_number, direction, outcome_before, outcome_after, rules_before, rules_after, shipment, order_name,
    customer, customer_country, part_number, family, destination_country, ship_date, units, value_minor_units, currency, standing)
values (@JobId, @RowNumber, @Direction, @OutcomeBefore, @OutcomeAfter, @RulesBefore, @RulesAfter, @Shipment, @OrderName,
    @Customer, @CustomerCountry, @PartNumber, @Family, @DestinationCountry, @ShipDate, @Units, @ValueMinorUnits, @Currency, @Standing)
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

-- @CreatedAt datetime2(7), @Id char(36), @LiftNote nvarchar(4000), @LiftProposedBy nvarchar(4000), @LiftedBy nvarchar(4000), @PlacedBy nvarchar(4000), @Reason nvarchar(4000), @Shipment nvarchar(4000), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
insert into legal_holds (legal_hold_id, shipment, state, reason, placed_by, lift_proposed_by, lift_note, lifted_by, version,
    created_at, updated_at)
values (@Id, @Shipment, @State, @Reason, @PlacedBy, @LiftProposedBy, @LiftNote, @LiftedBy, @Version, @CreatedAt, @UpdatedAt)
go

-- @country nvarchar(4000), @id char(36)
insert into licence_destinations (licence_id, country) values (@id, @country)
go

-- @country nvarchar(4000), @id char(36)
insert into licence_excluded_headquarters (licence_id, country) values (@id, @country)
go

-- @ControlParagraph nvarchar(4000), @CurrencyCode nvarchar(4000), @DrawnQuantity bigint, @Family nvarchar(4000), @MinorUnits bigint, @Number int, @PartNumber nvarchar(4000), @Quantity bigint, @ReservedQuantity bigint, @UsedValueMinor bigint, @ValueLimitMinor bigint, @id char(36)
insert into licence_lines
    (licence_id, number, part_number, family, control_paragraph, quantity, currency, value_minor, value_limit_minor,
     reserved_quantity, drawn_quantity, used_value_minor)
values
    (@id, @Number, @PartNumber, @Family, @ControlParagraph, @Quantity, @CurrencyCode, @MinorUnits, @ValueLimitMinor,
     @ReservedQuantity, @DrawnQuantity, @UsedValueMinor)
go

-- @CreatedAt datetime2(7), @Currency nvarchar(4000), @Kind nvarchar(4000), @LicenceId char(36), @LineNumber int, @Quantity bigint, @Reason nvarchar(4000), @Sequence bigint, @ShipmentId char(36), @ValueMinor bigint
insert into licence_movements
    (licence_id, sequence, kind, line_number, quantity, currency, value_minor, shipment_id, reason, created_at)
values
    (@LicenceId, @Sequence, @Kind, @LineNumber, @Quantity, @Currency, @ValueMinor, @ShipmentId, @Reason, @CreatedAt)
go

-- @Id char(36), @LicenceId char(36), @NotifiedOn date, @RecordedAt datetime2(7), @RecordedBy nvarchar(4000), @Reference nvarchar(4000)
insert into licence_notifications (notification_id, licence_id, reference, notified_on, recorded_by, recorded_at, answer,
    answer_reference, answered_on, answered_by, answered_at)
values (@Id, @LicenceId, @Reference, @NotifiedOn, @RecordedBy, @RecordedAt, '', '', null, '', null)
go

-- @Country nvarchar(4000), @Name nvarchar(4000), @id char(36), @number int, @role nvarchar(4000)
insert into licence_parties (licence_id, number, name, country, role) values (@id, @number, @Name, @Country, @role)
go

-- @id char(36), @rule nvarchar(4000)
insert into licence_rules (licence_id, [rule]) values (@id, @rule)
go

-- @Currency nvarchar(4000), @LicenceId char(36), @LineNumber int, @Quantity bigint, @ShipmentId char(36), @State nvarchar(4000), @ValueMinor bigint
insert into licence_uses (licence_id, shipment_id, state, line_number, quantity, currency, value_minor)
values (@LicenceId, @ShipmentId, @State, @LineNumber, @Quantity, @Currency, @ValueMinor)
go

-- @Actor nvarchar(4000), @Body varbinary(max), @Change nvarchar(4000), @Id char(36), @Now datetime2(7), @Reason nvarchar(4000), @Revision bigint
insert into licence_versions (licence_id, revision, change, actor, reason, body, created_at)
values (@Id, @Revision, @Change, @Actor, @Reason, @Body, @Now)
go

-- @Authority nvarchar(4000), @Conditions nvarchar(4000), @CreatedAt datetime2(7), @Id char(36), @Kind nvarchar(4000), @LastLine int, @Licensee nvarchar(4000), @NotificationId char(36), @Number nvarchar(4000), @RegisteredBy nvarchar(4000), @Revision bigint, @State nvarchar(4000), @StateReason nvarchar(4000), @StatedBy nvarchar(4000), @SuspendedBy nvarchar(4000), @UpdatedAt datetime2(7), @ValidFrom date, @ValidTo date, @ValueTolerancePercent int, @Version bigint
insert into licences
    (id, kind, number, authority, licensee, valid_from, valid_to, conditions, state, value_tolerance_percent, registered_by,
     stated_by, suspended_by, state_reason, notification_id, last_line, movement_count, revision, version, created_at, updated_at)
values
    (@Id, @Kind, @Number, @Authority, @Licensee, @ValidFrom, @ValidTo, @Conditions, @State, @ValueTolerancePercent, @RegisteredBy,
     @StatedBy, @SuspendedBy, @StateReason, @NotificationId, @LastLine, 0, @Revision, @Version, @CreatedAt, @UpdatedAt)
go

-- @AfterDigest nvarchar(4000), @BeforeDigest nvarchar(4000), @Entry nvarchar(4000), @Kind nvarchar(4000), @List nvarchar(4000), @Number bigint
insert into list_changes (list, number, kind, entry, before_digest, after_digest)
values (@List, @Number, @Kind, @Entry, @BeforeDigest, @AfterDigest)
go

-- @body nvarchar(4000), @digest nvarchar(4000), @entry nvarchar(4000), @list nvarchar(4000)
insert into list_entries (list, entry, digest, body)
select @list, @entry, @digest, @body
where not exists (select 1 from list_entries where list = @list and entry = @entry and digest = @digest)
go

-- @id char(36), @kind nvarchar(4000), @recordedAt datetime2(7), @subject nvarchar(4000)
insert into list_recordings (id, kind, subject, recorded_at) values (@id, @kind, @subject, @recordedAt)
go

-- @AddedCount bigint, @AsOf date, @BaseNumber bigint, @ChangedCount bigint, @CreatedAt datetime2(7), @DecidedBy nvarchar(4000), @EntriesDigest nvarchar(4000), @EntryCount bigint, @FileCut bit, @FileDigest nvarchar(4000), @ImportedBy nvarchar(4000), @List nvarchar(4000), @Name nvarchar(4000), @Note nvarchar(4000), @Number bigint, @RecordedAt datetime2(7), @RemovedCount bigint, @Repairs nvarchar(4000), @SourceUri nvarchar(4000), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
insert into list_snapshots (name, list, number, state, source_uri, as_of, file_digest, entries_digest, base_number, entry_count,
    added_count, changed_count, removed_count, file_cut, repairs, imported_by, decided_by, note, recorded_at, version, created_at,
    updated_at)
values (@Name, @List, @Number, @State, @SourceUri, @AsOf, @FileDigest, @EntriesDigest, @BaseNumber, @EntryCount,
    @AddedCount, @ChangedCount, @RemovedCount, @FileCut, @Repairs, @ImportedBy, @DecidedBy, @Note, @RecordedAt, @Version,
    @CreatedAt, @UpdatedAt)
go

-- @EndDate date, @Id nvarchar(4000), @Name nvarchar(4000), @Source nvarchar(4000), @StartDate date, @digest nvarchar(4000), @list nvarchar(4000), @number bigint, @recordedAt datetime2(7)
insert into list_spans (list, entry, digest, listed_name, source, start_date, end_date, first_number, recorded_from)
values (@list, @Id, @digest, @Name, @Source, @StartDate, @EndDate, @number, @recordedAt)
go

-- @recordedAt datetime2(7), @threshold int
insert into list_thresholds (threshold, recorded_at) values (@threshold, @recordedAt)
go

-- @body varbinary(max), @operation nvarchar(4000), @shipment char(36)
insert into look_back_rows (operation, shipment_id, body) values (@operation, @shipment, @body)
go

-- @Baggage nvarchar(4000), @Body nvarchar(4000), @EventId char(36), @SentTime datetime2(7), @Traceparent nvarchar(4000), @Tracestate nvarchar(4000), @Type nvarchar(4000)
insert into outbox (event_id, type, body, sent_time, traceparent, tracestate, baggage)
values (@EventId, @Type, @Body, @SentTime, @Traceparent, @Tracestate, @Baggage)
go

-- @BaseNumber bigint, @Certainty nvarchar(4000), @CreatedAt datetime2(7), @DecidedBy nvarchar(4000), @Description nvarchar(4000), @DesignedForDataCenter bit, @DieAreaMm2 nvarchar(4000), @Family nvarchar(4000), @Id char(36), @IoBandwidthGbps nvarchar(4000), @MemoryBandwidthGbps nvarchar(4000), @Note nvarchar(4000), @Number bigint, @PartNumber nvarchar(4000), @PerformanceDensity nvarchar(4000), @ProposedBy nvarchar(4000), @RecordedAt datetime2(7), @Source nvarchar(4000), @State nvarchar(4000), @Tpp nvarchar(4000), @UpdatedAt datetime2(7), @Vendor nvarchar(4000), @Version bigint
insert into part_revisions
    (id, part_number, number, base_number, state, recorded_at, family, vendor, description, tpp, performance_density, die_area_mm2,
     io_bandwidth_gbps, memory_bandwidth_gbps, designed_for_data_center, source, certainty, proposed_by, decided_by, note, version,
     created_at, updated_at)
values
    (@Id, @PartNumber, @Number, @BaseNumber, @State, @RecordedAt, @Family, @Vendor, @Description, @Tpp, @PerformanceDensity,
     @DieAreaMm2, @IoBandwidthGbps, @MemoryBandwidthGbps, @DesignedForDataCenter, @Source, @Certainty, @ProposedBy, @DecidedBy,
     @Note, @Version, @CreatedAt, @UpdatedAt)
go

-- @CreatedAt datetime2(7), @Family nvarchar(4000), @Id char(36), @PartNumber nvarchar(4000), @UpdatedAt datetime2(7), @Vendor nvarchar(4000), @Version bigint
insert into parts (id, part_number, family, vendor, version, created_at, updated_at)
values (@Id, @PartNumber, @Family, @Vendor, @Version, @CreatedAt, @UpdatedAt)
go

-- @CreatedAt datetime2(7), @DecisionId char(36), @FactsDigest nvarchar(4000), @LicenceIds nvarchar(4000), @OrderName nvarchar(4000), @PermitId char(36), @RequestId char(36), @RevokeReason nvarchar(4000), @RevokedAt datetime2(7), @ShipDate date, @Shipment nvarchar(4000), @ShipmentRevision bigint, @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
insert into permits (permit_id, request_id, state, shipment, order_name, shipment_revision, ship_date, decision_id, licence_ids,
    facts_digest, revoke_reason, revoked_at, version, created_at, updated_at)
values (@PermitId, @RequestId, @State, @Shipment, @OrderName, @ShipmentRevision, @ShipDate, @DecisionId, @LicenceIds,
    @FactsDigest, @RevokeReason, @RevokedAt, @Version, @CreatedAt, @UpdatedAt)
go

-- @ConsigneeKey nvarchar(4000), @Original bigint, @RecordedAt datetime2(7), @ShipDate date, @ShipmentId char(36), @Units bigint
insert into plan_changes (consignee_key, shipment_id, ship_date, units, original, recorded_at)
values (@ConsigneeKey, @ShipmentId, @ShipDate, @Units, @Original, @RecordedAt)
go

-- @Country nvarchar(4000), @FormerDate date, @Id char(36), @Key nvarchar(4000), @Limit bigint, @Name nvarchar(4000), @NewDate date, @Pulled bigint, @ShipmentId char(36), @Units bigint, @Usual bigint, @WindowDays int, @now datetime2(7)
insert into pull_forwards (pull_forward_id, consignee_key, consignee_name, consignee_country, shipment_id, former_date, new_date,
    units, window_days, window_units, usual_units, limit_units, created_at)
values (@Id, @Key, @Name, @Country, @ShipmentId, @FormerDate, @NewDate, @Units, @WindowDays, @Pulled, @Usual, @Limit, @now)
go

-- @Basis nvarchar(4000), @Changed bigint, @DoneSeq bigint, @EndedAt datetime2(7), @Shipments bigint, @StartedAt datetime2(7), @Version bigint
insert into recheck_runs (version, basis, done_seq, shipments, changed, started_at, ended_at)
values (@Version, @Basis, @DoneSeq, @Shipments, @Changed, @StartedAt, @EndedAt)
go

-- @Kind nvarchar(4000), @Value nvarchar(4000), @order nvarchar(4000)
insert into record_keys (kind, value, order_name) values (@Kind, @Value, @order)
go

-- @id char(36), @kind nvarchar(4000), @recordedAt datetime2(7), @subject nvarchar(4000)
insert into recorded_changes (id, kind, subject, recorded_at) values (@id, @kind, @subject, @recordedAt)
go

-- @Amendment nvarchar(4000), @Changes nvarchar(4000), @CloseReason nvarchar(4000), @CreatedAt datetime2(7), @DecidedAt datetime2(7), @DecidedBy nvarchar(4000), @Effect nvarchar(4000), @ExpiresAt datetime2(7), @Facts nvarchar(4000), @FactsDigest nvarchar(4000), @FirstShipDate date, @HoldId char(36), @LastShipDate date, @LicenceId char(36), @Note nvarchar(4000), @ProposedBy nvarchar(4000), @ReasonCode nvarchar(4000), @ReleaseId char(36), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
insert into releases (release_id, hold_id, state, reason_code, note, licence_id, first_ship_date, last_ship_date, proposed_by,
    decided_by, decided_at, close_reason, facts_digest, facts, changes, amendment, effect, expires_at, version, created_at, updated_at)
values (@ReleaseId, @HoldId, @State, @ReasonCode, @Note, @LicenceId, @FirstShipDate, @LastShipDate, @ProposedBy,
    @DecidedBy, @DecidedAt, @CloseReason, @FactsDigest, @Facts, @Changes, @Amendment, @Effect, @ExpiresAt, @Version, @CreatedAt,
    @UpdatedAt)
go

-- @body varbinary(max), @decision char(36), @operation nvarchar(4000)
insert into replay_mismatches (operation, decision_id, body) values (@operation, @decision, @body)
go

-- @Actor nvarchar(4000), @ContentDigest nvarchar(4000), @CreatedAt datetime2(7), @Id char(36), @Method nvarchar(4000), @Response varbinary(max)
insert into requests (request_id, method, actor, content_digest, response, created_at)
values (@Id, @Method, @Actor, @ContentDigest, @Response, @CreatedAt)
go

-- @Actor nvarchar(4000), @Date date, @Id char(36), @Kind nvarchar(4000), @Note nvarchar(4000), @Now datetime2(7), @Shipment nvarchar(4000)
insert into retention_events (event_id, shipment, kind, event_date, note, recorded_by, created_at)
values (@Id, @Shipment, @Kind, @Date, @Note, @Actor, @Now)
go

-- @id char(36), @name nvarchar(4000), @now datetime2(7), @origin nvarchar(4000), @title nvarchar(4000)
insert into rules (id, name, title, origin, version, created_at, updated_at) values (@id, @name, @title, @origin, 1, @now, @now)
go

-- @Address nvarchar(4000), @Country nvarchar(4000), @HeadquartersCountry nvarchar(4000), @Name nvarchar(4000), @NameKey nvarchar(4000), @ShipmentId char(36)
insert into shipment_parties (shipment_id, name, name_key, country, headquarters_country, address)
values (@ShipmentId, @Name, @NameKey, @Country, @HeadquartersCountry, @Address)
go

-- @DecideAgainAt datetime2(7), @DecidedShipDate date, @DecisionId char(36), @DecisionNumber bigint, @DecisionSignature nvarchar(4000), @DepartedDate date, @Facts nvarchar(4000), @KnownVersion bigint, @OrderId char(36), @Outcome nvarchar(4000), @Overdue bigint, @PartNumber nvarchar(4000), @Phase nvarchar(4000), @PlaceTimeZone nvarchar(4000), @PlannedShipDate date, @Revision bigint, @ScreenedRevision bigint, @ScreeningNumber bigint, @Sequence bigint, @ShipmentId char(36), @Standing nvarchar(4000), @StandingReasons nvarchar(4000)
insert into shipments (shipment_id, order_id, sequence, revision, phase, facts, part_number, place_time_zone, planned_ship_date,
    departed_date, screened_revision, decision_id, decision_number, decision_signature, outcome, decided_ship_date, overdue,
    screening_number, standing, standing_reasons, known_version, decide_again_at)
values (@ShipmentId, @OrderId, @Sequence, @Revision, @Phase, @Facts, @PartNumber, @PlaceTimeZone, @PlannedShipDate,
    @DepartedDate, @ScreenedRevision, @DecisionId, @DecisionNumber, @DecisionSignature, @Outcome, @DecidedShipDate, @Overdue,
    @ScreeningNumber, @Standing, @StandingReasons, @KnownVersion, @DecideAgainAt)
go

select (select max(updated_at) from rules) as FirstInstant, (select max(recorded_at) from recorded_changes) as SecondInstant
go

-- @id char(36)
select [rule] from licence_rules where licence_id = @id order by [rule]
go

-- @day date, @shipment nvarchar(4000), @take int
select body from decisions
where shipment = @shipment and occasion in ('DISPATCH', 'DEPARTURE') and ship_date = @day
order by number desc offset 0 rows fetch next @take rows only
go

-- @id char(36)
select body from decisions where decision_id = @id
go

-- @action nvarchar(4000), @shipment nvarchar(4000)
select c.seq as Seq, c.kind as Kind, c.subject as Subject, p.body as Text
from audit_chain c join audit_payloads p on p.seq = c.seq
where c.shipment = @shipment and c.action <> @action order by c.seq
go

-- @entries1 bigint, @entries2 bigint
select c.seq as Seq, c.kind as Kind, c.subject as Subject, p.body as Text
from audit_chain c join audit_payloads p on p.seq = c.seq where c.seq in (@entries1, @entries2) order by c.seq
go

-- @list nvarchar(4000), @number bigint
select c.seq as Seq, c.list as List, c.number as Number, c.kind as Kind, c.entry as Entry, c.before_digest as BeforeDigest,
c.after_digest as AfterDigest, b.body as BeforeBody, a.body as AfterBody from list_changes c
left join list_entries b on b.list = c.list and b.entry = c.entry and b.digest = c.before_digest
left join list_entries a on a.list = c.list and a.entry = c.entry and a.digest = c.after_digest where c.list = @list and c.number = @number order by c.seq
go

-- @list nvarchar(4000), @number bigint, @take int
select c.seq as Seq, c.list as List, c.number as Number, c.kind as Kind, c.entry as Entry, c.before_digest as BeforeDigest,
c.after_digest as AfterDigest, b.body as BeforeBody, a.body as AfterBody, c.seq as OrderKey from list_changes c
left join list_entries b on b.list = c.list and b.entry = c.entry and b.digest = c.before_digest
left join list_entries a on a.list = c.list and a.entry = c.entry and a.digest = c.after_digest
where 1 = 1 and c.list = @list and c.number = @number order by c.seq asc offset 0 rows fetch next @take rows only
go

-- @id char(36)
select cancel_requested from jobs where job_id = @id
go

select coalesce(max(seq), 0) as Last, count(*) as Count from decisions where 1 = 1
go

-- @filter0 datetime2(7)
select coalesce(max(seq), 0) as Last, count(*) as Count from decisions where 1 = 1 and created_at < @filter0
go

-- @filter0 nvarchar(4000), @filter1 bigint
select coalesce(max(seq), 0) as Last, count(*) as Count from decisions where 1 = 1 and shipment = @filter0 and number = @filter1
go

select coalesce(max(seq), 0) as Last, count(*) as Count from shipments where (phase in ('PERMITTED', 'DEPARTED') or (phase = 'CLOSED' and departed_date is not null))
go

select coalesce(max(seq), 0) from audit_chain
go

select coalesce(max(seq), 0) from shipments
go

-- @shipmentId char(36)
select consignee_key as ConsigneeKey, ship_date as ShipDate, sum(units) as Units
from plan_changes where shipment_id = @shipmentId group by consignee_key, ship_date
go

select count(*) from audit_blocks
go

select count(*) from audit_chain where kind = 'SIGN_IN'
go

-- @subject nvarchar(4000)
select count(*) from audit_chain where kind = 'SIGN_IN' and subject = @subject
go

select count(*) from dead_letters
go

select count(*) from erased_records
go

-- @shipment nvarchar(4000)
select count(*) from erased_records where shipment = @shipment
go

select count(*) from holds
go

-- @reason nvarchar(4000), @shipment nvarchar(4000)
select count(*) from holds where shipment = @shipment and reason = @reason and state <> 'VOIDED'
go

select count(*) from jobs
go

select count(*) from jobs where finished = 0
go

select count(*) from licence_lines
go

-- @licenceId char(36), @lineNumber int
select count(*) from licence_lines where licence_id = @licenceId and number = @lineNumber and value_minor is not null
go

select count(*) from licence_versions
go

-- @Id char(36)
select count(*) from licence_versions where licence_id = @Id
go

select count(*) from licences
go

-- @id char(36)
select count(*) from licences where id = @id
go

-- @Number nvarchar(4000)
select count(*) from licences where number = @Number
go

select count(*) from list_snapshots
go

-- @BaseNumber bigint, @List nvarchar(4000), @Number bigint
select count(*) from list_snapshots where list = @List and state = 'PROPOSED' and base_number = @BaseNumber and number <> @Number
go

select count(*) from list_thresholds
go

select count(*) from outbox
go

-- @name nvarchar(4000)
select count(*) from recorded_changes where subject = @name
go

select count(*) from redeliveries
go

select count(*) from shipments
go

-- @DecideAgainAt datetime2(7), @DecisionNumber bigint, @KnownVersion bigint, @Phase nvarchar(4000), @Revision bigint, @ScreeningNumber bigint, @Seq bigint, @Sequence bigint
select count(*) from shipments
where seq = @Seq and phase = @Phase and sequence = @Sequence and revision = @Revision and decision_number = @DecisionNumber
    and screening_number = @ScreeningNumber and known_version = @KnownVersion
    and (decide_again_at = @DecideAgainAt or (decide_again_at is null and @DecideAgainAt is null))
go

-- @version bigint
select count(*) from shipments where phase = 'OPEN' and known_version < @version
go

-- @covered bigint, @version bigint
select count(*) from shipments where phase = 'OPEN' and known_version < @version and seq > @covered
go

-- @phases1 nvarchar(4000), @phases2 nvarchar(4000)
select count(*) from shipments where phase in (@phases1, @phases2)
go

-- @id char(36)
select country from licence_destinations where licence_id = @id order by country
go

-- @id char(36)
select country from licence_excluded_headquarters where licence_id = @id order by country
go

-- @take int
select created_at as CreatedAt from decisions order by created_at desc, seq desc offset 0 rows fetch next @take rows only
go

-- @ids1 nvarchar(4000), @ids2 nvarchar(4000)
select decision_id as Id, body as Body from decisions where decision_id in (@ids1, @ids2)
go

-- @shipment nvarchar(4000)
select decision_id as Id, body as Body from decisions where shipment = @shipment order by number
go

select decision_id as Id, shipment as Shipment, occasion as Occasion, outcome as Outcome, created_at as CreatedAt, body as Body
from decisions order by seq
go

select distinct shipment from holds where state in ('OPEN', 'RELEASE_PROPOSED') and origin <> 'FINDING'
go

select distinct shipment from holds where state in ('RELEASE_PROPOSED', 'SETTLED') or (state = 'OPEN' and lapsed = 1)
go

-- @shipment nvarchar(4000)
select distinct subject from audit_chain where shipment = @shipment and payload_digest <> '' and kind <> 'PURGE'
go

-- @now datetime2(7), @take int
select event_id as EventId, consumer as Consumer, type as Type, body as Body, sent_time as SentTime,
       traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage, attempts as Attempts
from redeliveries
where due_at <= @now
order by due_at, seq offset 0 rows fetch next @take rows only
go

-- @count bigint
select hash from audit_blocks where position < @count order by position
go

-- @seq bigint
select hash from audit_chain where seq = @seq
go

-- @from bigint, @to bigint
select hash from audit_chain where seq >= @from and seq <= @to order by seq
go

-- @number bigint, @rule nvarchar(4000)
select id as Id, [rule] as [Rule], number as Number, position as Position, title as Title, definition as Definition, digest as Digest,
state as State, recorded_at as RecordedAt, proposed_by as ProposedBy, decided_by as DecidedBy, note as Note, version as Version,
tests as Tests, tests_digest as TestsDigest, base_change as BaseChange, reviewed_by as ReviewedBy, reviewed_at as ReviewedAt,
review_note as ReviewNote, created_at as CreatedAt, updated_at as UpdatedAt from amendments where [rule] = @rule and number = @number
go

-- @rule nvarchar(4000)
select id as Id, [rule] as [Rule], number as Number, position as Position, title as Title, definition as Definition, digest as Digest,
state as State, recorded_at as RecordedAt, proposed_by as ProposedBy, decided_by as DecidedBy, note as Note, version as Version,
tests as Tests, tests_digest as TestsDigest, base_change as BaseChange, reviewed_by as ReviewedBy, reviewed_at as ReviewedAt,
review_note as ReviewNote, created_at as CreatedAt, updated_at as UpdatedAt from amendments where [rule] = @rule order by number
go

select id as Id, [rule] as [Rule], number as Number, position as Position, title as Title, definition as Definition, digest as Digest,
state as State, recorded_at as RecordedAt, proposed_by as ProposedBy, decided_by as DecidedBy, note as Note, version as Version,
tests as Tests, tests_digest as TestsDigest, base_change as BaseChange, reviewed_by as ReviewedBy, reviewed_at as ReviewedAt,
review_note as ReviewNote, created_at as CreatedAt, updated_at as UpdatedAt from amendments where state = 'PUBLISHED' order by seq
go

-- @partNumber nvarchar(4000)
select id as Id, part_number as PartNumber, number as Number, base_number as BaseNumber, state as State, recorded_at as RecordedAt,
family as Family, vendor as Vendor, description as Description, tpp as Tpp, performance_density as PerformanceDensity,
die_area_mm2 as DieAreaMm2, io_bandwidth_gbps as IoBandwidthGbps, memory_bandwidth_gbps as MemoryBandwidthGbps,
designed_for_data_center as DesignedForDataCenter, source as Source, certainty as Certainty, proposed_by as ProposedBy,
decided_by as DecidedBy, note as Note, version as Version, created_at as CreatedAt, updated_at as UpdatedAt from part_revisions where part_number = @partNumber order by number
go

select id as Id, part_number as PartNumber, number as Number, base_number as BaseNumber, state as State, recorded_at as RecordedAt,
family as Family, vendor as Vendor, description as Description, tpp as Tpp, performance_density as PerformanceDensity,
die_area_mm2 as DieAreaMm2, io_bandwidth_gbps as IoBandwidthGbps, memory_bandwidth_gbps as MemoryBandwidthGbps,
designed_for_data_center as DesignedForDataCenter, source as Source, certainty as Certainty, proposed_by as ProposedBy,
decided_by as DecidedBy, note as Note, version as Version, created_at as CreatedAt, updated_at as UpdatedAt from part_revisions where state = 'APPROVED' order by seq
go

-- @exporter nvarchar(4000), @take int, @today date
select id from licences where licensee = @exporter and state = 'ACTIVE' and valid_to >= @today order by valid_to, id offset 0 rows fetch next @take rows only
go

-- @now datetime2(7), @take int
select job_id from jobs where finished = 0 and (leased_until is null or leased_until < @now) order by seq offset 0 rows fetch next @take rows only
go

-- @shipment nvarchar(4000)
select kind as Kind, event_date as Date from retention_events where shipment = @shipment order by seq
go

-- @order nvarchar(4000)
select kind as Kind, value as Value from record_keys where order_name = @order
go

-- @id char(36)
select kind from jobs where job_id = @id
go

-- @take int, @today date
select l.id as LicenceId, x.number as Line, x.quantity as Quantity, x.reserved_quantity + x.drawn_quantity as Used,
    x.value_limit_minor as ValueLimit, x.used_value_minor as UsedValue
from licences l join licence_lines x on x.licence_id = l.id
where l.state = 'ACTIVE' and l.valid_to >= @today
order by l.seq desc, x.number offset 0 rows fetch next @take rows only
go

-- @id char(36)
select legal_hold_id as Id, shipment as Shipment, state as State, reason as Reason, placed_by as PlacedBy,
lift_proposed_by as LiftProposedBy, lift_note as LiftNote, lifted_by as LiftedBy, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from legal_holds where legal_hold_id = @id
go

-- @shipment nvarchar(4000)
select legal_hold_id as Id, shipment as Shipment, state as State, reason as Reason, placed_by as PlacedBy,
lift_proposed_by as LiftProposedBy, lift_note as LiftNote, lifted_by as LiftedBy, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from legal_holds where shipment = @shipment and state <> 'LIFTED'
go

-- @list nvarchar(4000)
select max(number) from list_snapshots where list = @list
go

-- @after bigint
select max(p.seq) as Seq, p.name as Name, p.country as Country, p.headquarters_country as HeadquartersCountry, p.address as Address
from shipment_parties p join shipments s on s.shipment_id = p.shipment_id
where s.phase in ('OPEN', 'PERMITTED') and p.seq > @after
group by p.name, p.country, p.headquarters_country, p.address
go

-- @key nvarchar(4000), @since datetime2(7)
select max(ship_date) as LastDate, coalesce(sum(-units), 0) as Units
from plan_changes where consignee_key = @key and recorded_at > @since and units < 0
go

-- @id char(36)
select method as Method, actor as Actor, content_digest as ContentDigest, response as Response
from requests
where request_id = @id
go

select min(created_at) as FirstInstant from holds where state in ('OPEN', 'RELEASE_PROPOSED')
go

-- @from date, @key nvarchar(4000), @today date
select min(p.ship_date) as FirstDate, coalesce(sum(p.units), 0) as Units
from plan_changes p join shipments s on s.shipment_id = p.shipment_id
where p.consignee_key = @key and p.original = 1 and p.ship_date >= @from and p.ship_date < @today and s.phase = 'DEPARTED'
go

-- @licenceId char(36)
select movement_count from licences where id = @licenceId
go

-- @id char(36)
select name as Name, country as Country, role as Role from licence_parties where licence_id = @id order by number
go

select next_seq from decision_terms_backlog
go

-- @id char(36)
select notification_id as Id, reference as Reference, notified_on as NotifiedOn, recorded_by as RecordedBy,
    recorded_at as RecordedAt, answer as Answer, answer_reference as AnswerReference, answered_on as AnsweredOn,
    answered_by as AnsweredBy, answered_at as AnsweredAt
from licence_notifications where notification_id = @id
go

-- @id char(36)
select number as Number, part_number as PartNumber, family as Family, control_paragraph as ControlParagraph, quantity as Quantity,
    currency as Currency, value_minor as ValueMinor, value_limit_minor as ValueLimitMinor, reserved_quantity as ReservedQuantity,
    drawn_quantity as DrawnQuantity, used_value_minor as UsedValueMinor
from licence_lines where licence_id = @id order by number
go

-- @id char(36)
select order_id from shipments where shipment_id = @id
go

select p.body from audit_chain c join audit_payloads p on p.seq = c.seq where c.kind = 'PURGE' order by c.seq
go

-- @dayAgo datetime2(7), @weekAgo datetime2(7)
select reason as Reason, hold_class as HoldClass, count(*) as Holds,
    sum(case when created_at > @dayAgo then 1 else 0 end) as UnderADay,
    sum(case when created_at <= @weekAgo then 1 else 0 end) as OverAWeek
from holds where state in ('OPEN', 'RELEASE_PROPOSED')
group by reason, hold_class
go

select recorded_at as RecordedAt, actor as Actor, action as Action, subject as Subject, outcome as Outcome, detail as Detail,
    trace_id as TraceId
from audit_entries_before_chain order by seq
go

-- @holds1 nvarchar(4000), @holds2 nvarchar(4000)
select releases.release_id as ReleaseId, releases.hold_id as HoldId, releases.state as State, releases.reason_code as ReasonCode,
releases.note as Note, releases.licence_id as LicenceId, releases.first_ship_date as FirstShipDate,
releases.last_ship_date as LastShipDate, releases.proposed_by as ProposedBy, releases.decided_by as DecidedBy,
releases.decided_at as DecidedAt, releases.close_reason as CloseReason, releases.facts_digest as FactsDigest,
releases.facts as Facts, releases.changes as Changes, releases.amendment as Amendment, releases.effect as Effect,
releases.expires_at as ExpiresAt, releases.version as Version, releases.created_at as CreatedAt, releases.updated_at as UpdatedAt from releases where releases.hold_id in (@holds1, @holds2) order by releases.seq
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select releases.seq as Seq, releases.seq as OrderKey, holds.shipment as Shipment,
    holds.reason as HoldReason, releases.release_id as ReleaseId, releases.hold_id as HoldId, releases.state as State, releases.reason_code as ReasonCode,
releases.note as Note, releases.licence_id as LicenceId, releases.first_ship_date as FirstShipDate,
releases.last_ship_date as LastShipDate, releases.proposed_by as ProposedBy, releases.decided_by as DecidedBy,
releases.decided_at as DecidedAt, releases.close_reason as CloseReason, releases.facts_digest as FactsDigest,
releases.facts as Facts, releases.changes as Changes, releases.amendment as Amendment, releases.effect as Effect,
releases.expires_at as ExpiresAt, releases.version as Version, releases.created_at as CreatedAt, releases.updated_at as UpdatedAt
from releases join holds on holds.hold_id = releases.hold_id
where  1 = 1 and releases.decided_by = @filter0 and releases.state = @filter1 order by releases.seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select releases.seq as Seq, releases.seq as OrderKey, holds.shipment as Shipment,
    holds.reason as HoldReason, releases.release_id as ReleaseId, releases.hold_id as HoldId, releases.state as State, releases.reason_code as ReasonCode,
releases.note as Note, releases.licence_id as LicenceId, releases.first_ship_date as FirstShipDate,
releases.last_ship_date as LastShipDate, releases.proposed_by as ProposedBy, releases.decided_by as DecidedBy,
releases.decided_at as DecidedAt, releases.close_reason as CloseReason, releases.facts_digest as FactsDigest,
releases.facts as Facts, releases.changes as Changes, releases.amendment as Amendment, releases.effect as Effect,
releases.expires_at as ExpiresAt, releases.version as Version, releases.created_at as CreatedAt, releases.updated_at as UpdatedAt
from releases join holds on holds.hold_id = releases.hold_id
where  1 = 1 and releases.decided_by = @filter0 order by releases.seq asc offset 0 rows fetch next @take rows only
go

-- @hold char(36), @take int
select releases.seq as Seq, releases.updated_at as OrderKey, holds.shipment as Shipment,
    holds.reason as HoldReason, releases.release_id as ReleaseId, releases.hold_id as HoldId, releases.state as State, releases.reason_code as ReasonCode,
releases.note as Note, releases.licence_id as LicenceId, releases.first_ship_date as FirstShipDate,
releases.last_ship_date as LastShipDate, releases.proposed_by as ProposedBy, releases.decided_by as DecidedBy,
releases.decided_at as DecidedAt, releases.close_reason as CloseReason, releases.facts_digest as FactsDigest,
releases.facts as Facts, releases.changes as Changes, releases.amendment as Amendment, releases.effect as Effect,
releases.expires_at as ExpiresAt, releases.version as Version, releases.created_at as CreatedAt, releases.updated_at as UpdatedAt
from releases join holds on holds.hold_id = releases.hold_id
where releases.hold_id = @hold and 1 = 1 order by releases.updated_at desc, releases.seq desc offset 0 rows fetch next @take rows only
go

select s.seq as Seq, s.list as List, s.entry as Entry, s.digest as Digest, s.first_number as FirstNumber, s.recorded_from as RecordedFrom,
s.recorded_to as RecordedTo, e.body as Body from list_spans s join list_entries e on e.list = s.list and e.entry = s.entry and e.digest = s.digest order by s.seq
go

-- @entry nvarchar(4000), @list nvarchar(4000)
select s.seq as Seq, s.list as List, s.entry as Entry, s.digest as Digest, s.first_number as FirstNumber, s.recorded_from as RecordedFrom,
s.recorded_to as RecordedTo, e.body as Body from list_spans s join list_entries e on e.list = s.list and e.entry = s.entry and e.digest = s.digest where s.list = @list and s.entry = @entry and s.last_number is null
go

-- @list nvarchar(4000)
select s.seq as Seq, s.list as List, s.entry as Entry, s.digest as Digest, s.first_number as FirstNumber, s.recorded_from as RecordedFrom,
s.recorded_to as RecordedTo, e.body as Body from list_spans s join list_entries e on e.list = s.list and e.entry = s.entry and e.digest = s.digest where s.list = @list and s.last_number is null order by s.entry
go

-- @list nvarchar(4000), @number bigint, @take int
select s.seq as Seq, s.list as List, s.entry as Entry, s.digest as Digest, s.first_number as FirstNumber, s.recorded_from as RecordedFrom,
s.recorded_to as RecordedTo, e.body as Body, s.seq as OrderKey from list_spans s join list_entries e on e.list = s.list and e.entry = s.entry and e.digest = s.digest
where 1 = 1 and s.list = @list and s.first_number <= @number and (s.last_number is null or s.last_number > @number) order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @list nvarchar(4000), @take int
select s.seq as Seq, s.list as List, s.entry as Entry, s.digest as Digest, s.first_number as FirstNumber, s.recorded_from as RecordedFrom,
s.recorded_to as RecordedTo, e.body as Body, s.seq as OrderKey from list_spans s join list_entries e on e.list = s.list and e.entry = s.entry and e.digest = s.digest
where 1 = 1 and s.list = @list and s.last_number is null order by s.seq asc offset 0 rows fetch next @take rows only
go

-- @from bigint, @to bigint
select seq as Seq, body as Body from audit_payloads where seq >= @from and seq <= @to
go

-- @after bigint, @operation nvarchar(4000), @take int
select seq as Seq, body as Body from look_back_rows where operation = @operation and seq > @after order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @operation nvarchar(4000), @take int
select seq as Seq, body as Body from replay_mismatches where operation = @operation and seq > @after order by seq offset 0 rows fetch next @take rows only
go

-- @Entry nvarchar(4000), @EntryDigest nvarchar(4000), @PartyCountry nvarchar(4000), @PartyKey nvarchar(4000), @ValidFrom date, @ValidTo date
select seq as Seq, clearance_id as Id, state as State, party_name as PartyName, party_key as PartyKey, party_country as PartyCountry,
entry as Entry, entry_digest as EntryDigest, valid_from as ValidFrom, valid_to as ValidTo, note as Note,
proposed_by as ProposedBy, decided_by as DecidedBy, close_note as CloseNote, revoked_by as RevokedBy, recorded_at as RecordedAt,
revoked_at as RevokedAt, version as Version, created_at as CreatedAt, updated_at as UpdatedAt from clearances
where party_key = @PartyKey and party_country = @PartyCountry and entry = @Entry and entry_digest = @EntryDigest
    and state in ('PROPOSED', 'APPROVED') and valid_from <= @ValidTo and valid_to >= @ValidFrom
go

-- @id char(36)
select seq as Seq, clearance_id as Id, state as State, party_name as PartyName, party_key as PartyKey, party_country as PartyCountry,
entry as Entry, entry_digest as EntryDigest, valid_from as ValidFrom, valid_to as ValidTo, note as Note,
proposed_by as ProposedBy, decided_by as DecidedBy, close_note as CloseNote, revoked_by as RevokedBy, recorded_at as RecordedAt,
revoked_at as RevokedAt, version as Version, created_at as CreatedAt, updated_at as UpdatedAt from clearances where clearance_id = @id
go

select seq as Seq, clearance_id as Id, state as State, party_name as PartyName, party_key as PartyKey, party_country as PartyCountry,
entry as Entry, entry_digest as EntryDigest, valid_from as ValidFrom, valid_to as ValidTo, note as Note,
proposed_by as ProposedBy, decided_by as DecidedBy, close_note as CloseNote, revoked_by as RevokedBy, recorded_at as RecordedAt,
revoked_at as RevokedAt, version as Version, created_at as CreatedAt, updated_at as UpdatedAt from clearances where recorded_at is not null order by seq
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, clearance_id as Id, state as State, party_name as PartyName, party_key as PartyKey, party_country as PartyCountry,
entry as Entry, entry_digest as EntryDigest, valid_from as ValidFrom, valid_to as ValidTo, note as Note,
proposed_by as ProposedBy, decided_by as DecidedBy, close_note as CloseNote, revoked_by as RevokedBy, recorded_at as RecordedAt,
revoked_at as RevokedAt, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, seq as OrderKey from clearances
where 1 = 1 and state = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @after bigint, @take int
select seq as Seq, decision_id as Id from decisions where seq > @after order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @filter0 datetime2(7), @last bigint, @take int
select seq as Seq, decision_id as Id, body as Body
from decisions where 1 = 1 and created_at < @filter0 and seq > @after and seq <= @last order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @last bigint, @take int
select seq as Seq, decision_id as Id, body as Body
from decisions where 1 = 1 and seq > @after and seq <= @last order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @filter0 nvarchar(4000), @filter1 bigint, @last bigint, @take int
select seq as Seq, decision_id as Id, body as Body
from decisions where 1 = 1 and shipment = @filter0 and number = @filter1 and seq > @after and seq <= @last order by seq offset 0 rows fetch next @take rows only
go

-- @id nvarchar(4000)
select seq as Seq, decision_id as Id, body as Body from decisions where decision_id = @id
go

-- @after bigint, @take int
select seq as Seq, decision_id as Id, body as Body from decisions where seq > @after order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @take int
select seq as Seq, event_id as EventId, type as Type, body as Body, sent_time as SentTime,
       traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage
from outbox
where published_at is null and seq > @after
order by seq offset 0 rows fetch next @take rows only
go

select seq as Seq, hash as Hash from audit_heads where id = 1
go

-- @id char(36)
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt from holds where hold_id = @id
go

-- @shipment nvarchar(4000)
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt from holds where shipment = @shipment and state <> 'VOIDED' order by seq
go

-- @names1 nvarchar(4000), @names2 nvarchar(4000)
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt from holds where shipment in (@names1, @names2) and state <> 'VOIDED' order by seq
go

-- @filter0 bigint, @filter1 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, created_at as OrderKey
from holds where 1 = 1 and lapsed = @filter0 and state = @filter1 order by created_at asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, created_at as OrderKey
from holds where 1 = 1 and state = @filter0 order by created_at asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, planned_ship_date as OrderKey
from holds where 1 = 1 and buyer = @filter0 order by planned_ship_date asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, planned_ship_date as OrderKey
from holds where 1 = 1 and reason = @filter0 and state = @filter1 order by planned_ship_date asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @filter2 date, @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, planned_ship_date as OrderKey
from holds where 1 = 1 and state = @filter0 and hold_class = @filter1 and planned_ship_date <= @filter2 order by planned_ship_date asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, planned_ship_date as OrderKey
from holds where 1 = 1 and state = @filter0 order by planned_ship_date asc, seq asc offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, planned_ship_date as OrderKey
from holds where 1 = 1 order by planned_ship_date asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 bigint, @filter1 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, seq as OrderKey
from holds where 1 = 1 and lapsed = @filter0 and state = @filter1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 date, @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, seq as OrderKey
from holds where 1 = 1 and owner = @filter0 and planned_ship_date <= @filter1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @afterSeq bigint, @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, seq as OrderKey
from holds where 1 = 1 and seq > @afterSeq order by seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, seq as OrderKey
from holds where 1 = 1 and shipment = @filter0 and state = @filter1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, seq as OrderKey
from holds where 1 = 1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @afterKey bigint, @afterSeq bigint, @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, value_minor as OrderKey
from holds where 1 = 1 and (value_minor < @afterKey or (value_minor = @afterKey and seq < @afterSeq)) order by value_minor desc, seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, value_minor as OrderKey
from holds where 1 = 1 and destination_country = @filter0 and part_number = @filter1 order by value_minor desc, seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, value_minor as OrderKey
from holds where 1 = 1 and owner = @filter0 and state = @filter1 order by value_minor desc, seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, value_minor as OrderKey
from holds where 1 = 1 and state = @filter0 and currency = @filter1 order by value_minor desc, seq desc offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt, value_minor as OrderKey
from holds where 1 = 1 order by value_minor desc, seq desc offset 0 rows fetch next @take rows only
go

-- @id char(36)
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from licences where id = @id
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and authority = @filter1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and kind = @filter1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and listed.id in (select among.licence_id from licence_destinations among where among.country = @filter1) order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and listed.id in (select among.licence_id from licence_lines among where among.control_paragraph = @filter1) order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @filter2 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and listed.id in (select among.licence_id from licence_lines among where among.family = @filter1) and listed.id in (select among.licence_id from licence_parties among where among.name = @filter2) order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and listed.id in (select among.licence_id from licence_lines among where among.part_number = @filter1) order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and listed.id in (select among.licence_id from licence_parties among where among.name = @filter1) order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and listed.id in (select among.licence_id from licence_rules among where among.[rule] = @filter1) order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and not listed.id in (select among.licence_id from licence_lines among where among.control_paragraph = @filter1) order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and not listed.id in (select among.licence_id from licence_parties among where among.name = @filter1) order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and registered_by = @filter1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 date, @filter2 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and valid_to <= @filter1 and shown_state = @filter2 order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 date, @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and number = @filter0 and valid_to <= @filter1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and shown_state = @filter0 and number = @filter1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @afterKey date, @afterSeq bigint, @dayEverywhere date, @filter0 nvarchar(4000), @filter1 date, @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, valid_to as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and licensee = @filter0 and valid_to > @filter1 and (valid_to < @afterKey or (valid_to = @afterKey and seq < @afterSeq)) order by valid_to desc, seq desc offset 0 rows fetch next @take rows only
go

-- @dayEverywhere date, @filter0 nvarchar(4000), @filter1 date, @take int
select seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, valid_to as OrderKey from (
    select l.*,
        case
            when l.state <> 'ACTIVE' then l.state
            when l.valid_to < @dayEverywhere then 'EXPIRED'
            when not exists (
                select 1 from licence_lines n
                where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                    and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
            else 'ACTIVE'
        end as shown_state
    from licences l
) listed where 1 = 1 and licensee = @filter0 and valid_to > @filter1 order by valid_to desc, seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, id as Id, name as Name, title as Title, origin as Origin, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from rules where 1 = 1 and name = @filter0 order by name asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, name as Name, title as Title, origin as Origin, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from rules where 1 = 1 and origin = @filter0 and name = @filter1 order by name asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, id as Id, name as Name, title as Title, origin as Origin, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from rules where 1 = 1 and origin = @filter0 order by name asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, id as Id, name as Name, title as Title, origin as Origin, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from rules where 1 = 1 and title = @filter0 order by name asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 datetime2(7), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, name as Name, title as Title, origin as Origin, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from rules where 1 = 1 and updated_at >= @filter0 and name = @filter1 order by name asc, seq asc offset 0 rows fetch next @take rows only
go

-- @name nvarchar(4000)
select seq as Seq, id as Id, name as Name, title as Title, origin as Origin, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from rules where name = @name
go

-- @afterKey nvarchar(4000), @afterSeq bigint, @take int
select seq as Seq, id as Id, part_number as PartNumber, family as Family, vendor as Vendor, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from parts where 1 = 1 and (part_number > @afterKey or (part_number = @afterKey and seq > @afterSeq)) order by part_number asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 datetime2(7), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, part_number as PartNumber, family as Family, vendor as Vendor, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from parts where 1 = 1 and created_at >= @filter0 and family = @filter1 order by part_number asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, id as Id, part_number as PartNumber, family as Family, vendor as Vendor, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from parts where 1 = 1 and family = @filter0 order by part_number asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, id as Id, part_number as PartNumber, family as Family, vendor as Vendor, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from parts where 1 = 1 and part_number = @filter0 order by part_number asc, seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, id as Id, part_number as PartNumber, family as Family, vendor as Vendor, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from parts where 1 = 1 and vendor = @filter0 and part_number = @filter1 order by part_number asc, seq asc offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, id as Id, part_number as PartNumber, family as Family, vendor as Vendor, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from parts where 1 = 1 order by part_number asc, seq asc offset 0 rows fetch next @take rows only
go

-- @partNumber nvarchar(4000)
select seq as Seq, id as Id, part_number as PartNumber, family as Family, vendor as Vendor, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from parts where part_number = @partNumber
go

select seq as Seq, id as Id, recorded_at as RecordedAt from list_recordings where seq = (select max(seq) from list_recordings)
go

select seq as Seq, id as Id, recorded_at as RecordedAt from recorded_changes
where seq = (select max(seq) from recorded_changes)
go

-- @readableKinds1 nvarchar(4000), @readableKinds2 nvarchar(4000), @reader nvarchar(4000), @take int
select seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt from jobs where 1 = 1 and (actor = @reader or kind in (@readableKinds1, @readableKinds2)) order by seq desc offset 0 rows fetch next @take rows only
go

-- @id char(36)
select seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt from jobs where job_id = @id
go

-- @after bigint, @direction nvarchar(4000), @job char(36), @take int
select seq as Seq, job_id as JobId, row_number as RowNumber, direction as Direction, outcome_before as OutcomeBefore,
outcome_after as OutcomeAfter, rules_before as RulesBefore, rules_after as RulesAfter, shipment as Shipment,
order_name as OrderName, customer as Customer, customer_country as CustomerCountry, part_number as PartNumber, family as Family,
destination_country as DestinationCountry, ship_date as ShipDate, units as Units, value_minor_units as ValueMinorUnits,
currency as Currency, standing as Standing from impact_rows
where job_id = @job and row_number > @after and (@direction = '' or direction = @direction)
order by row_number offset 0 rows fetch next @take rows only
go

-- @afterSeq bigint, @filter0 nvarchar(4000), @filter1 bigint, @job char(36), @take int
select seq as Seq, job_id as JobId, row_number as RowNumber, direction as Direction, outcome_before as OutcomeBefore,
outcome_after as OutcomeAfter, rules_before as RulesBefore, rules_after as RulesAfter, shipment as Shipment,
order_name as OrderName, customer as Customer, customer_country as CustomerCountry, part_number as PartNumber, family as Family,
destination_country as DestinationCountry, ship_date as ShipDate, units as Units, value_minor_units as ValueMinorUnits,
currency as Currency, standing as Standing from impact_rows where job_id = @job and 1 = 1 and destination_country = @filter0 and units >= @filter1 and seq > @afterSeq order by seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 bigint, @job char(36), @take int
select seq as Seq, job_id as JobId, row_number as RowNumber, direction as Direction, outcome_before as OutcomeBefore,
outcome_after as OutcomeAfter, rules_before as RulesBefore, rules_after as RulesAfter, shipment as Shipment,
order_name as OrderName, customer as Customer, customer_country as CustomerCountry, part_number as PartNumber, family as Family,
destination_country as DestinationCountry, ship_date as ShipDate, units as Units, value_minor_units as ValueMinorUnits,
currency as Currency, standing as Standing from impact_rows where job_id = @job and 1 = 1 and destination_country = @filter0 and units >= @filter1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @job char(36), @take int
select seq as Seq, job_id as JobId, row_number as RowNumber, direction as Direction, outcome_before as OutcomeBefore,
outcome_after as OutcomeAfter, rules_before as RulesBefore, rules_after as RulesAfter, shipment as Shipment,
order_name as OrderName, customer as Customer, customer_country as CustomerCountry, part_number as PartNumber, family as Family,
destination_country as DestinationCountry, ship_date as ShipDate, units as Units, value_minor_units as ValueMinorUnits,
currency as Currency, standing as Standing from impact_rows where job_id = @job and 1 = 1 and direction = @filter0 order by seq asc offset 0 rows fetch next @take rows only
go

-- @job char(36), @take int
select seq as Seq, job_id as JobId, row_number as RowNumber, direction as Direction, outcome_before as OutcomeBefore,
outcome_after as OutcomeAfter, rules_before as RulesBefore, rules_after as RulesAfter, shipment as Shipment,
order_name as OrderName, customer as Customer, customer_country as CustomerCountry, part_number as PartNumber, family as Family,
destination_country as DestinationCountry, ship_date as ShipDate, units as Units, value_minor_units as ValueMinorUnits,
currency as Currency, standing as Standing from impact_rows where job_id = @job and 1 = 1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @order nvarchar(4000), @take int
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash from audit_chain where 1 = 1 and order_name <> '' and order_name = @order order by seq asc offset 0 rows fetch next @take rows only
go

-- @shipment nvarchar(4000), @take int
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash from audit_chain where 1 = 1 and order_name <> '' and order_name in (select order_name from audit_chain where shipment = @shipment and order_name <> '') order by seq asc offset 0 rows fetch next @take rows only
go

-- @kind0 nvarchar(4000), @kind1 nvarchar(4000), @take int, @value0 nvarchar(4000), @value1 nvarchar(4000)
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash from audit_chain where 1 = 1 and order_name <> '' and order_name in (select order_name from record_keys where kind = @kind0 and value = @value0) and order_name in (select order_name from record_keys where kind = @kind1 and value = @value1) order by seq asc offset 0 rows fetch next @take rows only
go

-- @kind0 nvarchar(4000), @take int, @value0 nvarchar(4000)
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash from audit_chain where 1 = 1 and order_name <> '' and order_name in (select order_name from record_keys where kind = @kind0 and value = @value0) order by seq asc offset 0 rows fetch next @take rows only
go

-- @afterSeq bigint, @kind0 nvarchar(4000), @take int, @value0 nvarchar(4000)
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash from audit_chain where 1 = 1 and seq > @afterSeq and order_name <> '' and order_name in (select order_name from record_keys where kind = @kind0 and value = @value0) order by seq asc offset 0 rows fetch next @take rows only
go

-- @names1 nvarchar(4000), @names2 nvarchar(4000)
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash from audit_chain where kind = 'AMENDMENT' and outcome = 'PUBLISHED' and subject in (@names1, @names2) order by seq
go

-- @from bigint, @to bigint
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash from audit_chain where seq >= @from and seq <= @to order by seq
go

-- @shipment nvarchar(4000)
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash from audit_chain where shipment = @shipment order by seq
go

-- @afterSeq bigint, @filter0 nvarchar(4000), @take int
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash, seq as OrderKey
from audit_chain where 1 = 1 and actor = @filter0 and seq < @afterSeq order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash, seq as OrderKey
from audit_chain where 1 = 1 and actor = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
previous_hash as PreviousHash, hash as Hash, seq as OrderKey
from audit_chain where 1 = 1 and kind = @filter0 and outcome = @filter1 order by seq desc offset 0 rows fetch next @take rows only
go

-- @list nvarchar(4000)
select seq as Seq, name as Name, list as List, number as Number, state as State, source_uri as SourceUri, as_of as AsOf,
file_digest as FileDigest, entries_digest as EntriesDigest, base_number as BaseNumber, entry_count as EntryCount,
added_count as AddedCount, changed_count as ChangedCount, removed_count as RemovedCount, file_cut as FileCut,
repairs as Repairs, imported_by as ImportedBy, decided_by as DecidedBy, note as Note, recorded_at as RecordedAt,
version as Version, created_at as CreatedAt, updated_at as UpdatedAt from list_snapshots where list = @list and state = 'IN_FORCE'
go

-- @name nvarchar(4000)
select seq as Seq, name as Name, list as List, number as Number, state as State, source_uri as SourceUri, as_of as AsOf,
file_digest as FileDigest, entries_digest as EntriesDigest, base_number as BaseNumber, entry_count as EntryCount,
added_count as AddedCount, changed_count as ChangedCount, removed_count as RemovedCount, file_cut as FileCut,
repairs as Repairs, imported_by as ImportedBy, decided_by as DecidedBy, note as Note, recorded_at as RecordedAt,
version as Version, created_at as CreatedAt, updated_at as UpdatedAt from list_snapshots where name = @name
go

select seq as Seq, name as Name, list as List, number as Number, state as State, source_uri as SourceUri, as_of as AsOf,
file_digest as FileDigest, entries_digest as EntriesDigest, base_number as BaseNumber, entry_count as EntryCount,
added_count as AddedCount, changed_count as ChangedCount, removed_count as RemovedCount, file_cut as FileCut,
repairs as Repairs, imported_by as ImportedBy, decided_by as DecidedBy, note as Note, recorded_at as RecordedAt,
version as Version, created_at as CreatedAt, updated_at as UpdatedAt from list_snapshots where recorded_at is not null order by seq
go

-- @list nvarchar(4000), @take int
select seq as Seq, name as Name, list as List, number as Number, state as State, source_uri as SourceUri, as_of as AsOf,
file_digest as FileDigest, entries_digest as EntriesDigest, base_number as BaseNumber, entry_count as EntryCount,
added_count as AddedCount, changed_count as ChangedCount, removed_count as RemovedCount, file_cut as FileCut,
repairs as Repairs, imported_by as ImportedBy, decided_by as DecidedBy, note as Note, recorded_at as RecordedAt,
version as Version, created_at as CreatedAt, updated_at as UpdatedAt, seq as OrderKey from list_snapshots
where 1 = 1 and (@list = '' or list = @list) order by seq desc offset 0 rows fetch next @take rows only
go

-- @subject nvarchar(4000), @take int
select seq as Seq, payload_digest as Digest from audit_chain where subject = @subject and payload_digest <> '' order by seq desc offset 0 rows fetch next @take rows only
go

-- @id char(36)
select seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from permits where permit_id = @id
go

-- @requestId char(36)
select seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from permits where request_id = @requestId
go

-- @shipment nvarchar(4000)
select seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from permits where shipment = @shipment and state = 'GRANTED'
go

-- @shipment nvarchar(4000)
select seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt from permits where shipment = @shipment order by seq desc
go

-- @filter0 datetime2(7), @take int
select seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey
from permits where 1 = 1 and created_at < @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey
from permits where 1 = 1 and order_name = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 date, @take int
select seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey
from permits where 1 = 1 and ship_date = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey
from permits where 1 = 1 and shipment = @filter0 and state = @filter1 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
updated_at as UpdatedAt, seq as OrderKey
from permits where 1 = 1 and state = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, published_at as PublishedAt from outbox order by seq offset 0 rows fetch next @take rows only
go

-- @filter0 datetime2(7), @filter1 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and created_at >= @filter0 and occasion = @filter1 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and decision_id in (select t.decision_id from decision_terms t where t.kind = 'ACTOR' and t.value = @filter0) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and decision_id in (select t.decision_id from decision_terms t where t.kind = 'AMENDMENT' and t.value = @filter0) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and decision_id in (select t.decision_id from decision_terms t where t.kind = 'ORDER' and t.value = @filter0) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and decision_id in (select t.decision_id from decision_terms t where t.kind = 'PARTY' and t.value = @filter0) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and decision_id in (select t.decision_id from decision_terms t where t.kind = 'RULE' and t.value = @filter0) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and destination_country = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @filter1 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and not decision_id in (select t.decision_id from decision_terms t where t.kind = 'ENGINE' and t.value = @filter0) and decision_id in (select t.decision_id from decision_terms t where t.kind = 'ENGINE' and t.value = @filter1) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and not decision_id in (select t.decision_id from decision_terms t where t.kind = 'RULE' and t.value = @filter0) order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 bigint, @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and number = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and occasion = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and outcome = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and part_number = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 date, @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and ship_date > @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 and shipment = @filter0 order by seq desc offset 0 rows fetch next @take rows only
go

-- @take int
select seq as Seq, seq as OrderKey, body as Body
from decisions where 1 = 1 order by seq desc offset 0 rows fetch next @take rows only
go

-- @parent char(36), @take int
select seq as Seq, seq as OrderKey, revision as Revision, change as Change, actor as Actor, reason as Reason,
    body as Body, created_at as CreatedAt
from licence_versions where licence_id = @parent and 1 = 1 order by seq asc offset 0 rows fetch next @take rows only
go

-- @next bigint, @take int
select seq as Seq, shipment as Shipment, body as Body from decisions where seq <= @next order by seq desc offset 0 rows fetch next @take rows only
go

-- @after bigint, @last bigint, @next datetime2(7), @now datetime2(7), @take int
select seq as Seq, shipment_id as Id, facts as Facts, decision_signature as DecisionSignature, decided_ship_date as DecidedShipDate,
    overdue as Overdue, case when phase in ('OPEN', 'PERMITTED') then 1 else 0 end as IsHere,
    case when phase = 'OPEN' and decision_id is not null and screened_revision = revision and decide_again_at > @now
        and (@next is null or decide_again_at <= @next) then 1 else 0 end as IsCurrent
from shipments where seq > @after and seq <= @last
order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @last bigint, @take int
select seq as Seq, shipment_id as ShipmentId from shipments
where (phase in ('PERMITTED', 'DEPARTED') or (phase = 'CLOSED' and departed_date is not null)) and seq > @after and seq <= @last order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @take int, @version bigint
select seq as Seq, shipment_id as ShipmentId from shipments
where phase in ('OPEN', 'PERMITTED') and +known_version < @version and seq > @after
order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @now datetime2(7), @take int
select seq as Seq, shipment_id as ShipmentId from shipments
where phase in ('OPEN', 'PERMITTED') and decide_again_at <= @now and seq > @after
order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @take int, @version bigint
select seq as Seq, shipment_id as ShipmentId from shipments
where phase in ('OPEN', 'PERMITTED') and known_version < @version and seq > @after
order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @take int
select seq as Seq, shipment_id as ShipmentId, facts as Facts from shipments
where phase in ('OPEN', 'PERMITTED') and seq > @after
    and not exists (select 1 from shipment_parties p where p.shipment_id = shipments.shipment_id)
order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @order char(36), @part nvarchar(4000), @take int
select seq as Seq, shipment_id as ShipmentId, order_id as OrderId, facts as Facts
from shipments
where phase = 'OPEN' and outcome in ('HELD', 'BLOCKED') and standing <> 'READY' and overdue = 0
    and (@part is null or part_number = @part) and (@order is null or order_id = @order) and seq > @after
order by seq offset 0 rows fetch next @take rows only
go

-- @after bigint, @last bigint, @phases1 nvarchar(4000), @phases2 nvarchar(4000), @take int
select seq as Seq, shipment_id as ShipmentId, order_id as OrderId, phase as Phase, facts as Facts, departed_date as DepartedDate,
    standing as Standing
from shipments where phase in (@phases1, @phases2) and seq > @after and seq <= @last
order by seq offset 0 rows fetch next @take rows only
go

-- @seqs1 bigint, @seqs2 bigint
select seq as Seq, shipment_id as ShipmentId, order_id as OrderId, sequence as Sequence, revision as Revision, phase as Phase,
facts as Facts, departed_date as DepartedDate, screened_revision as ScreenedRevision, decision_id as DecisionId,
decision_number as DecisionNumber, decision_signature as DecisionSignature, outcome as Outcome,
decided_ship_date as DecidedShipDate, overdue as Overdue, screening_number as ScreeningNumber, standing as Standing,
standing_reasons as StandingReasons, known_version as KnownVersion, decide_again_at as DecideAgainAt from shipments where seq in (@seqs1, @seqs2) order by seq
go

-- @id char(36)
select seq as Seq, shipment_id as ShipmentId, order_id as OrderId, sequence as Sequence, revision as Revision, phase as Phase,
facts as Facts, departed_date as DepartedDate, screened_revision as ScreenedRevision, decision_id as DecisionId,
decision_number as DecisionNumber, decision_signature as DecisionSignature, outcome as Outcome,
decided_ship_date as DecidedShipDate, overdue as Overdue, screening_number as ScreeningNumber, standing as Standing,
standing_reasons as StandingReasons, known_version as KnownVersion, decide_again_at as DecideAgainAt from shipments where shipment_id = @id
go

-- @shipment nvarchar(4000)
select seq as Seq, subject as Subject from audit_chain where shipment = @shipment and kind = 'DECISION'
go

-- @licenceId char(36), @take int
select sequence as Sequence, kind as Kind, line_number as LineNumber, quantity as Quantity, currency as Currency,
    value_minor as ValueMinor, shipment_id as ShipmentId, reason as Reason, created_at as CreatedAt from licence_movements where licence_id = @licenceId order by sequence desc offset 0 rows fetch next @take rows only
go

-- @afterSeq bigint, @filter0 nvarchar(4000), @parent char(36), @take int
select sequence as Sequence, kind as Kind, line_number as LineNumber, quantity as Quantity, currency as Currency,
    value_minor as ValueMinor, shipment_id as ShipmentId, reason as Reason, created_at as CreatedAt, sequence as OrderKey
from licence_movements where licence_id = @parent and 1 = 1 and 1 = 1 and kind = @filter0 and sequence < @afterSeq order by sequence desc offset 0 rows fetch next @take rows only
go

-- @filter0 nvarchar(4000), @parent char(36), @take int
select sequence as Sequence, kind as Kind, line_number as LineNumber, quantity as Quantity, currency as Currency,
    value_minor as ValueMinor, shipment_id as ShipmentId, reason as Reason, created_at as CreatedAt, sequence as OrderKey
from licence_movements where licence_id = @parent and 1 = 1 and 1 = 1 and kind = @filter0 order by sequence desc offset 0 rows fetch next @take rows only
go

-- @parent char(36), @take int
select sequence as Sequence, kind as Kind, line_number as LineNumber, quantity as Quantity, currency as Currency,
    value_minor as ValueMinor, shipment_id as ShipmentId, reason as Reason, created_at as CreatedAt, sequence as OrderKey
from licence_movements where licence_id = @parent and 1 = 1 and 1 = 1 order by sequence asc offset 0 rows fetch next @take rows only
go

-- @parent char(36), @shipment char(36), @take int
select sequence as Sequence, kind as Kind, line_number as LineNumber, quantity as Quantity, currency as Currency,
    value_minor as ValueMinor, shipment_id as ShipmentId, reason as Reason, created_at as CreatedAt, sequence as OrderKey
from licence_movements where licence_id = @parent and shipment_id = @shipment and 1 = 1 order by sequence asc offset 0 rows fetch next @take rows only
go

-- @id char(36)
select shipment as Shipment, order_name as OrderName from holds where hold_id = @id
go

-- @key nvarchar(4000), @since datetime2(7)
select shipment_id as ShipmentId, ship_date as ShipDate, sum(case when original = 1 then units else 0 end) as Original,
    sum(case when original = 0 then units else 0 end) as Moved
from plan_changes where consignee_key = @key and recorded_at > @since
group by shipment_id, ship_date
go

-- @take int
select size as Size, root as Root, head_hash as HeadHash, created_at as CreatedAt from audit_checkpoints order by size desc offset 0 rows fetch next @take rows only
go

-- @from bigint
select size as Size, root as Root, head_hash as HeadHash, created_at as CreatedAt from audit_checkpoints where size >= @from order by size
go

-- @licenceId char(36), @shipmentId char(36)
select state as State, line_number as LineNumber, quantity as Quantity, currency as Currency, value_minor as ValueMinor
from licence_uses where licence_id = @licenceId and shipment_id = @shipmentId
go

-- @licenceId char(36)
select state as State, line_number as LineNumber, quantity as Quantity, currency as Currency, value_minor as ValueMinor
from licence_uses where licence_id = @licenceId and state <> 'RETURNED'
go

-- @names1 nvarchar(4000), @names2 nvarchar(4000)
select subject from audit_chain where kind = 'DECISION' and subject in (@names1, @names2)
go

-- @shipment nvarchar(4000)
select subject from erased_records where shipment = @shipment order by subject
go

-- @change bigint
select subject from recorded_changes where kind = 'AMENDMENT' and seq > @change
go

select t.hold_id, t.shipment, t.order_name, t.origin, t.reason, t.hold_class, t.state, t.lapsed, t.effect, t.review_policy, t.missing_facts, t.explanation, t.citation, t.amendment, t.decision_id, t.owner, t.opened_by, t.close_reason, t.created_at from holds t order by t.seq
go

-- @id char(36)
select t.hold_id, t.shipment, t.order_name, t.origin, t.reason, t.hold_class, t.state, t.lapsed, t.effect, t.review_policy, t.missing_facts, t.explanation, t.citation, t.amendment, t.decision_id, t.owner, t.opened_by, t.close_reason, t.created_at from holds t where t.hold_id = @id
go

-- @seq bigint, @take int
select t.hold_id, t.shipment, t.order_name, t.origin, t.reason, t.hold_class, t.state, t.lapsed, t.effect, t.review_policy, t.missing_facts, t.explanation, t.citation, t.amendment, t.decision_id, t.owner, t.opened_by, t.close_reason, t.created_at, t.seq as batch_seq from holds t where t.seq > @seq order by t.seq offset 0 rows fetch next @take rows only
go

select t.id, t.[rule], t.number, t.position, t.title, t.definition, t.digest, t.state, t.recorded_at, t.proposed_by, t.decided_by, t.note, t.tests, t.tests_digest, t.base_change, t.reviewed_by, t.reviewed_at, t.review_note, t.version, t.created_at, t.updated_at from amendments t order by t.seq
go

-- @number bigint, @rule nvarchar(4000)
select t.id, t.[rule], t.number, t.position, t.title, t.definition, t.digest, t.state, t.recorded_at, t.proposed_by, t.decided_by, t.note, t.tests, t.tests_digest, t.base_change, t.reviewed_by, t.reviewed_at, t.review_note, t.version, t.created_at, t.updated_at from amendments t where t.[rule] = @rule and t.number = @number
go

-- @seq bigint, @take int
select t.id, t.[rule], t.number, t.position, t.title, t.definition, t.digest, t.state, t.recorded_at, t.proposed_by, t.decided_by, t.note, t.tests, t.tests_digest, t.base_change, t.reviewed_by, t.reviewed_at, t.review_note, t.version, t.created_at, t.updated_at, t.seq as batch_seq from amendments t where t.seq > @seq order by t.seq offset 0 rows fetch next @take rows only
go

select t.licence_id, t.sequence, t.kind, t.line_number, t.quantity, t.currency, t.value_minor, t.shipment_id, t.reason, t.created_at from licence_movements t order by t.licence_id, t.sequence
go

-- @id char(36), @sequence bigint
select t.licence_id, t.sequence, t.kind, t.line_number, t.quantity, t.currency, t.value_minor, t.shipment_id, t.reason, t.created_at from licence_movements t where t.licence_id = @id and t.sequence = @sequence
go

-- @licence nvarchar(4000), @seq bigint, @take int
select t.licence_id, t.sequence, t.kind, t.line_number, t.quantity, t.currency, t.value_minor, t.shipment_id, t.reason, t.created_at, t.sequence as batch_seq from licence_movements t where (t.licence_id > @licence or (t.licence_id = @licence and t.sequence > @seq)) order by t.licence_id, t.sequence offset 0 rows fetch next @take rows only
go

select t.permit_id, t.request_id, t.state, t.shipment, t.order_name, t.shipment_revision, t.ship_date, t.decision_id, t.licence_ids, t.revoke_reason, t.revoked_at, t.version, t.created_at, t.updated_at from permits t order by t.seq
go

-- @id char(36)
select t.permit_id, t.request_id, t.state, t.shipment, t.order_name, t.shipment_revision, t.ship_date, t.decision_id, t.licence_ids, t.revoke_reason, t.revoked_at, t.version, t.created_at, t.updated_at from permits t where t.permit_id = @id
go

-- @seq bigint, @take int
select t.permit_id, t.request_id, t.state, t.shipment, t.order_name, t.shipment_revision, t.ship_date, t.decision_id, t.licence_ids, t.revoke_reason, t.revoked_at, t.version, t.created_at, t.updated_at, t.seq as batch_seq from permits t where t.seq > @seq order by t.seq offset 0 rows fetch next @take rows only
go

select t.release_id, t.hold_id, h.shipment, h.order_name, t.state, t.reason_code, t.note, t.licence_id, t.first_ship_date, t.last_ship_date, t.proposed_by, t.decided_by, t.decided_at, t.close_reason, t.facts_digest, t.amendment, t.effect, t.facts, t.changes, t.expires_at, t.version, t.created_at, t.updated_at from releases t join holds h on h.hold_id = t.hold_id order by t.seq
go

-- @id char(36)
select t.release_id, t.hold_id, h.shipment, h.order_name, t.state, t.reason_code, t.note, t.licence_id, t.first_ship_date, t.last_ship_date, t.proposed_by, t.decided_by, t.decided_at, t.close_reason, t.facts_digest, t.amendment, t.effect, t.facts, t.changes, t.expires_at, t.version, t.created_at, t.updated_at from releases t join holds h on h.hold_id = t.hold_id where t.release_id = @id
go

-- @seq bigint, @take int
select t.release_id, t.hold_id, h.shipment, h.order_name, t.state, t.reason_code, t.note, t.licence_id, t.first_ship_date, t.last_ship_date, t.proposed_by, t.decided_by, t.decided_at, t.close_reason, t.facts_digest, t.amendment, t.effect, t.facts, t.changes, t.expires_at, t.version, t.created_at, t.updated_at, t.seq as batch_seq from releases t join holds h on h.hold_id = t.hold_id where t.seq > @seq order by t.seq offset 0 rows fetch next @take rows only
go

select threshold as Threshold, recorded_at as RecordedAt from list_thresholds order by seq
go

-- @licenceId char(36)
select valid_to from licences where id = @licenceId
go

-- @take int
select version as Version, basis as Basis, done_seq as DoneSeq, shipments as Shipments, changed as Changed, started_at as StartedAt,
ended_at as EndedAt from recheck_runs where ended_at is not null order by version desc offset 0 rows fetch next @take rows only
go

-- @version bigint
select version as Version, basis as Basis, done_seq as DoneSeq, shipments as Shipments, changed as Changed, started_at as StartedAt,
ended_at as EndedAt from recheck_runs where version = @version
go

-- @Id char(36), @ReviewNote nvarchar(4000), @ReviewedAt datetime2(7), @ReviewedBy nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
update amendments
set reviewed_by = @ReviewedBy, reviewed_at = @ReviewedAt, review_note = @ReviewNote, version = @Version, updated_at = @UpdatedAt
where id = @Id and state = 'PROPOSED' and version = @Version - 1
go

-- @DecidedBy nvarchar(4000), @Id char(36), @Note nvarchar(4000), @Position bigint, @RecordedAt datetime2(7), @ReviewNote nvarchar(4000), @ReviewedAt datetime2(7), @ReviewedBy nvarchar(4000), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
update amendments
set state = @State, position = @Position, recorded_at = @RecordedAt, decided_by = @DecidedBy, note = @Note, version = @Version,
    reviewed_by = @ReviewedBy, reviewed_at = @ReviewedAt, review_note = @ReviewNote, updated_at = @UpdatedAt
where id = @Id and state = 'PROPOSED' and version = @Version - 1
go

-- @Hash nvarchar(4000), @PreviousHash nvarchar(4000), @Seq bigint
update audit_heads set seq = @Seq, hash = @Hash where id = 1 and hash = @PreviousHash
go

-- @CloseNote nvarchar(4000), @DecidedBy nvarchar(4000), @Id char(36), @RecordedAt datetime2(7), @RevokedAt datetime2(7), @RevokedBy nvarchar(4000), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
update clearances set state = @State, decided_by = @DecidedBy, close_note = @CloseNote, revoked_by = @RevokedBy,
    recorded_at = @RecordedAt, revoked_at = @RevokedAt, version = @Version, updated_at = @UpdatedAt
where clearance_id = @Id and version = @Version - 1
go

-- @seq bigint
update decision_terms_backlog set next_seq = @seq
go

-- @Buyer nvarchar(4000), @Currency nvarchar(4000), @DestinationCountry nvarchar(4000), @PartNumber nvarchar(4000), @PlannedShipDate date, @Shipment nvarchar(4000), @UpdatedAt datetime2(7), @ValueMinor bigint
update holds set part_number = @PartNumber, planned_ship_date = @PlannedShipDate, buyer = @Buyer,
    destination_country = @DestinationCountry, currency = @Currency, value_minor = @ValueMinor,
    version = version + 1, updated_at = @UpdatedAt
where shipment = @Shipment and state <> 'VOIDED'
    and (part_number <> @PartNumber or planned_ship_date <> @PlannedShipDate or buyer <> @Buyer
        or destination_country <> @DestinationCountry or currency <> @Currency or value_minor <> @ValueMinor)
go

-- @Amendment nvarchar(4000), @Citation nvarchar(4000), @CloseReason nvarchar(4000), @Effect nvarchar(4000), @Explanation nvarchar(4000), @HoldId char(36), @Lapsed bigint, @MissingFacts nvarchar(4000), @Owner nvarchar(4000), @ReviewPolicy nvarchar(4000), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
update holds set state = @State, lapsed = @Lapsed, effect = @Effect, review_policy = @ReviewPolicy, missing_facts = @MissingFacts,
    explanation = @Explanation, citation = @Citation, amendment = @Amendment, owner = @Owner, close_reason = @CloseReason,
    version = @Version, updated_at = @UpdatedAt
where hold_id = @HoldId and version = @Version - 1
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

-- @Id char(36), @LiftNote nvarchar(4000), @LiftProposedBy nvarchar(4000), @LiftedBy nvarchar(4000), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
update legal_holds set state = @State, lift_proposed_by = @LiftProposedBy, lift_note = @LiftNote, lifted_by = @LiftedBy,
    version = @Version, updated_at = @UpdatedAt
where legal_hold_id = @Id and version = @Version - 1
go

-- @LicenceId char(36), @LimitedValue bigint, @LineNumber int, @Quantity bigint
update licence_lines
set drawn_quantity = drawn_quantity - @Quantity, used_value_minor = used_value_minor - @LimitedValue
where licence_id = @LicenceId and number = @LineNumber
go

-- @LicenceId char(36), @LimitedValue bigint, @LineNumber int, @Quantity bigint
update licence_lines
set reserved_quantity = reserved_quantity + @Quantity, used_value_minor = used_value_minor + @LimitedValue
where licence_id = @LicenceId and number = @LineNumber
    and (quantity is null or quantity - reserved_quantity - drawn_quantity >= @Quantity)
    and (value_limit_minor is null or value_limit_minor - used_value_minor >= @LimitedValue)
go

-- @LicenceId char(36), @LineNumber int, @Quantity bigint
update licence_lines
set reserved_quantity = reserved_quantity - @Quantity, drawn_quantity = drawn_quantity + @Quantity
where licence_id = @LicenceId and number = @LineNumber
go

-- @LicenceId char(36), @LimitedValue bigint, @LineNumber int, @Quantity bigint
update licence_lines
set reserved_quantity = reserved_quantity - @Quantity, used_value_minor = used_value_minor - @LimitedValue
where licence_id = @LicenceId and number = @LineNumber
go

-- @Answer nvarchar(4000), @AnswerReference nvarchar(4000), @AnsweredAt datetime2(7), @AnsweredBy nvarchar(4000), @AnsweredOn date, @Id char(36)
update licence_notifications
set answer = @Answer, answer_reference = @AnswerReference, answered_on = @AnsweredOn, answered_by = @AnsweredBy,
    answered_at = @AnsweredAt
where notification_id = @Id and answer = ''
go

-- @Currency nvarchar(4000), @LicenceId char(36), @LineNumber int, @Quantity bigint, @ShipmentId char(36), @State nvarchar(4000), @ValueMinor bigint
update licence_uses
set state = @State, line_number = @LineNumber, quantity = @Quantity, currency = @Currency, value_minor = @ValueMinor
where licence_id = @LicenceId and shipment_id = @ShipmentId
go

-- @Authority nvarchar(4000), @Conditions nvarchar(4000), @Id char(36), @LastLine int, @NotificationId char(36), @Revision bigint, @State nvarchar(4000), @StateReason nvarchar(4000), @StatedBy nvarchar(4000), @SuspendedBy nvarchar(4000), @UpdatedAt datetime2(7), @ValidFrom date, @ValidTo date, @ValueTolerancePercent int, @Version bigint
update licences
set authority = @Authority, valid_from = @ValidFrom, valid_to = @ValidTo, conditions = @Conditions, state = @State,
    value_tolerance_percent = @ValueTolerancePercent, stated_by = @StatedBy, suspended_by = @SuspendedBy,
    state_reason = @StateReason, notification_id = @NotificationId, last_line = @LastLine, revision = @Revision, version = @Version,
    updated_at = @UpdatedAt
where id = @Id and version = @Version - 1
go

-- @licenceId char(36), @now datetime2(7)
update licences set movement_count = movement_count + 1, version = version + 1, updated_at = @now where id = @licenceId
go

-- @DecidedBy nvarchar(4000), @Name nvarchar(4000), @Note nvarchar(4000), @RecordedAt datetime2(7), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
update list_snapshots set state = @State, decided_by = @DecidedBy, note = @Note, recorded_at = @RecordedAt, version = @Version,
    updated_at = @UpdatedAt
where name = @Name and version = @Version - 1
go

-- @entry nvarchar(4000), @list nvarchar(4000), @number bigint, @recordedAt datetime2(7)
update list_spans set last_number = @number, recorded_to = @recordedAt where list = @list and entry = @entry and last_number is null
go

-- @id char(36), @now datetime2(7)
update outbox set published_at = @now where event_id = @id and published_at is null
go

-- @DecidedBy nvarchar(4000), @Id char(36), @Note nvarchar(4000), @RecordedAt datetime2(7), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
update part_revisions
set state = @State, recorded_at = @RecordedAt, decided_by = @DecidedBy, note = @Note, version = @Version, updated_at = @UpdatedAt
where id = @Id and state = 'PROPOSED' and version = @Version - 1
go

-- @Family nvarchar(4000), @PartNumber nvarchar(4000), @UpdatedAt datetime2(7), @Vendor nvarchar(4000), @Version bigint
update parts set family = @Family, vendor = @Vendor, version = @Version, updated_at = @UpdatedAt
where part_number = @PartNumber and version = @Version - 1
go

-- @PermitId char(36), @RevokeReason nvarchar(4000), @RevokedAt datetime2(7), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
update permits set state = @State, revoke_reason = @RevokeReason, revoked_at = @RevokedAt, version = @Version,
    updated_at = @UpdatedAt
where permit_id = @PermitId and version = @Version - 1
go

-- @Changed bigint, @DoneSeq bigint, @EndedAt datetime2(7), @Shipments bigint, @Version bigint
update recheck_runs set done_seq = @DoneSeq, shipments = @Shipments, changed = @Changed, ended_at = @EndedAt where version = @Version
go

-- @Changes nvarchar(4000), @CloseReason nvarchar(4000), @DecidedAt datetime2(7), @DecidedBy nvarchar(4000), @ReleaseId char(36), @State nvarchar(4000), @UpdatedAt datetime2(7), @Version bigint
update releases set state = @State, decided_by = @DecidedBy, decided_at = @DecidedAt, close_reason = @CloseReason,
    changes = @Changes, version = @Version, updated_at = @UpdatedAt
where release_id = @ReleaseId and version = @Version - 1
go

-- @name nvarchar(4000), @now datetime2(7), @title nvarchar(4000)
update rules set title = @title, version = version + 1, updated_at = @now where name = @name
go

-- @licence char(36), @now datetime2(7)
update shipments set decide_again_at = @now
where phase in ('OPEN', 'PERMITTED')
    and shipment_id in (select shipment_id from licence_uses where licence_id = @licence and state <> 'RETURNED')
go

-- @Address nvarchar(4000), @Country nvarchar(4000), @HeadquartersCountry nvarchar(4000), @Name nvarchar(4000), @now datetime2(7)
update shipments set decide_again_at = @now
where phase in ('OPEN', 'PERMITTED') and (decide_again_at is null or decide_again_at > @now)
    and shipment_id in (
        select shipment_id from shipment_parties
        where name = @Name and country = @Country and headquarters_country = @HeadquartersCountry and address = @Address)
go

-- @country nvarchar(4000), @key nvarchar(4000), @now datetime2(7)
update shipments set decide_again_at = @now
where phase in ('OPEN', 'PERMITTED') and (decide_again_at is null or decide_again_at > @now)
    and shipment_id in (select shipment_id from shipment_parties where name_key = @key and country = @country)
go

-- @id char(36), @now datetime2(7)
update shipments set decide_again_at = @now where shipment_id = @id
go

-- @DecideAgainAt datetime2(7), @DecidedShipDate date, @DecisionNumber bigint, @DueAt datetime2(7), @KnownVersion bigint, @Revision bigint, @ScreeningNumber bigint, @Seq bigint, @Sequence bigint, @Version bigint
update shipments set known_version = @Version, decided_ship_date = @DecidedShipDate, decide_again_at = @DecideAgainAt
where seq = @Seq and phase = 'OPEN' and sequence = @Sequence and revision = @Revision and decision_number = @DecisionNumber
    and screening_number = @ScreeningNumber and known_version = @KnownVersion
    and (decide_again_at = @DueAt or (decide_again_at is null and @DueAt is null))
go

-- @DecideAgainAt datetime2(7), @DecidedShipDate date, @DecisionId char(36), @DecisionNumber bigint, @DecisionSignature nvarchar(4000), @Id char(36), @KnownVersion bigint, @Outcome nvarchar(4000), @Overdue int, @ScreenedRevision bigint, @ScreeningNumber bigint, @Standing nvarchar(4000), @StandingReasons nvarchar(4000)
update shipments set screened_revision = @ScreenedRevision, decision_id = @DecisionId, decision_number = @DecisionNumber,
    decision_signature = @DecisionSignature, outcome = @Outcome, decided_ship_date = @DecidedShipDate, overdue = @Overdue,
    screening_number = @ScreeningNumber, standing = @Standing, standing_reasons = @StandingReasons,
    known_version = @KnownVersion, decide_again_at = @DecideAgainAt
where shipment_id = @Id
go

-- @DecideAgainAt datetime2(7), @DecidedShipDate date, @DecisionId char(36), @DecisionNumber bigint, @DecisionSignature nvarchar(4000), @DepartedDate date, @Facts nvarchar(4000), @KnownVersion bigint, @Outcome nvarchar(4000), @Overdue bigint, @PartNumber nvarchar(4000), @Phase nvarchar(4000), @PlaceTimeZone nvarchar(4000), @PlannedShipDate date, @Revision bigint, @ScreenedRevision bigint, @ScreeningNumber bigint, @Sequence bigint, @ShipmentId char(36), @Standing nvarchar(4000), @StandingReasons nvarchar(4000)
update shipments set sequence = @Sequence, revision = @Revision, phase = @Phase, facts = @Facts, part_number = @PartNumber,
    place_time_zone = @PlaceTimeZone, planned_ship_date = @PlannedShipDate, departed_date = @DepartedDate,
    screened_revision = @ScreenedRevision, decision_id = @DecisionId, decision_number = @DecisionNumber,
    decision_signature = @DecisionSignature, outcome = @Outcome, decided_ship_date = @DecidedShipDate, overdue = @Overdue,
    screening_number = @ScreeningNumber, standing = @Standing, standing_reasons = @StandingReasons,
    known_version = @KnownVersion, decide_again_at = @DecideAgainAt
where shipment_id = @ShipmentId
go
