-- One row a part; family and vendor are the ones known now, for lists.
create table parts (
    seq integer primary key autoincrement,
    id text not null unique,
    part_number text not null unique,
    family text not null,
    vendor text not null,
    version integer not null,
    created_at text not null,
    updated_at text not null
);

-- Revisions proposed and approved here; the product's own catalogue stands in its file. Facts are decimal texts, null is unknown.
create table part_revisions (
    seq integer primary key autoincrement,
    id text not null unique,
    part_number text not null,
    number integer not null,
    base_number integer null,
    state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
    recorded_at text null,
    family text not null,
    vendor text not null,
    description text not null,
    tpp text null,
    performance_density text null,
    die_area_mm2 text null,
    io_bandwidth_gbps text null,
    memory_bandwidth_gbps text null,
    designed_for_data_center integer null,
    source text not null,
    certainty text not null check (certainty in ('CONFIRMED', 'SECONDARY', 'RECALLED', 'UNCONFIRMED')),
    proposed_by text not null,
    decided_by text null,
    note text not null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    unique (part_number, number)
);

create trigger part_revisions_are_never_edited before update on part_revisions when old.state <> 'PROPOSED'
begin
    select raise(abort, 'a decided part revision is never edited');
end;

create trigger part_revisions_are_never_deleted before delete on part_revisions
begin
    select raise(abort, 'a part revision is never deleted');
end;
