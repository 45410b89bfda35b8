-- Who holds what share of whom, over time. Append and close: a stake that ends gets its last day, nothing else changes.
create table stake (
    id         uuid primary key,
    owner      uuid not null references organisation,
    held       uuid not null references organisation,
    percent    numeric(7, 4) not null check (percent > 0 and percent <= 100),
    voting     boolean not null,
    since      date not null,
    -- The first day on which it is not held any more.
    until      date,
    source     text not null,
    entered_by uuid not null,
    entered_at timestamptz not null,
    closed_by  uuid,
    closed_at  timestamptz,
    check (owner <> held),
    check (until >= since),
    check ((until is null) = (closed_at is null))
);
create index stake_held on stake (held);
create index stake_owner on stake (owner);
revoke update, delete, truncate on stake from "${role}";
grant update (until, closed_by, closed_at) on stake to "${role}";

-- What a client asks of those who work for it. Each change is another version; the newest one counts.
create table wall_rule (
    client   uuid not null references client on delete cascade,
    id       uuid not null,
    version  int not null check (version > 0),
    kind     text not null check (kind in ('owner', 'rival', 'country', 'licence', 'two_persons')),
    terms    jsonb not null,
    in_force boolean not null,
    set_by   uuid not null,
    set_at   timestamptz not null,
    primary key (client, id, version)
);
revoke update, delete, truncate on wall_rule from "${role}";

-- Raised in the transaction of every change that a wall is decided from: what a server remembers is good for one number.
create table wall_epoch (
    one   boolean primary key default true check (one),
    epoch bigint not null
);
insert into wall_epoch (epoch) values (1);

create function raise_wall_epoch() returns trigger language plpgsql as
'begin update wall_epoch set epoch = epoch + 1; return null; end';
create trigger stake_raises after insert or update on stake
    for each statement execute function raise_wall_epoch();
create trigger wall_rule_raises after insert on wall_rule
    for each statement execute function raise_wall_epoch();
create trigger client_raises after update of organisation on client
    for each statement execute function raise_wall_epoch();
create trigger workforce_raises after update of organisation on workforce
    for each statement execute function raise_wall_epoch();
create trigger person_country_raises after insert or update on person_country
    for each statement execute function raise_wall_epoch();
