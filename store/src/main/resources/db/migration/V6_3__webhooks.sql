-- Where events are sent. delivered_seq: up to which event this webhook is done; attempts, next_micros: of the one after it.
create table webhook (
    id                varchar(36)  not null primary key,
    name              varchar(255) not null,
    project_id        varchar(255),
    url               text         not null,
    kinds             text         not null,
    sealed            text         not null,
    key_id            bigint       not null,
    admin_state_up    smallint     not null,
    delivered_seq     bigint       not null,
    last_error        text,
    last_success_micros bigint,
    tags              text         not null,
    created_micros    bigint       not null,
    updated_micros    bigint       not null,
    revision          bigint       not null
);
create index webhook_project on webhook (project_id);

-- Events that a webhook did not take; kept until they are delivered again, or too many.
create table dead_letter (
    webhook_id        varchar(36)  not null,
    seq               bigint       not null,
    event             text         not null,
    attempts          integer      not null,
    error             text         not null,
    wanted            smallint     not null,
    at_micros         bigint       not null,
    primary key (webhook_id, seq),
    foreign key (webhook_id) references webhook (id)
);
