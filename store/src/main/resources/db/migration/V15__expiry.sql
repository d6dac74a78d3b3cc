-- When connections end by themselves.
alter table connection add column expires_micros bigint;
create index connection_expires on connection (expires_micros);
