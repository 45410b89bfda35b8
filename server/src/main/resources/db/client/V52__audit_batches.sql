-- The log at work's pace: what one transaction did is one row, and what is looked up is written by the sequencer, a
-- posting list a key and round. A row and six index entries an event cost more than the work that they told of.

-- The leaves of one transaction, or 256 of them, as a C2SP entry bundle: each behind its length as a big-endian uint16.
create table audit_batch (
    id     bigint generated always as identity primary key,
    xid    xid8 not null default pg_current_xact_id(),
    width  smallint not null check (width between 1 and 256),
    leaves bytea not null
);
-- Salts and pseudonyms do not shrink; trying costs more than the rest of the insert.
alter table audit_batch alter column leaves set storage external;
create index audit_batch_xid on audit_batch (xid);

-- The numbers that the sequencer gave to a committed batch: its leaves' indexes in the tree are first to first + width - 1.
create table audit_run (
    first bigint primary key check (first >= 0),
    width smallint not null,
    batch bigint not null unique references audit_batch (id)
);

-- Where to find a project, an asset, an actor or an operation: indexes of leaves, ascending, each as its distance from the
-- first one in four big-endian bytes. Segments of one key do not overlap.
create table audit_posting (
    key       text not null,
    first     bigint not null,
    last      bigint not null,
    distances bytea not null,
    primary key (key, first)
);
revoke update, delete, truncate on audit_batch, audit_run, audit_posting from "${role}";

insert into audit_batch (id, xid, width, leaves) overriding system value
select id, xid, 1, decode(lpad(to_hex(length(leaf)), 4, '0'), 'hex') || leaf from audit_event order by id;
select setval(pg_get_serial_sequence('audit_batch', 'id'), max(id)) from audit_batch having max(id) is not null;
insert into audit_run (first, width, batch) select idx, 1, event from audit_leaf order by idx;
insert into audit_posting (key, first, last, distances)
select key, first, max(idx), string_agg(int4send((idx - first)::int), ''::bytea order by idx)
from (
    select k.key, l.idx, min(l.idx) over (partition by k.key, l.idx / 4096) as first
    from audit_leaf l
        join audit_event e on e.id = l.event
        cross join lateral (
            values ('op ' || e.op), ('actor ' || e.actor), ('project ' || e.project), ('asset ' || e.asset)) k (key)
    where k.key is not null) entries
group by key, first;

-- Everything is carried over. The empty tables stay: an older migration with a higher number names them.
truncate audit_leaf, audit_event;
revoke all on audit_leaf, audit_event from "${role}";
