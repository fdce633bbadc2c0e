-- Which of several processes publishes an event, and until when; null: whoever sweeps next. An unreadable message keeps its headers,
-- and its bytes as base64 where they are no text.
alter table outbox add claimed_by varchar(64) collate Latin1_General_100_BIN2 null;
alter table outbox add claimed_until datetime2(7) null;
alter table dead_letters add headers nvarchar(max) collate Latin1_General_100_BIN2 null;
alter table dead_letters add encoding varchar(16) collate Latin1_General_100_BIN2 null;
