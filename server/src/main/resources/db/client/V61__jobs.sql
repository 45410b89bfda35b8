-- Long work in the background: imports and exports. A server that runs a job holds an advisory lock; each time one takes
-- it up the attempt grows, and what an earlier attempt still tries to commit is refused.
create table job (
    id         uuid primary key,
    project    uuid not null references project,
    kind       text not null check (kind in ('import', 'export')),
    state      text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    -- What was asked for, sealed: a file's name is the client's own.
    request    bytea not null,
    created_by uuid not null,
    via        text not null,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at   timestamptz,
    attempt    int not null default 0,
    cancelling boolean not null default false,
    done       bigint not null default 0,
    total      bigint not null default 0,
    -- What came of it: counts, sizes and digests as JSON, no content.
    report     jsonb,
    failure    text,
    check ((state = 'failed') = (failure is not null))
);
create index job_of_project on job (project, id);
create index job_unfinished on job (kind, id) where state in ('queued', 'running');

create table job_log (
    job     uuid not null references job,
    number  bigint generated always as identity,
    at      timestamptz not null,
    message text not null,
    primary key (job, number)
);
revoke update, delete, truncate on job_log from "${role}";

-- The pieces of an import that are committed. Pieces are cut alike in every attempt; each is written once, together with
-- all that it brought.
create table import_piece (
    job        uuid not null references job,
    number     int not null,
    first_line bigint not null,
    lines      bigint not null,
    end_offset bigint not null,
    accepted   bigint not null,
    rejected   bigint not null,
    duplicate  bigint not null,
    blank      bigint not null,
    primary key (job, number),
    check (lines = accepted + rejected + duplicate + blank)
);
-- Every line that became no task, with the reason; all others between a piece's first and last did.
create table import_line (
    job     uuid not null references job,
    line    bigint not null,
    outcome text not null check (outcome in ('rejected', 'duplicate')),
    reason  text not null,
    primary key (job, line)
);
revoke update, delete, truncate on import_piece, import_line from "${role}";
