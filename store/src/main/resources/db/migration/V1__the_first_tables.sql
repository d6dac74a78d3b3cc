-- Written in the SQL that SQLite and MariaDB share. Times are microseconds since 1970-01-01 UTC; booleans are 0 or 1;
-- documents that only travel whole are JSON in text columns.

create table site (
    id                varchar(63)  not null primary key,
    name              varchar(255) not null,
    cloud_kind        varchar(16)  not null,
    region_name       varchar(255) not null,
    physical_network  varchar(255) not null,
    admin_state_up    smallint     not null,
    document          text         not null,
    tags              text         not null,
    created_micros    bigint       not null,
    updated_micros    bigint       not null,
    revision          bigint       not null
);

create table link (
    id                varchar(36)  not null primary key,
    name              varchar(255) not null,
    a_site            varchar(63)  not null,
    z_site            varchar(63)  not null,
    latency_ms        double       not null,
    capacity_mbps     integer      not null,
    mtu               integer      not null,
    cost              integer      not null,
    failure_domains   text         not null,
    admin_state_up    smallint     not null,
    tags              text         not null,
    created_micros    bigint       not null,
    updated_micros    bigint       not null,
    revision          bigint       not null,
    foreign key (a_site) references site (id),
    foreign key (z_site) references site (id)
);
create index link_a_site on link (a_site);
create index link_z_site on link (z_site);

-- made_with: the connection whose creation brought the endpoint; it goes with it.
create table endpoint (
    id                varchar(36)  not null primary key,
    name              varchar(255) not null,
    project_id        varchar(255) not null,
    site              varchar(63)  not null,
    network           text         not null,
    made_with         varchar(36),
    tags              text         not null,
    created_micros    bigint       not null,
    updated_micros    bigint       not null,
    revision          bigint       not null,
    foreign key (site) references site (id)
);
create index endpoint_project on endpoint (project_id);
create index endpoint_site on endpoint (site);
create index endpoint_made_with on endpoint (made_with);

-- status, oper_status and sync_status are an index for searching: written with every change from the facts, never read back.
create table connection (
    id                varchar(36)  not null primary key,
    name              varchar(255) not null,
    project_id        varchar(255) not null,
    local_endpoint    varchar(36)  not null,
    remote_endpoint   varchar(36)  not null,
    service           varchar(16)  not null,
    bandwidth_mbps    integer,
    max_latency_ms    double,
    encryption        varchar(16)  not null,
    address_policy    varchar(32)  not null,
    on_failure        varchar(16)  not null,
    admin_state_up    smallint     not null,
    desired           text         not null,
    goal              varchar(16)  not null,
    started           smallint     not null,
    settled           smallint     not null,
    reservation       text,
    probe             text,
    failure           text,
    activated_micros  bigint,
    deadline_micros   bigint,
    status            varchar(32)  not null,
    oper_status       varchar(32)  not null,
    sync_status       varchar(32)  not null,
    tags              text         not null,
    created_micros    bigint       not null,
    updated_micros    bigint       not null,
    revision          bigint       not null,
    foreign key (local_endpoint) references endpoint (id),
    foreign key (remote_endpoint) references endpoint (id)
);
create index connection_project on connection (project_id);
create index connection_settled on connection (settled, goal);
create index connection_status on connection (status);

-- An endpoint is a side of one connection at most.
create table side (
    connection_id     varchar(36)  not null,
    role              varchar(16)  not null,
    endpoint_id       varchar(36)  not null,
    site              varchar(63)  not null,
    status            varchar(16)  not null,
    touched_parts     varchar(63)  not null,
    facts             text         not null,
    last_error        text,
    primary key (connection_id, role),
    unique (endpoint_id),
    foreign key (connection_id) references connection (id),
    foreign key (endpoint_id) references endpoint (id),
    foreign key (site) references site (id)
);
create index side_site on side (site);

-- What only one connection may have at a time. kind vlan: scope SITE/PHYSICAL_NETWORK; kind vni: scope empty.
create table reservation (
    kind              varchar(16)  not null,
    scope             varchar(320) not null,
    value             integer      not null,
    connection_id     varchar(36)  not null,
    primary key (kind, scope, value),
    foreign key (connection_id) references connection (id)
);
create index reservation_connection on reservation (connection_id);

-- Bandwidth of links that connections have for themselves; 0 for best effort, so that users of a link are known.
create table booking (
    link_id           varchar(36)  not null,
    connection_id     varchar(36)  not null,
    mbps              integer      not null,
    primary key (link_id, connection_id),
    foreign key (link_id) references link (id),
    foreign key (connection_id) references connection (id)
);
create index booking_connection on booking (connection_id);

-- Operations outlive what they worked on, so nothing is referenced.
create table operation (
    id                varchar(36)  not null primary key,
    kind              varchar(16)  not null,
    resource_type     varchar(32)  not null,
    resource_id       varchar(63)  not null,
    project_id        varchar(255) not null,
    state             varchar(16)  not null,
    steps             text         not null,
    created_micros    bigint       not null,
    updated_micros    bigint       not null,
    revision          bigint       not null
);
create index operation_resource on operation (resource_id, created_micros);
create index operation_project on operation (project_id);
create index operation_updated on operation (updated_micros);

create table event (
    seq               bigint       not null primary key,
    at_micros         bigint       not null,
    kind              varchar(64)  not null,
    resource_type     varchar(32)  not null,
    resource_id       varchar(63)  not null,
    project_id        varchar(255),
    revision          bigint       not null,
    data              text         not null
);
create index event_resource on event (resource_id, seq);

create table counter (
    name              varchar(32)  not null primary key,
    value             bigint       not null
);
insert into counter (name, value) values ('event', 0);

-- reply is empty while the first request is under way.
create table idempotency (
    project_id        varchar(255) not null,
    idempotency_key   varchar(255) not null,
    request_sha256    varchar(64)  not null,
    reply             text,
    created_micros    bigint       not null,
    primary key (project_id, idempotency_key)
);
create index idempotency_created on idempotency (created_micros);
