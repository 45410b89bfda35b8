-- First replies to creating requests inside this cell, sealed under a key of the installation; forgotten after a day.
create table idempotent_reply (
    person       uuid not null,
    operation    text not null,
    key          text not null,
    request_hash bytea not null,
    reply        bytea,
    created_at   timestamptz not null,
    primary key (person, operation, key)
);
create index idempotent_reply_age on idempotent_reply (created_at);
