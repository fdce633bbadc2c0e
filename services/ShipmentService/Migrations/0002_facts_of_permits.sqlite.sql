-- Of the facts a shipment left with, as its permit has it.
alter table dispatch_attempts add column facts_digest text null;
