-- What lists of orders are filtered by and an order has several of, as of its present revision.
create table order_terms (
    kind varchar(20) collate Latin1_General_100_BIN2 not null
        check (kind in ('PARTY', 'PARTY_COUNTRY', 'PART_NUMBER', 'DOCUMENT', 'REQUESTED_SHIP_DATE')),
    value nvarchar(200) collate Latin1_General_100_BIN2 not null,
    order_id char(36) collate Latin1_General_100_BIN2 not null references orders (id),
    primary key (kind, value, order_id)
);
create index order_terms_by_order on order_terms (order_id);
create index orders_by_destination on orders (destination_country, created_at, seq);
create index orders_by_purchaser on orders (purchaser, created_at, seq);
