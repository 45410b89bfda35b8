-- Sign-in by an organisation's identity provider, and provisioning by its directory. Tokens stand here as SHA-256 alone, secrets sealed.
create table identity_provider (
    id         uuid primary key,
    kind       text not null check (kind in ('oidc', 'saml', 'directory')),
    -- What its button on the sign-in page says.
    name       text not null unique,
    settings   jsonb not null,
    secret     bytea,
    enabled    boolean not null,
    created_at timestamptz not null
);

-- Which role a group of the provider stands for. The operator's role is nobody's to give from outside.
create table group_rule (
    provider   uuid not null references identity_provider on delete cascade,
    group_name text not null,
    client     uuid not null references client,
    role       text not null check (role in ('requester', 'annotator', 'reviewer', 'workforce_manager', 'quality_lead', 'auditor')),
    workforce  uuid,
    primary key (provider, group_name, client, role)
);
create index group_rule_client on group_rule (client);

-- Whom a provider means: its subject is the link, an e-mail address never is.
create table identity_link (
    provider  uuid not null references identity_provider on delete cascade,
    subject   text not null,
    person    uuid not null references person on delete cascade,
    linked_at timestamptz not null,
    used_at   timestamptz not null,
    primary key (provider, subject)
);
create index identity_link_person on identity_link (person);

-- Roles that groups stand behind, so that a role given by hand outlives them. Not given: it was held already.
create table identity_grant (
    provider uuid not null references identity_provider on delete cascade,
    origin   text not null check (origin in ('sign-in', 'scim')),
    person   uuid not null references person on delete cascade,
    client   uuid not null references client,
    role     text not null,
    given    boolean not null,
    primary key (provider, origin, person, client, role)
);
create index identity_grant_person on identity_grant (person, client, role);
create index identity_grant_client on identity_grant (client);

-- By which provider's word a session was opened: for signing out there, and for its word that ends it here.
create table identity_session (
    session  uuid primary key references session on delete cascade,
    provider uuid not null references identity_provider on delete cascade,
    subject  text not null,
    sid      text
);
create index identity_session_subject on identity_session (provider, subject);

-- Assertions of SAML that were taken, each once; and what one said until its browser comes for it.
create table saml_answer (
    provider  uuid not null references identity_provider on delete cascade,
    assertion text not null,
    ticket    bytea,
    said      bytea,
    expires_at timestamptz not null,
    primary key (provider, assertion)
);
create unique index saml_answer_ticket on saml_answer (ticket);
create index saml_answer_age on saml_answer (expires_at);

create table scim_token (
    id           uuid primary key,
    provider     uuid not null references identity_provider on delete cascade,
    name         text not null,
    token_hash   bytea not null unique check (length(token_hash) = 32),
    prefix       text not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    last_used_on date
);
create index scim_token_provider on scim_token (provider);

create table scim_user (
    id          uuid primary key,
    provider    uuid not null references identity_provider on delete cascade,
    person      uuid not null references person on delete cascade,
    user_name   text not null,
    external_id text,
    active      boolean not null,
    -- Whether the person was made by this user, and not found.
    made        boolean not null,
    attributes  jsonb not null,
    version     bigint not null,
    created_at  timestamptz not null,
    changed_at  timestamptz not null,
    unique (provider, person)
);
create unique index scim_user_name on scim_user (provider, lower(user_name));
create index scim_user_external on scim_user (provider, external_id);
create index scim_user_person on scim_user (person);

create table scim_group (
    id           uuid primary key,
    provider     uuid not null references identity_provider on delete cascade,
    display_name text not null,
    external_id  text,
    version      bigint not null,
    created_at   timestamptz not null,
    changed_at   timestamptz not null,
    unique (provider, display_name)
);

create table scim_member (
    scim_group uuid not null references scim_group on delete cascade,
    scim_user  uuid not null references scim_user on delete cascade,
    primary key (scim_group, scim_user)
);
create index scim_member_user on scim_member (scim_user);
