-- What lists of orders are filtered by and an order has several of, as of its present revision.
create table order_terms (
    kind text not null check (kind in ('PARTY', 'PARTY_COUNTRY', 'PART_NUMBER', 'DOCUMENT', 'REQUESTED_SHIP_DATE')),
    value text not null,
    order_id text not null references orders (id),
    primary key (kind, value, order_id)
);
create index order_terms_by_order on order_terms (order_id);
create index orders_by_destination on orders (destination_country, created_at, seq);
create index orders_by_purchaser on orders (purchaser, created_at, seq);

insert into order_terms (kind, value, order_id)
select distinct found.kind, found.value, found.order_id from (
    select 'PARTY' as kind, json_extract(party.value, '$.name') as value, o.id as order_id
    from orders o join order_revisions r on r.order_id = o.id and r.revision = o.revision, json_each(r.content, '$.parties') party
    union all
    select 'PARTY_COUNTRY', json_extract(party.value, '$.country'), o.id
    from orders o join order_revisions r on r.order_id = o.id and r.revision = o.revision, json_each(r.content, '$.parties') party
    union all
    select 'PART_NUMBER', json_extract(line.value, '$.item.partNumber'), o.id
    from orders o join order_revisions r on r.order_id = o.id and r.revision = o.revision, json_each(r.content, '$.lines') line
    union all
    select 'REQUESTED_SHIP_DATE', json_extract(line.value, '$.requestedShipDate'), o.id
    from orders o join order_revisions r on r.order_id = o.id and r.revision = o.revision, json_each(r.content, '$.lines') line
    union all
    select 'DOCUMENT', json_extract(document.value, '$.number'), o.id
    from orders o join order_revisions r on r.order_id = o.id and r.revision = o.revision, json_each(r.content, '$.documents') document
) found;
