-- A backup that an owner has chosen; standing is what its watch last decided. site and backup name sites, which may go: then the
-- choice is broken, and its owner is told.
create table backup_choice (
    id                varchar(36)  not null primary key,
    name              varchar(255) not null,
    project_id        varchar(255) not null,
    site              varchar(63)  not null,
    backup            varchar(63)  not null,
    phase             varchar(16)  not null,
    document          text         not null,
    standing          text         not null,
    tags              text         not null,
    created_micros    bigint       not null,
    updated_micros    bigint       not null,
    revision          bigint       not null
);
create index backup_choice_project on backup_choice (project_id);
