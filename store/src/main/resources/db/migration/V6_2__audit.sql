-- Who did what. Rows are only added, and removed from the oldest end; each one's hash covers the one before it.
create table audit (
    seq               bigint       not null primary key,
    at_micros         bigint       not null,
    request_id        varchar(63)  not null,
    user_id           varchar(255),
    project_id        varchar(255),
    roles             text         not null,
    system_scope      smallint     not null,
    address           varchar(63)  not null,
    method            varchar(16)  not null,
    route             varchar(255) not null,
    operation         varchar(63)  not null,
    resource_id       varchar(255),
    status            integer      not null,
    code              varchar(63),
    hash              varchar(64)  not null
);
create index audit_at on audit (at_micros);
create index audit_user on audit (user_id, seq);
create index audit_project on audit (project_id, seq);
insert into counter (name, value) values ('audit', 0);
