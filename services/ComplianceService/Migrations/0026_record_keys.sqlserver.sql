-- By what the records of a transaction are found: parties, countries, part numbers and document numbers of its order, as ever stated.
create table record_keys (
    seq bigint identity(1,1) not null primary key,
    kind varchar(16) collate Latin1_General_100_BIN2 not null check (kind in ('PARTY', 'COUNTRY', 'PART', 'DOCUMENT')),
    value nvarchar(600) collate Latin1_General_100_BIN2 not null,
    order_name varchar(64) collate Latin1_General_100_BIN2 not null,
    unique (kind, value, order_name)
);
create index record_keys_by_order on record_keys (order_name);

create index audit_chain_by_order on audit_chain (order_name, seq);
