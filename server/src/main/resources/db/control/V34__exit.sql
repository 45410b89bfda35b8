-- Clients that were ordered to be destroyed. The facts are what the certificate will say; a destruction that was cut off is
-- completed at the next start. The row outlives the client.
create table departure (
    client      uuid primary key,
    slug        text not null,
    ordered_by  uuid not null,
    ordered_at  timestamptz not null,
    facts       jsonb not null,
    ended_at    timestamptz,
    certificate text,
    check ((ended_at is null) = (certificate is null))
);
revoke delete, truncate on departure from "${role}";

-- Set when a client's destruction is ordered: no start opens its cell any more.
alter table client add column leaving_at timestamptz;
