-- Who people are and where their pay goes, each sealed whole under the vault's own key and bound to its person.
create table identity (
    person     uuid primary key,
    sealed     bytea not null,
    changed_at timestamptz not null default now()
);

-- Who looked, for the person to read; it outlives what was looked at.
create table identity_access (
    id     bigint generated always as identity primary key,
    person uuid not null,
    act    text not null check (act in ('set', 'read', 'destroyed', 'pay', 'break-glass', 'record')),
    by     uuid not null,
    client uuid,
    at     timestamptz not null default now()
);
create index identity_access_of on identity_access (person, id);

revoke update, delete, truncate on identity_access from "${role}";
