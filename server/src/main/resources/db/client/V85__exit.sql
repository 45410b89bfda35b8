-- Archives of everything that the client owns here. The archive is an object sealed under a key of the client; the newest
-- one that is ready is kept.
create table exit_export (
    id         uuid primary key,
    state      text not null check (state in ('building', 'ready', 'failed')),
    created_by uuid not null,
    via        text not null,
    created_at timestamptz not null,
    ended_at   timestamptz,
    -- The digest of the canonical content, and that of the file.
    content    text check (length(content) = 64),
    sha256     text check (length(sha256) = 64),
    size       bigint,
    files      bigint,
    entries    bigint,
    failure    text,
    check (state <> 'ready' or num_nulls(content, sha256, size, files, entries, ended_at) = 0),
    check ((state = 'failed') = (failure is not null))
);
create unique index exit_export_one on exit_export ((true)) where state = 'building';
revoke delete, truncate on exit_export from "${role}";

-- That somebody agreed in the client's name to its end here, and to which archive goes before; taken back in place.
create table exit_consent (
    id         uuid primary key,
    person     uuid not null,
    export     uuid references exit_export,
    at         timestamptz not null,
    expires_at timestamptz not null,
    ended_at   timestamptz
);
revoke delete, truncate on exit_consent from "${role}";

-- What witnesses signed of the log's heads (C2SP tlog-cosignature), one a head and witness.
create table audit_cosignature (
    size    bigint not null references audit_checkpoint,
    witness text not null,
    line    text not null,
    at      timestamptz not null,
    primary key (size, witness)
);
revoke update, delete, truncate on audit_cosignature from "${role}";
