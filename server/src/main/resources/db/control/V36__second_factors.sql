-- How sessions and keys came about, and where a second factor is asked for. What was made before counts as weak.
alter table session
    add column strong boolean not null default false,
    -- Null for a session of before this column.
    add column way text check (way in ('password', 'passkey', 'link', 'invitation', 'provider'));

alter table api_key add column strong boolean not null default false;

create table second_factor_rule (
    client   uuid primary key references client on delete cascade,
    required boolean not null,
    set_by   uuid not null,
    set_at   timestamptz not null
);
