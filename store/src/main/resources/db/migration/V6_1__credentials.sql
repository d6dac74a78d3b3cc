-- What opens clouds and gateways. sealed: field by field, under a key that is not in the database.
create table credential (
    id                varchar(63)  not null primary key,
    name              varchar(255) not null,
    kind              varchar(63)  not null,
    plain             text         not null,
    sealed            text         not null,
    key_id            bigint       not null,
    tags              text         not null,
    created_micros    bigint       not null,
    updated_micros    bigint       not null,
    revision          bigint       not null
);
