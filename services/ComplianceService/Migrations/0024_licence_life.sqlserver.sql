-- Whole licences: kinds, tolerance, excluded headquarters, roles of parties, lines by control paragraph, notifications and versions.
alter table licences add kind varchar(32) collate Latin1_General_100_BIN2 not null default 'LICENCE'
    check (kind in ('LICENCE', 'EXCEPTION_NAC', 'EXCEPTION_ACA'));
alter table licences add value_tolerance_percent bigint not null default 0 check (value_tolerance_percent between 0 and 100);
alter table licences add stated_by nvarchar(256) collate Latin1_General_100_BIN2 not null default '';
alter table licences add suspended_by nvarchar(256) collate Latin1_General_100_BIN2 not null default '';
alter table licences add state_reason nvarchar(max) collate Latin1_General_100_BIN2 not null default '';
alter table licences add revision bigint not null default 0;
alter table licences add notification_id char(36) collate Latin1_General_100_BIN2 null;
-- The highest number a line ever had: numbers are not given twice.
alter table licences add last_line bigint not null default 0;
create index licences_by_last_day on licences (valid_to, seq);

alter table licence_parties add role varchar(32) collate Latin1_General_100_BIN2 not null default ''
    check (role in ('', 'PURCHASER', 'INTERMEDIATE_CONSIGNEE', 'ULTIMATE_CONSIGNEE', 'END_USER'));

create table licence_excluded_headquarters (
    licence_id char(36) collate Latin1_General_100_BIN2 not null,
    country varchar(8) collate Latin1_General_100_BIN2 not null,
    primary key (licence_id, country)
);

-- quantity null: no limit. value_limit_minor: the value with its tolerance, rounded down.
alter table licence_lines drop constraint licence_lines_quantity;
alter table licence_lines drop constraint licence_lines_units;
alter table licence_lines drop constraint licence_lines_value;
alter table licence_lines alter column quantity bigint null;
alter table licence_lines add control_paragraph nvarchar(32) collate Latin1_General_100_BIN2 null;
alter table licence_lines add value_limit_minor bigint null;
go

alter table licence_lines add constraint licence_lines_quantity check (quantity > 0);
alter table licence_lines add constraint licence_lines_units check (quantity is null or reserved_quantity + drawn_quantity <= quantity);
alter table licence_lines add constraint licence_lines_value check (value_limit_minor is null or used_value_minor <= value_limit_minor);
alter table licence_lines add constraint licence_lines_limit check (
    value_minor is null and value_limit_minor is null
    or value_minor is not null and value_limit_minor is not null and value_limit_minor >= value_minor);

create table licence_notifications (
    seq bigint identity(1,1) not null primary key,
    notification_id char(36) collate Latin1_General_100_BIN2 not null unique,
    licence_id char(36) collate Latin1_General_100_BIN2 not null,
    reference nvarchar(64) collate Latin1_General_100_BIN2 not null,
    notified_on date not null,
    recorded_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    recorded_at datetime2(7) not null,
    answer varchar(32) collate Latin1_General_100_BIN2 not null check (answer in ('', 'POSITIVE', 'NEGATIVE')),
    answer_reference nvarchar(64) collate Latin1_General_100_BIN2 not null,
    answered_on date null,
    answered_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    answered_at datetime2(7) null,
    check (answered_by <> recorded_by)
);

-- Every version of a licence, whole, as callers saw it.
create table licence_versions (
    seq bigint identity(1,1) not null primary key,
    licence_id char(36) collate Latin1_General_100_BIN2 not null,
    revision bigint not null,
    change varchar(32) collate Latin1_General_100_BIN2 not null check (
        change in ('REGISTERED', 'ACTIVATED', 'AMENDED', 'SUSPENDED', 'RESUMED', 'REVOKED', 'NOTIFIED', 'ANSWERED')),
    actor nvarchar(256) collate Latin1_General_100_BIN2 not null,
    reason nvarchar(max) collate Latin1_General_100_BIN2 not null,
    body varbinary(max) not null,
    created_at datetime2(7) not null,
    unique (licence_id, revision)
);
go

create trigger licence_versions_are_never_edited on licence_versions after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a version of a licence is never edited', 1;
end;
go

create trigger licence_versions_are_never_deleted on licence_versions after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a version of a licence is never deleted', 1;
end;
go
