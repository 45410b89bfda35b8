-- News of what was committed, written in the transaction of the change itself. A row holds ids, numbers and states, no
-- content. Rows are read in the order of (xid, id), and only below the oldest transaction that still runs: numbers alone
-- would let a reader pass a row whose transaction commits later than one with a higher number.
create table outbox (
    id      bigint generated always as identity,
    xid     xid8 not null default pg_current_xact_id(),
    project uuid,
    kind    text not null,
    payload jsonb not null,
    at      timestamptz not null default now(),
    primary key (xid, id)
);
create index outbox_of_project on outbox (project, xid, id);
revoke update, truncate on outbox from "${role}";

-- How far each listener has come: everything up to here was delivered or parked. Moved in the transaction of the
-- delivery.
create table outbox_cursor (
    listener text primary key,
    xid      xid8 not null default '0',
    id       bigint not null default 0,
    attempts int not null default 0,
    moved_at timestamptz not null default now()
);

-- What a listener refused too often, kept for people to look at.
create table outbox_parked (
    listener text not null,
    xid      xid8 not null,
    id       bigint not null,
    project  uuid,
    kind     text not null,
    payload  jsonb not null,
    reason   text not null,
    at       timestamptz not null default now(),
    primary key (listener, xid, id)
);
