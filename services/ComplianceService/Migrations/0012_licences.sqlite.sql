create table licences (
    seq integer primary key autoincrement,
    id text not null unique,
    number text not null unique,
    authority text not null,
    licensee text not null,
    valid_from text not null,
    valid_to text not null,
    conditions text not null,
    state text not null check (state in ('DRAFT', 'ACTIVE', 'SUSPENDED', 'REVOKED')),
    registered_by text not null,
    movement_count integer not null,
    version integer not null,
    created_at text not null,
    updated_at text not null
);

create table licence_rules (
    licence_id text not null,
    rule text not null,
    primary key (licence_id, rule)
);

create table licence_lines (
    licence_id text not null,
    number integer not null,
    part_number text null,
    family text null,
    quantity integer not null check (quantity > 0),
    currency text null,
    value_minor integer null,
    reserved_quantity integer not null check (reserved_quantity >= 0),
    drawn_quantity integer not null check (drawn_quantity >= 0),
    used_value_minor integer not null check (used_value_minor >= 0),
    primary key (licence_id, number),
    check (reserved_quantity + drawn_quantity <= quantity),
    check (value_minor is null or used_value_minor <= value_minor)
);

create table licence_parties (
    licence_id text not null,
    number integer not null,
    name text not null,
    country text not null,
    primary key (licence_id, number)
);

create table licence_destinations (
    licence_id text not null,
    country text not null,
    primary key (licence_id, country)
);

-- What a shipment has of a licence now. Which movements led there stands in licence_movements.
create table licence_uses (
    licence_id text not null,
    shipment_id text not null,
    state text not null check (state in ('RESERVED', 'DRAWN', 'RETURNED')),
    line_number integer not null,
    quantity integer not null,
    currency text null,
    value_minor integer null,
    primary key (licence_id, shipment_id)
);

create table licence_movements (
    licence_id text not null,
    sequence integer not null,
    kind text not null check (kind in ('RESERVED', 'DRAWN', 'RESERVATION_RETURNED', 'DRAW_RETURNED')),
    line_number integer not null,
    quantity integer not null check (quantity > 0),
    currency text null,
    value_minor integer null,
    shipment_id text not null,
    reason text not null,
    created_at text not null,
    primary key (licence_id, sequence)
);

create trigger licence_movements_are_never_edited before update on licence_movements
begin
    select raise(abort, 'a licence movement is never edited');
end;

create trigger licence_movements_are_never_deleted before delete on licence_movements
begin
    select raise(abort, 'a licence movement is never deleted');
end;
