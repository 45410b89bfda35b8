-- The server processes of this installation, by the database's clock.
create table node (
    id         uuid primary key,
    address    text not null,
    started_at timestamptz not null default now(),
    seen_at    timestamptz not null default now()
);

-- Servers remember people's roles for a few seconds; a change is told to all of them when it commits.
create function tell_grant() returns trigger language plpgsql as $$
begin
    perform pg_notify('etalon', 'grant ' || coalesce(new.person, old.person));
    return null;
end $$;
create trigger role_grant_told after insert or update or delete on role_grant
    for each row execute function tell_grant();
