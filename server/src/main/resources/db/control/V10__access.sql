-- Who may do what. Secrets stand here as hashes only: passwords as Argon2id, every token as SHA-256.
create table person (
    id            uuid primary key,
    -- The login name, in lower case.
    email         text not null unique check (email = lower(email)),
    name          text not null,
    locale        text not null default 'en' check (locale in ('en', 'fr')),
    password_hash text,
    created_at    timestamptz not null
);

create table role_grant (
    person     uuid not null references person on delete cascade,
    client     uuid references client,
    role       text not null check (role in ('operator', 'requester', 'annotator', 'reviewer',
                                             'workforce_manager', 'quality_lead', 'auditor')),
    workforce  uuid,
    granted_by uuid references person,
    granted_at timestamptz not null,
    -- The operator runs the installation and is a member of no client by that.
    check ((role = 'operator') = (client is null)),
    unique nulls not distinct (person, client, role)
);
create index role_grant_client on role_grant (client);

create table session (
    id           uuid primary key,
    token_hash   bytea not null unique check (length(token_hash) = 32),
    person       uuid not null references person on delete cascade,
    created_at   timestamptz not null,
    -- Kept to the minute, so that a request rarely writes.
    last_seen_at timestamptz not null,
    expires_at   timestamptz not null
);
create index session_person on session (person);

create table one_time_link (
    token_hash bytea primary key check (length(token_hash) = 32),
    person     uuid not null references person on delete cascade,
    expires_at timestamptz not null
);

create table invitation (
    id          uuid primary key,
    token_hash  bytea not null unique check (length(token_hash) = 32),
    client      uuid not null references client,
    email       text not null check (email = lower(email)),
    name        text,
    roles       text[] not null check (cardinality(roles) > 0),
    workforce   uuid,
    invited_by  uuid not null references person,
    created_at  timestamptz not null,
    expires_at  timestamptz not null
);
create index invitation_client on invitation (client, created_at);

create table api_key (
    id           uuid primary key,
    token_hash   bytea not null unique check (length(token_hash) = 32),
    person       uuid not null references person on delete cascade,
    client       uuid references client,
    name         text not null,
    prefix       text not null,
    roles        text[] not null check (cardinality(roles) > 0),
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    -- Coarse on purpose: enough to find a key that nobody uses, too little to follow a person.
    last_used_on date
);
create index api_key_person on api_key (person);

create table passkey (
    id                 uuid primary key,
    credential_id      bytea not null unique,
    person             uuid not null references person on delete cascade,
    label              text not null,
    public_key         bytea not null,
    signature_count    bigint not null,
    user_verified      boolean not null,
    transports         text[] not null,
    backup_eligible    boolean not null,
    backed_up          boolean not null,
    attestation        bytea not null,
    client_data        bytea not null,
    created_at         timestamptz not null,
    last_used_at       timestamptz not null
);
create index passkey_person on passkey (person);

-- First replies to creating requests, sealed under a key of the installation; forgotten after a day.
create table idempotent_reply (
    person       uuid not null,
    operation    text not null,
    key          text not null,
    request_hash bytea not null,
    reply        bytea,
    created_at   timestamptz not null,
    primary key (person, operation, key)
);
create index idempotent_reply_age on idempotent_reply (created_at);
