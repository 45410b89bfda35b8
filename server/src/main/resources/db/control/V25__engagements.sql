create extension if not exists btree_gist;

-- When a person first and last saw something of a client: what a later rule is judged by.
create table engaged (
    person     uuid not null references person on delete cascade,
    client     uuid not null references client on delete cascade,
    first_view timestamptz not null,
    last_view  timestamptz not null check (last_view >= first_view),
    primary key (person, client)
);
create index engaged_client on engaged (client);

-- Two clients that nobody shall work for within some days, whichever of them said so.
create table conflict (
    id   uuid primary key,
    low  uuid not null references client on delete cascade,
    high uuid not null references client on delete cascade,
    days int not null check (days between 0 and 3650),
    unique (low, high),
    check (low < high)
);

-- For whom of the two a person works, and how long that keeps him from the other. Where both had seen him before the
-- conflict was known, the nil client stands for "neither". No race passes the exclusion.
create table engagement (
    id       bigint generated always as identity primary key,
    person   uuid not null references person on delete cascade,
    conflict uuid not null references conflict on delete cascade,
    client   uuid not null,
    during   tstzrange not null check (not isempty(during)),
    constraint engagement_wall exclude using gist (person with =, conflict with =, client with <>, during with &&)
);
