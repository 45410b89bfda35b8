-- Where a person lives, by his own word; where he works stands in person_country, by the word of each client's manager.
create table person_residence (
    person  uuid primary key references person on delete cascade,
    country text not null check (country ~ '^[A-Z]{2}$'),
    said_at timestamptz not null default clock_timestamp()
);

alter table person_language add column level text check (level in ('A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'));

create table person_skill (
    person uuid not null references person on delete cascade,
    skill  text not null check (skill ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    level  int not null check (level between 1 and 5),
    primary key (person, skill)
);

-- When a person works: minutes of each weekday from Monday on, in his time zone, and days on which he does not.
create table person_availability (
    person    uuid primary key references person on delete cascade,
    time_zone text not null check (length(time_zone) between 1 and 60),
    minutes   int[] not null check (cardinality(minutes) = 7 and 0 <= all (minutes) and 1440 >= all (minutes)),
    said_at   timestamptz not null default clock_timestamp()
);

create table person_day_off (
    person uuid not null references person on delete cascade,
    day    date not null,
    primary key (person, day)
);

-- A licence that a person shows one client. Its number lies under the installation's key. Nothing of a row changes: a
-- renewed licence is another row.
create table licence (
    id         uuid primary key,
    client     uuid not null references client on delete cascade,
    person     uuid not null references person on delete cascade,
    kind       text not null check (kind ~ '^[a-z][a-z0-9-]{0,39}$'),
    country    text not null check (country ~ '^[A-Z]{2}$'),
    number     bytea not null,
    valid_from date not null,
    valid_to   date check (valid_to >= valid_from),
    stated_at  timestamptz not null default clock_timestamp()
);
create index licence_of_person on licence (client, person);
revoke update, delete, truncate on licence from "${role}";

-- What was said of a licence; the newest tells. Only one that is verified counts.
create table licence_act (
    id      bigint generated always as identity primary key,
    licence uuid not null references licence on delete cascade,
    act     text not null check (act in ('verify', 'refuse', 'withdraw')),
    by      uuid not null,
    note    text check (length(note) between 1 and 500),
    at      timestamptz not null default clock_timestamp()
);
create index licence_act_of on licence_act (licence, id);
revoke update, delete, truncate on licence_act from "${role}";
