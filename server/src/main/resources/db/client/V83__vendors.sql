-- For whom a person works, from when on: kept when he leaves, so that his answers stay counted for whom he gave them.
create table party (
    person    uuid not null,
    workforce uuid not null,
    since     timestamptz not null default now(),
    primary key (person, since)
);

-- What a client and a vendor agreed on, each version for good. The party is an organisation, or an in-house workforce.
create table vendor_contract (
    party   uuid not null,
    version int not null check (version > 0),
    body    jsonb not null,
    set_by  uuid not null,
    at      timestamptz not null default now(),
    primary key (party, version)
);

-- What a drained workforce left behind.
create table hand_over (
    drain     uuid primary key,
    party     uuid not null,
    workforce uuid not null,
    report    jsonb not null,
    at        timestamptz not null default now()
);

revoke update, delete, truncate on party, vendor_contract, hand_over from "${role}";
