-- A lease may end because its holder may not work here any more; the reason then names what fenced it.
alter table lease_end drop constraint lease_end_how_check;
alter table lease_end add constraint lease_end_how_check
    check (how in ('released', 'skipped', 'expired', 'superseded', 'fenced'));
alter table lease_end drop constraint lease_end_reason_check;
alter table lease_end add constraint lease_end_reason_check
    check (how = 'fenced' and length(reason) between 1 and 100
        or reason in ('unclear', 'cannot_judge', 'broken_asset', 'other'));

-- Whom a wall keeps out now, and the rule that does.
create table wall_closed (
    subject uuid primary key,
    -- A workforce, or one person.
    kind    text not null check (kind in ('workforce', 'person')),
    rule    uuid not null,
    version int not null,
    since   timestamptz not null default clock_timestamp()
);

-- Each closing and opening, for the client to see; counts come when the open work is fenced.
create table wall_closing (
    id        bigint generated always as identity primary key,
    at        timestamptz not null default clock_timestamp(),
    subject   uuid not null,
    kind      text not null check (kind in ('workforce', 'person')),
    rule      uuid not null,
    version   int not null,
    opened    boolean not null,
    people    int not null,
    leases    int,
    returns   int,
    fenced_at timestamptz
);
create index wall_closing_unfenced on wall_closing (id) where fenced_at is null;
revoke delete, truncate on wall_closing from "${role}";

-- The stakes above this client's vendors that it was told of.
create table ownership_seen (
    stake  uuid primary key,
    closed boolean not null
);

-- Four eyes for what leaves: asked for by one person, decided by another.
create table export_request (
    id           uuid primary key,
    project      uuid not null,
    reason       text not null,
    requested_by uuid not null,
    requested_at timestamptz not null default clock_timestamp(),
    decided_by   uuid check (decided_by <> requested_by),
    decided_at   timestamptz,
    approved     boolean,
    until        timestamptz,
    check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (approved is null))
);
create index export_request_of_project on export_request (project, requested_by);
revoke delete, truncate on export_request from "${role}";
