-- Whether an administrator named the network of an endpoint, and so may have named anybody's. Of endpoints from before nobody
-- knows; it matters only when a connection is made of one.
alter table endpoint add column by_admin integer not null default 0;
