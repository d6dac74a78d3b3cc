-- What probes between the gateways say of a link. Beside the link, not in it: its revision is its operator's.
create table link_sight (
    link_id      varchar(36) not null primary key,
    latency_ms   double      not null,
    samples      integer     not null,
    at_micros    bigint      not null,
    answers      integer     not null,
    slow         integer     not null
);
