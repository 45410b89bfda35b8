-- The operator's log: a transparency log of the heads of all clients' logs, of each without a name. `log` is SHA-256 of the
-- client's verifier key, as the entry itself says it; the entry is made of these columns alone.
create table operator_entry (
    idx  bigint primary key check (idx >= 0),
    log  bytea not null check (length(log) = 32),
    size bigint not null check (size >= 0),
    root bytea not null check (length(root) = 32)
);
create index operator_entry_log on operator_entry (log, idx);
revoke update, delete, truncate on operator_entry from "${role}";

-- As in the clients' logs: C2SP tlog-tiles, of which the last of a level grows in place.
create table operator_tile (
    level  int not null,
    idx    bigint not null,
    hashes bytea not null check (length(hashes) between 32 and 8192),
    primary key (level, idx)
);
revoke delete, truncate on operator_tile from "${role}";

create table operator_checkpoint (
    size      bigint primary key,
    note      text not null,
    signed_at timestamptz not null
);
revoke update, delete, truncate on operator_checkpoint from "${role}";
