-- An operator's asking to look into a client's content for a while, and what became of it. A row is never removed: it is what
-- the client reads.
create table break_glass (
    id          uuid primary key,
    client      uuid not null references client,
    operator    uuid not null references person,
    reason      text not null check (length(reason) between 10 and 1000),
    minutes     int not null check (minutes between 1 and 480),
    -- Whose word it waits for, as the client's rule was when it was asked.
    approval    text not null check (approval in ('none', 'operator', 'client')),
    asked_at    timestamptz not null,
    approved_by uuid references person,
    -- Null while it waits; then it is open until it ends.
    opened_at   timestamptz,
    ends_at     timestamptz,
    ended_at    timestamptz,
    ended_by    uuid references person,
    check ((opened_at is null) = (ends_at is null)),
    check (approved_by is null or approved_by <> operator)
);
create index break_glass_client on break_glass (client, asked_at);
create index break_glass_operator on break_glass (operator, client);

-- What a client asks of operators; without a row, another operator's agreement and an hour at most.
create table break_glass_rule (
    client          uuid primary key references client,
    approval        text not null check (approval in ('none', 'operator', 'client')),
    longest_minutes int not null check (longest_minutes between 0 and 480)
);
