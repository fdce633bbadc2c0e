-- Which of several processes publishes an event, and until when; null: whoever sweeps next. An unreadable message keeps its headers,
-- and its bytes as base64 where they are no text.
alter table outbox add column claimed_by text null;
alter table outbox add column claimed_until text null;
alter table dead_letters add column headers text null;
alter table dead_letters add column encoding text null;
