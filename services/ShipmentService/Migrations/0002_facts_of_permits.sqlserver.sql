-- Of the facts a shipment left with, as its permit has it.
alter table dispatch_attempts add facts_digest varchar(100) collate Latin1_General_100_BIN2 null;
