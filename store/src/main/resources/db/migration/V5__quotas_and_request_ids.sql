-- Only projects for which somebody set a quota have a row; -1 is no limit. The id is the project's.
create table quota (
    id                varchar(255) not null primary key,
    connections       bigint       not null,
    endpoints         bigint       not null,
    bandwidth_mbps    bigint       not null,
    created_micros    bigint       not null,
    updated_micros    bigint       not null,
    revision          bigint       not null
);

-- The request that caused the operation.
alter table operation add column request_id varchar(64);
