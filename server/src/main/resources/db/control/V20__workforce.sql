-- The workforces of a client. A person works for at most one workforce of a client.
create table workforce (
    id         uuid primary key,
    client     uuid not null references client,
    name       text not null,
    kind       text not null check (kind in ('in_house')),
    created_at timestamptz not null,
    unique (client, name),
    unique (client, id)
);

alter table role_grant add foreign key (client, workforce) references workforce (client, id);
alter table invitation add foreign key (client, workforce) references workforce (client, id);
