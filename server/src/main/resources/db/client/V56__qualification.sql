-- What people are known to be able to do, as a history: of each person and key the newest row says whether it is held.
create table qualification (
    id         bigint generated always as identity primary key,
    person     uuid not null,
    key        text not null check (key ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    act        text not null check (act in ('grant', 'revoke')),
    expires_at timestamptz check (expires_at is null or act = 'grant'),
    by         uuid,
    evidence   jsonb not null default '{}',
    at         timestamptz not null default now()
);
create index qualification_of_person on qualification (person, key, id);
revoke update, delete, truncate on qualification from "${role}";
