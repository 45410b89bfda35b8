-- Texts that people have to accept before they see work: consent to the processing of their data, a promise of secrecy, and
-- the like. Each change is another version with its hash; the newest one counts.
create table document (
    id        uuid not null,
    version   int not null check (version > 0),
    kind      text not null check (kind in ('consent', 'nda', 'other')),
    -- For the people of one workforce; null for everybody at work.
    workforce uuid,
    title     text not null check (length(title) between 1 and 200),
    body      text not null check (length(body) between 1 and 50000),
    sha256    text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    in_force  boolean not null,
    set_by    uuid not null,
    set_at    timestamptz not null default clock_timestamp(),
    primary key (id, version)
);
revoke update, delete, truncate on document from "${role}";

-- Who accepted which version, and who took that back; of each person and document the newest row tells.
create table document_acceptance (
    id       bigint generated always as identity primary key,
    document uuid not null,
    version  int not null,
    person   uuid not null,
    act      text not null check (act in ('accept', 'withdraw')),
    at       timestamptz not null default clock_timestamp(),
    foreign key (document, version) references document
);
create index document_acceptance_of on document_acceptance (document, person, id);
revoke update, delete, truncate on document_acceptance from "${role}";
