-- Two persons for the destruction of the key behind somebody's pseudonym: asked for by one, decided by another. Once it is done,
-- nothing here names the person, nor says why: the log names the request and the pseudonym.
create table unlinking (
    id           uuid primary key,
    person       uuid,
    reason       text,
    requested_by uuid not null,
    requested_at timestamptz not null default clock_timestamp(),
    decided_by   uuid check (decided_by <> requested_by),
    decided_at   timestamptz,
    approved     boolean,
    check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (approved is null)),
    check ((person is null) = coalesce(approved, false) and (reason is null) = coalesce(approved, false))
);
create unique index unlinking_waits on unlinking (person) where decided_by is null;
revoke delete, truncate on unlinking from "${role}";
