create table licences (
    seq bigint identity(1,1) not null primary key,
    id char(36) collate Latin1_General_100_BIN2 not null unique,
    number nvarchar(64) collate Latin1_General_100_BIN2 not null unique,
    authority nvarchar(100) collate Latin1_General_100_BIN2 not null,
    licensee varchar(32) collate Latin1_General_100_BIN2 not null,
    valid_from date not null,
    valid_to date not null,
    conditions nvarchar(max) collate Latin1_General_100_BIN2 not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('DRAFT', 'ACTIVE', 'SUSPENDED', 'REVOKED')),
    registered_by nvarchar(256) collate Latin1_General_100_BIN2 not null,
    movement_count bigint not null,
    version bigint not null,
    created_at datetime2(7) not null,
    updated_at datetime2(7) not null
);

create table licence_rules (
    licence_id char(36) collate Latin1_General_100_BIN2 not null,
    [rule] varchar(64) collate Latin1_General_100_BIN2 not null,
    primary key (licence_id, [rule])
);

create table licence_lines (
    licence_id char(36) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    part_number nvarchar(64) collate Latin1_General_100_BIN2 null,
    family nvarchar(64) collate Latin1_General_100_BIN2 null,
    quantity bigint not null constraint licence_lines_quantity check (quantity > 0),
    currency varchar(3) collate Latin1_General_100_BIN2 null,
    value_minor bigint null,
    reserved_quantity bigint not null check (reserved_quantity >= 0),
    drawn_quantity bigint not null check (drawn_quantity >= 0),
    used_value_minor bigint not null check (used_value_minor >= 0),
    primary key (licence_id, number),
    constraint licence_lines_units check (reserved_quantity + drawn_quantity <= quantity),
    constraint licence_lines_value check (value_minor is null or used_value_minor <= value_minor)
);

create table licence_parties (
    licence_id char(36) collate Latin1_General_100_BIN2 not null,
    number bigint not null,
    name nvarchar(200) collate Latin1_General_100_BIN2 not null,
    country varchar(8) collate Latin1_General_100_BIN2 not null,
    primary key (licence_id, number)
);

create table licence_destinations (
    licence_id char(36) collate Latin1_General_100_BIN2 not null,
    country varchar(8) collate Latin1_General_100_BIN2 not null,
    primary key (licence_id, country)
);

-- What a shipment has of a licence now. Which movements led there stands in licence_movements.
create table licence_uses (
    licence_id char(36) collate Latin1_General_100_BIN2 not null,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    state varchar(32) collate Latin1_General_100_BIN2 not null check (state in ('RESERVED', 'DRAWN', 'RETURNED')),
    line_number bigint not null,
    quantity bigint not null,
    currency varchar(3) collate Latin1_General_100_BIN2 null,
    value_minor bigint null,
    primary key (licence_id, shipment_id)
);

create table licence_movements (
    licence_id char(36) collate Latin1_General_100_BIN2 not null,
    sequence bigint not null,
    kind varchar(32) collate Latin1_General_100_BIN2 not null check (kind in ('RESERVED', 'DRAWN', 'RESERVATION_RETURNED', 'DRAW_RETURNED')),
    line_number bigint not null,
    quantity bigint not null check (quantity > 0),
    currency varchar(3) collate Latin1_General_100_BIN2 null,
    value_minor bigint null,
    shipment_id char(36) collate Latin1_General_100_BIN2 not null,
    reason nvarchar(max) collate Latin1_General_100_BIN2 not null,
    created_at datetime2(7) not null,
    primary key (licence_id, sequence)
);
go

create trigger licence_movements_are_never_edited on licence_movements after update as
begin
    set nocount on;
    if exists (select 1 from inserted)
        throw 50000, 'a licence movement is never edited', 1;
end;
go

create trigger licence_movements_are_never_deleted on licence_movements after delete as
begin
    set nocount on;
    if exists (select 1 from deleted)
        throw 50000, 'a licence movement is never deleted', 1;
end;
go
