-- Several answers to one task made into one, and what people say to each other about answers.

-- A finished task in the hands of an adjudicator. Few and short-lived: the deadline is renewed in place.
create table adjudication (
    id         bigint generated always as identity primary key,
    project    uuid not null,
    task       bigint not null references task,
    person     uuid not null,
    token      bigint not null,
    granted_at timestamptz not null default now(),
    deadline   timestamptz not null,
    ended      text check (ended in ('released', 'expired', 'merged'))
);
create unique index adjudication_open on adjudication (task) where ended is null;
create index adjudication_of_person on adjudication (project, person) where ended is null;

-- The answer that an adjudicator made of a task's answers; in effect is a task's newest that was not undone. Origins name
-- the submission that each part was taken from. Numbers come from the source that submissions have theirs from.
create table task_merge (
    id               bigint primary key,
    project          uuid not null,
    task             bigint not null references task,
    number           int not null check (number > 0),
    person           uuid not null,
    ontology_version int not null,
    answer           jsonb not null,
    texts            bytea,
    origins          jsonb not null,
    at               timestamptz not null default now(),
    unique (task, number)
);
create index task_merge_of_project on task_merge (project, task);

create table task_merge_undo (
    merge   bigint primary key references task_merge,
    project uuid not null,
    person  uuid not null,
    at      timestamptz not null default now()
);

-- What people say about a submission, sealed whole with the place it is about. A thread is a comment with its replies.
create table submission_comment (
    id         uuid primary key,
    project    uuid not null,
    submission bigint not null,
    thread     uuid not null references submission_comment,
    person     uuid not null,
    sealed     bytea not null,
    at         timestamptz not null default now()
);
create index submission_comment_of on submission_comment (submission, at);

create table comment_mention (
    comment uuid not null references submission_comment,
    person  uuid not null,
    primary key (person, comment)
);

create table thread_resolution (
    thread uuid primary key references submission_comment,
    person uuid not null,
    at     timestamptz not null default now()
);

revoke update, delete, truncate on task_merge, task_merge_undo, submission_comment, comment_mention, thread_resolution
    from "${role}";
