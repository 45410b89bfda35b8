-- What people say of themselves and what their managers say of them, for queues that ask for it.

create table person_language (
    person   uuid not null references person on delete cascade,
    language text not null check (length(language) between 2 and 35),
    primary key (person, language)
);

-- Where a person works, as one client's workforce manager says; another client does not see or rely on it.
create table person_country (
    client  uuid not null references client,
    person  uuid not null references person on delete cascade,
    country text not null check (country ~ '^[A-Z]{2}$'),
    set_by  uuid not null,
    set_at  timestamptz not null,
    primary key (client, person)
);
