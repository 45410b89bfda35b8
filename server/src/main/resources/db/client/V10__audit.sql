-- A person stands in the log as HMAC-SHA-256(key, person). Deleting the row unlinks the person and leaves the tree whole.
create table pseudonym (
    person     uuid primary key,
    key        bytea not null check (length(key) = 32),
    created_at timestamptz not null
);
revoke update, truncate on pseudonym from "${role}";

-- What happened, written in the transaction of the act itself. The leaf is what the tree hashes; the columns beside it
-- are for looking things up.
create table audit_event (
    id      bigint generated always as identity primary key,
    xid     xid8 not null default pg_current_xact_id(),
    op      text not null,
    actor   text,
    project uuid,
    asset   text,
    leaf    bytea not null check (length(leaf) between 1 and 65535)
);
create index audit_event_xid on audit_event (xid);
create index audit_event_asset on audit_event (asset) where asset is not null;
create index audit_event_actor on audit_event (actor) where actor is not null;
revoke update, delete, truncate on audit_event from "${role}";

-- The number that the sequencer gave to a committed event: its index in the tree.
create table audit_leaf (
    idx   bigint primary key check (idx >= 0),
    event bigint not null unique references audit_event (id)
);
revoke update, delete, truncate on audit_leaf from "${role}";

-- Hashes of the tree in C2SP tlog-tiles; the last tile of a level grows in place.
create table audit_tile (
    level  int not null,
    idx    bigint not null,
    hashes bytea not null check (length(hashes) between 32 and 8192),
    primary key (level, idx)
);
revoke delete, truncate on audit_tile from "${role}";

-- Signed heads of the log (C2SP signed-note), one a size.
create table audit_checkpoint (
    size      bigint primary key,
    note      text not null,
    signed_at timestamptz not null
);
revoke update, delete, truncate on audit_checkpoint from "${role}";
