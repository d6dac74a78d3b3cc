-- Of which trace the request was part that caused the operation, so that its work is told as part of the same one.
alter table operation add column traceparent varchar(64);
