-- Where a client's data may lie and be processed, and where the people may be who see them. Each change is another version;
-- the newest one counts. A project's list stands beside its client's: both have to hold.
create table residency_rule (
    client    uuid not null references client on delete cascade,
    id        uuid not null,
    version   int not null check (version > 0),
    concern   text not null check (concern in ('storage', 'processing', 'people')),
    project   uuid check (project is null or concern = 'people'),
    countries text[] not null check (cardinality(countries) between 1 and 250),
    in_force  boolean not null,
    set_by    uuid not null,
    set_at    timestamptz not null default clock_timestamp(),
    primary key (client, id, version)
);
create unique index residency_rule_once on residency_rule (client, concern, project, version) nulls not distinct;
revoke update, delete, truncate on residency_rule from "${role}";
