-- That this client has a key-encrypting key, and which: the keyset itself is a file outside the database. With this row
-- in place a missing file is a loss to be told, never a reason to make a new key.
create table client_key (
    one     boolean primary key default true check (one),
    key_id  bigint not null,
    made_at timestamptz not null
);
revoke update, delete, truncate on client_key from "${role}";

-- A project's data keys, each a Tink keyset wrapped by the client's key: for columns, for bytes, for names of objects.
create table data_key (
    project uuid primary key,
    columns bytea not null,
    bytes   bytea not null,
    names   bytea not null,
    made_at timestamptz not null
);
revoke update, truncate on data_key from "${role}";

-- The key that signs the log's checkpoints, sealed under the client's key.
create table log_key (
    one     boolean primary key default true check (one),
    sealed  bytea not null,
    made_at timestamptz not null
);
revoke update, delete, truncate on log_key from "${role}";
