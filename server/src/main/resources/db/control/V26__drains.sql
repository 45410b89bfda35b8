-- A workforce that was drained at a client: its people hold nothing there and are given nothing, until it is lifted. Who they
-- were and what they might do stays on record.
create table drain (
    id         uuid primary key,
    client     uuid not null references client on delete cascade,
    workforce  uuid not null references workforce on delete cascade,
    reason     text not null,
    drained_by uuid not null,
    via        text not null,
    at         timestamptz not null,
    lifted_at  timestamptz
);
create unique index drain_in_force on drain (workforce) where lifted_at is null;
create index drain_of_client on drain (client);

create table drained_person (
    drain  uuid not null references drain on delete cascade,
    person uuid not null,
    roles  text[] not null,
    primary key (drain, person)
);
