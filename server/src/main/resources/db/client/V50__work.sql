-- Work: what is to be done, who was given it, what they answered, what reviewers decided. Rows are only added; the
-- dispatcher's memory is rebuilt from them. The tables on the hot path carry no foreign keys: the writer that owns a
-- queue takes every id it writes from the same queue, and a check a row would cost a third of the rate.

-- Leases, submissions and decisions share one source of numbers, taken in blocks of a thousand by each writer.
create sequence work_id increment by 1000;

create table task (
    id         bigint generated always as identity primary key,
    project    uuid not null references project,
    asset      uuid not null,
    priority   int not null default 0,
    planned_at timestamptz not null default now(),
    unique (project, asset)
);
create index task_of_project on task (project, id);

-- What changes a task's state and does not follow from submissions and decisions.
create table task_event (
    id      bigint generated always as identity primary key,
    project uuid not null,
    task    bigint not null references task,
    event   text not null check (event in ('ESCALATE', 'REOPEN', 'CANCEL')),
    person  uuid not null,
    at      timestamptz not null default now()
);
create index task_event_of_project on task_event (project);

-- A task handed to an annotator, or a submission handed to a reviewer. The token fences: only who knows it may end it.
create table lease (
    id                bigint primary key,
    project           uuid not null,
    task              bigint not null,
    submission        bigint,
    person            uuid not null,
    round             smallint not null,
    token             bigint not null,
    ontology_version  int not null,
    guideline_version int not null,
    granted_at        timestamptz not null default now(),
    deadline          timestamptz not null
);
create index lease_of_project on lease (project, id);

-- How a lease ended without a submission or a decision.
create table lease_end (
    lease  bigint primary key,
    how    text not null check (how in ('released', 'skipped', 'expired', 'superseded')),
    reason text check (reason in ('unclear', 'cannot_judge', 'broken_asset', 'other')),
    note   bytea,
    at     timestamptz not null default now()
);

-- An annotator's answer. Labels, options, numbers and geometry stay queryable in the JSON; free texts are cut out of it and
-- sealed beside it with the project's key. A revision answers a return; the newest one is in effect.
create table submission (
    id                bigint primary key,
    project           uuid not null,
    task              bigint not null,
    annotator         uuid not null,
    round             smallint not null check (round between 1 and 31),
    revision          smallint not null check (revision > 0),
    lease             bigint not null,
    ontology_version  int not null,
    guideline_version int not null,
    active_seconds    int not null check (active_seconds >= 0),
    sampled           boolean not null,
    answer            jsonb not null,
    texts             bytea,
    submitted_at      timestamptz not null default now(),
    unique (project, task, annotator, round, revision)
);

-- What a reviewer decided; a fix holds the reviewer's answer, which is in effect then. Both answers are kept for good,
-- so what the reviewer changed is always there to be compared.
create table review_decision (
    submission bigint primary key,
    id         bigint not null unique,
    project    uuid not null,
    lease      bigint not null,
    reviewer   uuid not null,
    decision   text not null check (decision in ('accept', 'fix', 'return')),
    answer     jsonb check ((answer is not null) = (decision = 'fix')),
    texts      bytea,
    comments   bytea,
    decided_at timestamptz not null default now()
);
create index review_decision_of_project on review_decision (project);

-- The newest unfinished state of somebody's work on a task, sealed whole.
create table draft (
    project        uuid not null,
    task           bigint not null,
    person         uuid not null,
    sealed         bytea not null,
    active_seconds int not null check (active_seconds >= 0),
    saved_at       timestamptz not null default now(),
    primary key (project, task, person)
);

-- Idempotency keys with what is needed to give the first response again: it is told anew from the rows it names, so no
-- content and no signed address is kept.
create table work_key (
    person     uuid not null,
    key        text not null check (length(key) between 1 and 100),
    body_hash  bytea not null check (length(body_hash) = 32),
    status     smallint not null,
    made       bigint not null,
    state      text not null,
    next_lease bigint,
    at         timestamptz not null default now(),
    primary key (person, key)
);

revoke update, delete, truncate on task, task_event, lease, lease_end, submission, review_decision, work_key from "${role}";
