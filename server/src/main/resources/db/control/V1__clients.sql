-- What the control database knows of a client: that it exists. Content lives in the client's own database.
create table client (
    id         uuid primary key,
    slug       text not null unique,
    name       text not null,
    created_at timestamptz not null
);
