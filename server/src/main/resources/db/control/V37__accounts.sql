-- Accounts that were switched off, links that set an account up anew, and what its person is to be told of.
alter table person
    add column disabled_at timestamptz,
    add column disabled_by uuid;

alter table one_time_link
    -- Signs nobody in: it sets a password, and takes passkeys away where those were lost.
    add column reset boolean not null default false,
    add column drops_passkeys boolean not null default false,
    -- An operator's: it opens nothing of clients before the time that stands here, and any sign-in of its person voids it.
    add column by_operator boolean not null default false,
    add column not_before timestamptz;

create table account_notice (
    id     uuid primary key,
    person uuid not null references person on delete cascade,
    act    text not null check (act in ('reset-issued', 'reset-used', 'reset-voided', 'sessions-ended', 'disabled', 'enabled')),
    -- Who did it; null where that was the person himself, or whoever had his link.
    by     uuid,
    at     timestamptz not null
);
create index account_notice_person on account_notice (person, at);
