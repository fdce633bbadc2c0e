-- A hold says who may clear it, what is in the shipment (for work lists), and whether its reason is gone and only waits to be confirmed.
create table holds_2 (
    seq integer primary key autoincrement,
    hold_id text not null unique,
    shipment text not null,
    order_name text not null,
    origin text not null check (origin in ('FINDING', 'DEPARTURE', 'HAND', 'CHECK')),
    reason text not null,
    hold_class text not null check (hold_class in ('LEGAL', 'CREDIT', 'ADDRESS')),
    state text not null check (state in ('OPEN', 'RELEASE_PROPOSED', 'SETTLED', 'VOIDED')),
    lapsed integer not null,
    effect text not null,
    review_policy text not null,
    missing_facts text not null,
    explanation text not null,
    citation text not null,
    amendment text not null,
    decision_id text null,
    owner text not null,
    opened_by text not null,
    close_reason text not null,
    part_number text not null,
    planned_ship_date text not null,
    buyer text not null,
    destination_country text not null,
    currency text not null,
    value_minor integer not null,
    version integer not null,
    created_at text not null,
    updated_at text not null
);

insert into holds_2 (seq, hold_id, shipment, order_name, origin, reason, hold_class, state, lapsed, effect, review_policy, missing_facts,
    explanation, citation, amendment, decision_id, owner, opened_by, close_reason, part_number, planned_ship_date, buyer,
    destination_country, currency, value_minor, version, created_at, updated_at)
select h.seq, h.hold_id, h.shipment, h.order_name, h.origin, h.reason,
    case when h.origin = 'HAND' and h.reason in ('CREDIT', 'ADDRESS') then h.reason else 'LEGAL' end,
    h.state, 0, h.effect, h.review_policy, h.missing_facts, h.explanation, h.citation, h.amendment, h.decision_id, h.owner, h.opened_by,
    h.close_reason, h.part_number, h.planned_ship_date,
    coalesce(json_extract(s.facts, '$.Parties[0].Name'), ''),
    coalesce(json_extract(s.facts, '$.DestinationCountry'), ''),
    coalesce(json_extract(s.facts, '$.Value.CurrencyCode'), ''),
    coalesce(json_extract(s.facts, '$.Value.MinorUnits'), 0),
    h.version, h.created_at, h.updated_at
from holds h left join shipments s on h.shipment = 'shipments/' || s.shipment_id;

drop table holds;
alter table holds_2 rename to holds;
create unique index holds_one_a_reason on holds (shipment, reason) where state <> 'VOIDED';
create index holds_by_shipment on holds (shipment, seq);
create index holds_by_state on holds (state, seq);
create index holds_by_ship_date on holds (state, planned_ship_date, seq);
create index holds_by_value on holds (state, value_minor, seq);
create index holds_by_owner on holds (owner, state, seq);
create index holds_by_reason on holds (reason, state, seq);

-- What a release was given for, what of it has changed, and when it ends by itself.
alter table releases add column facts text not null default '';
alter table releases add column changes text not null default '';
alter table releases add column expires_at text null;
create index releases_by_decider on releases (decided_by, state, seq);
create index releases_by_proposer on releases (proposed_by, state, seq);
create index releases_by_state on releases (state, seq);
