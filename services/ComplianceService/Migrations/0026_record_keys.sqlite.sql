-- By what the records of a transaction are found: parties, countries, part numbers and document numbers of its order, as ever stated.
create table record_keys (
    seq integer primary key autoincrement,
    kind text not null check (kind in ('PARTY', 'COUNTRY', 'PART', 'DOCUMENT')),
    value text not null,
    order_name text not null,
    unique (kind, value, order_name)
);
create index record_keys_by_order on record_keys (order_name);

create index audit_chain_by_order on audit_chain (order_name, seq);
