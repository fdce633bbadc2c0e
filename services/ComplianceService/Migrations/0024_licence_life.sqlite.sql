-- Whole licences: kinds, tolerance, excluded headquarters, roles of parties, lines by control paragraph, notifications and versions.
-- Licences registered before were stated without a tolerance and get none: a migration widens nothing.
alter table licences add column kind text not null default 'LICENCE' check (kind in ('LICENCE', 'EXCEPTION_NAC', 'EXCEPTION_ACA'));
alter table licences add column value_tolerance_percent integer not null default 0 check (value_tolerance_percent between 0 and 100);
alter table licences add column stated_by text not null default '';
alter table licences add column suspended_by text not null default '';
alter table licences add column state_reason text not null default '';
alter table licences add column revision integer not null default 0;
alter table licences add column notification_id text null;
-- The highest number a line ever had: numbers are not given twice.
alter table licences add column last_line integer not null default 0;
update licences set stated_by = registered_by,
    last_line = coalesce((select max(number) from licence_lines where licence_id = licences.id), 0);
create index licences_by_last_day on licences (valid_to, seq);

alter table licence_parties add column role text not null default ''
    check (role in ('', 'PURCHASER', 'INTERMEDIATE_CONSIGNEE', 'ULTIMATE_CONSIGNEE', 'END_USER'));

create table licence_excluded_headquarters (
    licence_id text not null,
    country text not null,
    primary key (licence_id, country)
);

-- quantity null: no limit. value_limit_minor: the value with its tolerance, rounded down.
create table licence_lines_of_0024 (
    licence_id text not null,
    number integer not null,
    part_number text null,
    family text null,
    control_paragraph text null,
    quantity integer null check (quantity > 0),
    currency text null,
    value_minor integer null,
    value_limit_minor integer null,
    reserved_quantity integer not null check (reserved_quantity >= 0),
    drawn_quantity integer not null check (drawn_quantity >= 0),
    used_value_minor integer not null check (used_value_minor >= 0),
    primary key (licence_id, number),
    check (quantity is null or reserved_quantity + drawn_quantity <= quantity),
    check (value_limit_minor is null or used_value_minor <= value_limit_minor),
    check ((value_minor is null) = (value_limit_minor is null) and (value_minor is null or value_limit_minor >= value_minor))
);
insert into licence_lines_of_0024
    (licence_id, number, part_number, family, control_paragraph, quantity, currency, value_minor, value_limit_minor, reserved_quantity,
     drawn_quantity, used_value_minor)
select licence_id, number, part_number, family, null, quantity, currency, value_minor, value_minor, reserved_quantity, drawn_quantity,
    used_value_minor
from licence_lines;
drop table licence_lines;
alter table licence_lines_of_0024 rename to licence_lines;

create table licence_notifications (
    seq integer primary key autoincrement,
    notification_id text not null unique,
    licence_id text not null,
    reference text not null,
    notified_on text not null,
    recorded_by text not null,
    recorded_at text not null,
    answer text not null check (answer in ('', 'POSITIVE', 'NEGATIVE')),
    answer_reference text not null,
    answered_on text null,
    answered_by text not null,
    answered_at text null,
    check (answered_by <> recorded_by)
);

-- Every version of a licence, whole, as callers saw it.
create table licence_versions (
    seq integer primary key autoincrement,
    licence_id text not null,
    revision integer not null,
    change text not null check (
        change in ('REGISTERED', 'ACTIVATED', 'AMENDED', 'SUSPENDED', 'RESUMED', 'REVOKED', 'NOTIFIED', 'ANSWERED')),
    actor text not null,
    reason text not null,
    body blob not null,
    created_at text not null,
    unique (licence_id, revision)
);

create trigger licence_versions_are_never_edited before update on licence_versions
begin
    select raise(abort, 'a version of a licence is never edited');
end;

create trigger licence_versions_are_never_deleted before delete on licence_versions
begin
    select raise(abort, 'a version of a licence is never deleted');
end;
