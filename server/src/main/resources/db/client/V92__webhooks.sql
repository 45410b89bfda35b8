-- The client's own programs that are told of changes. Secrets lie under a key of the installation.
create table webhook_endpoint (
    id            uuid primary key,
    url           text not null check (length(url) <= 2000),
    description   text not null check (length(description) <= 200),
    kinds         text[] not null check (cardinality(kinds) > 0),
    signing       text not null check (signing in ('ed25519', 'hmac-sha256')),
    secret        bytea not null,
    -- The one before the last rotation signs along until then.
    former_secret bytea,
    former_until  timestamptz,
    made_by       uuid not null,
    made_at       timestamptz not null,
    disabled      text check (disabled in ('by-hand', 'gone', 'failing')),
    disabled_at   timestamptz,
    -- The receiver asked for less: nothing before then, and one at a time until something got through.
    slow_until    timestamptz,
    delivered_at  timestamptz,
    check ((disabled is null) = (disabled_at is null)),
    check ((former_secret is null) = (former_until is null))
);

create table webhook_delivery (
    id         uuid primary key,
    endpoint   uuid not null references webhook_endpoint on delete cascade,
    kind       text not null,
    project    uuid,
    -- Text and not jsonb: the signature is over these bytes.
    body       text not null,
    made_at    timestamptz not null,
    state      text not null check (state in ('waiting', 'delivered', 'failed')),
    -- Of the present round: one by hand begins another.
    tries      int not null default 0,
    next_at    timestamptz,
    -- A server is sending it, until then at the latest.
    held_until timestamptz,
    check ((state = 'waiting') = (next_at is not null))
);
create index webhook_delivery_due on webhook_delivery (endpoint, next_at) where state = 'waiting';
create index webhook_delivery_newest on webhook_delivery (endpoint, id);

create table webhook_attempt (
    delivery uuid not null references webhook_delivery on delete cascade,
    number   int not null,
    at       timestamptz not null,
    millis   int not null,
    status   int,
    fault    text,
    primary key (delivery, number),
    check (num_nonnulls(status, fault) = 1)
);
revoke update, truncate on webhook_attempt from "${role}";
